/* Any bytes as an advisory: a text for people, and each product with its version. */

#include "advisory.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Advisory) advisory = advisory_read(bytes, NULL);

	if (advisory == NULL)
		return 0;
	g_assert(advisory->products->len == advisory->versions->len);
	g_assert(g_utf8_validate(advisory->text, -1, NULL) && g_utf8_validate(advisory->title, -1, NULL));
	return 0;
}
