/* Any bytes as HTML; mail_read() hands over valid UTF-8, and so does this. */

#include "html.h"

#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
	g_autofree char *text = html_text(valid);

	g_assert_true(g_utf8_validate(text, -1, NULL));
	return 0;
}
