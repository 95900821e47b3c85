/* text - whatever comes in, what goes out is clean (T-15, T-16) */

#include <string.h>

#include "text.h"

int LLVMFuzzerTestOneInput(const char *bytes, gsize length);

int
LLVMFuzzerTestOneInput(const char *bytes, gsize length)
{
	g_autofree char *clean = text_clean(bytes, (gssize)length, NULL);
	g_autofree char *again = text_clean(clean, -1, NULL);
	g_autofree char *line = text_clean_line(bytes, (gssize)length);
	g_autofree char *prefixed = text_prefix_lines(clean, "| ");

	g_assert(g_utf8_validate(clean, -1, NULL));
	g_assert(g_str_equal(clean, again));
	for (const char *p = line; *p != '\0'; p++)
		g_assert((guchar)*p >= ' ');
	for (const char *p = prefixed; *p != '\0'; p = strchr(p, '\n') + 1)
		g_assert(g_str_has_prefix(p, "| "));
	text_mixes_scripts(clean);
	return 0;
}
