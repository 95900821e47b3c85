/* plot - numbers as pictures */

#include "plot.h"

#include <string.h>

static const Plot plot = { .id = "p", .title = "A <b> & \"c\"", .description = "1 < 2", .unit = " %" };

static guint
count(const char *text, const char *word)
{
	guint found = 0;

	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		found++;
	return found;
}

/* Words are words, whatever is in them. */
static void
test_escaped(void)
{
	const PlotBar bars[] = { { "<script>&", 3, -1 } };
	g_autoptr(GString) out = g_string_new(NULL);

	plot_rows(out, &plot, bars, 1);
	plot_columns(out, &plot, bars, 1);
	g_assert_cmpuint(count(out->str, "<script"), ==, 0);
	g_assert_cmpuint(count(out->str, "<b>"), ==, 0);
	g_assert_cmpuint(count(out->str, "&lt;script&gt;&amp;"), ==, 2);
	g_assert_cmpuint(count(out->str, "<title id=\"p-t\">A &lt;b&gt; &amp; &quot;c&quot;</title>"), ==, 2);
}

/* None is no bar, all is a full one, and a part lies within. */
static void
test_columns(void)
{
	const PlotBar bars[] = { { "01", 10, 5 }, { "02", -1, -1 }, { "03", 0, -1 } };
	g_autoptr(GString) out = g_string_new(NULL);

	plot_columns(out, &plot, bars, 3);
	g_assert_cmpuint(count(out->str, "class=\"bar\""), ==, 2);
	g_assert_cmpuint(count(out->str, "class=\"part\""), ==, 1);
	g_assert_nonnull(strstr(out->str, "height=\"200.0\""));
	g_assert_nonnull(strstr(out->str, "height=\"100.0\""));
	g_assert_cmpuint(count(out->str, "-"), >=, 1);
	g_assert_null(strstr(out->str, "=\"-"));
	g_assert_null(strstr(out->str, "nan"));
}

static void
test_empty(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	plot_columns(out, &plot, NULL, 0);
	plot_rows(out, &plot, NULL, 0);
	g_assert_null(strstr(out->str, "nan"));
	g_assert_null(strstr(out->str, "inf"));
}

static void
test_number(void)
{
	static const struct { double value; const char *text; } rows[] = {
		{ 0, "0" }, { 3, "3" }, { 2.96, "3" }, { 2.5, "2.5" }, { 0.02, "0" }, { 12345.67, "12345.7" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = plot_number(rows[i].value);

		g_assert_cmpstr(text, ==, rows[i].text);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/plot/escaped", test_escaped);
	g_test_add_func("/plot/columns", test_columns);
	g_test_add_func("/plot/empty", test_empty);
	g_test_add_func("/plot/number", test_number);
	return g_test_run();
}
