/* A checker's field of any bytes: no crash, and nothing passes that another
 * checker's name stands before. */

#include "results.h"

#include <glib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *value = g_strndup((const char *)data, size);
	g_autofree char *other = g_strconcat("other.example", value, NULL);

	results_field_passed(value, "mx.example", "a.example");
	g_assert(!results_field_passed(other, "mx.example", "a.example"));
	results_dmarc_passed((Slice){ (const char *)data, size }, "mx.example", "a.example");
	return 0;
}
