/* overview - the same as text and as a page */

#include "overview.h"

#include <string.h>

static Overview *
sample(void)
{
	Overview *overview = overview_new();

	overview_section(overview, "1 case waits for you");
	overview_row(overview, "RD-2026-7K3QX", "high, <repair> before 23 January & \"soon\"");
	overview_section(overview, "2 more");
	return overview;
}

static void
test_text(void)
{
	g_autoptr(Overview) overview = sample();
	g_autofree char *text = overview_text(overview);

	g_assert_cmpstr(text, ==, "1 case waits for you\n"
	    "  RD-2026-7K3QX  high, <repair> before 23 January & \"soon\"\n\n2 more\n");
}

/* What is told is words, never a tag of the page. */
static void
test_page(void)
{
	g_autoptr(Overview) overview = sample();
	g_autofree char *page = overview_page(overview);

	g_assert_cmpstr(page, ==, "<h2>1 case waits for you</h2>\n<table>\n"
	    "<tr><th>RD-2026-7K3QX</th><td>high, &lt;repair&gt; before 23 January &amp; &quot;soon&quot;"
	    "</td></tr>\n</table>\n<h2>2 more</h2>\n");
}

/* Nothing that is put in makes a line or a direction of its own. */
static void
test_odd(void)
{
	g_autoptr(Overview) overview = overview_new();
	g_autofree char *text = NULL;

	overview_section(overview, "a\nb");
	overview_row(overview, "c\r\nd", "e\342\200\256f");
	text = overview_text(overview);
	g_assert_cmpstr(text, ==, "a b\n  c d  e\\u{202E}f\n");
}

static void
test_long(void)
{
	g_autoptr(Overview) overview = overview_new();
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	GString *long_line = g_string_new(NULL);

	for (guint i = 0; i < 60; i++)
		g_string_append(long_line, "word ");
	overview_section(overview, "long");
	overview_row(overview, "x", long_line->str);
	text = overview_text(overview);
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i] != NULL; i++)
		g_assert_cmpuint(strlen(lines[i]), <=, 76);
	g_string_free(long_line, TRUE);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/overview/text", test_text);
	g_test_add_func("/overview/page", test_page);
	g_test_add_func("/overview/odd", test_odd);
	g_test_add_func("/overview/long", test_long);
	return g_test_run();
}
