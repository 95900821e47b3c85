#include "pattern.h"

#include <string.h>

#include "error.h"

static void
matches(void)
{
	static const struct { const char *expression, *text; PatternResult want; gsize start, end; } rows[] = {
		{ "b+", "abba", PATTERN_YES, 1, 3 },
		{ "B", "abba", PATTERN_YES, 1, 2 },
		{ "^second", "first\nsecond", PATTERN_YES, 6, 12 },
		{ "GEF\xc3\x84HR\\w+\\b", "sehr gef\xc3\xa4hrlich", PATTERN_YES, 5, 16 },
		{ "c", "abba", PATTERN_NO, 0, 0 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Pattern) pattern = pattern_new(rows[i].expression, NULL);
		gsize start = 0, end = 0;

		g_assert_cmpint(pattern_match(pattern, rows[i].text, strlen(rows[i].text), NULL, &start, &end),
		    ==, rows[i].want);
		g_assert_cmpuint(start, ==, rows[i].start);
		g_assert_cmpuint(end, ==, rows[i].end);
	}
}

static void
all_of_them(void)
{
	g_autoptr(Pattern) pattern = pattern_new("x*", NULL);
	const char *text = "xx\xc3\xa9x";
	gsize at = 0;
	guint count = 0;

	while (pattern_match(pattern, text, strlen(text), &at, NULL, NULL) == PATTERN_YES)
		count++;
	g_assert_cmpuint(count, ==, 4);
}

/* T-19: a pattern that would run for ever is not a verdict. */
static void
budget(void)
{
	g_autoptr(Pattern) pattern = pattern_new("(a+)+(b|c)+$", NULL);
	g_autofree char *text = g_strnfill(5000, 'a');
	gint64 start;

	text[4999] = 'b';
	text[4998] = '!';
	text[4997] = 'b';
	for (int hastened = 0; hastened < 2; hastened++) {
		start = g_get_monotonic_time();
		g_assert_cmpint(pattern_match(pattern, text, 5000, NULL, NULL, NULL), ==,
		    PATTERN_OVER_BUDGET);
		g_assert_cmpint(g_get_monotonic_time() - start, <, G_USEC_PER_SEC);
		pattern_hasten(pattern);
	}
}

static void
bad(void)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(pattern_new("a(b", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	g_assert_nonnull(strstr(error->message, "character 4"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pattern/matches", matches);
	g_test_add_func("/pattern/all_of_them", all_of_them);
	g_test_add_func("/pattern/budget/T-19", budget);
	g_test_add_func("/pattern/bad", bad);
	return g_test_run();
}
