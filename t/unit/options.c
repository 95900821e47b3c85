/* options - every form of a word, and what is left over */

#include "options.h"

#include <string.h>

typedef struct {
	bool flag;
	char *text;
	GPtrArray *texts;
	gint64 number;
} Sample;

static const ProgramOption options[] = {
	{ "flag", 'f', OPTION_FLAG, offsetof(Sample, flag), NULL, "a flag", false },
	{ "text", 't', OPTION_TEXT, offsetof(Sample, text), "TEXT", "a text", true },
	{ "each", 0, OPTION_TEXTS, offsetof(Sample, texts), "TEXT", "some texts", false },
	{ "number", 'n', OPTION_NUMBER, offsetof(Sample, number), "N", "a number", false },
	{ 0 }
};

/* Words separated by blanks; gives back what is left, joined again. */
static char *
parse(const char *line, bool only_known, Sample *sample, GError **error)
{
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	g_autofree char **left = g_memdup2(words, (g_strv_length(words) + 1) * sizeof(char *));
	int count = (int)g_strv_length(words);
	bool ok = only_known ? program_options_known(options, sample, &count, &left, error) :
	    program_options(options, sample, &count, &left, error);

	g_assert_true(ok == (*error == NULL));
	return ok ? g_strjoinv(" ", left) : NULL;
}

static void
test_forms(void)
{
	Sample sample = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *left = parse("a -f --text=x=y --each 1 b --each=2 -n7 - -- --flag", false,
	    &sample, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(left, ==, "a b - --flag");
	g_assert_true(sample.flag);
	g_assert_cmpstr(sample.text, ==, "x=y");
	g_assert_cmpuint(sample.texts->len, ==, 2);
	g_assert_cmpstr(sample.texts->pdata[1], ==, "2");
	g_assert_cmpint(sample.number, ==, 7);
	program_options_clear(options, &sample);
	g_assert_null(sample.text);
	g_assert_null(sample.texts);
}

static void
test_known(void)
{
	Sample sample = { 0 };
	g_autoptr(GError) error = NULL;
	g_autofree char *left = parse("case --json -f list -x -- -f", true, &sample, &error);

	g_assert_cmpstr(left, ==, "case --json list -x -- -f");
	g_assert_true(sample.flag);
	g_assert_cmpuint(sample.texts->len, ==, 0);
	program_options_clear(options, &sample);
}

static void
test_usage(void)
{
	static const struct {
		const char *line, *message;
	} cases[] = {
		{ "--text", "--text needs a value" },
		{ "-t x --flag=1", "--flag takes no value" },
		{ "-t x -fx", "--flag takes no value" },
		{ "-t x -t y", "--text is here twice" },
		{ "-t x --tex y", "unknown option '--tex'" },
		{ "-t x -q", "unknown option '-q'" },
		{ "-t x -n seven", "--number: expected a number, not 'seven'" },
		{ "-f", "--text TEXT is missing" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		Sample sample = { 0 };
		g_autoptr(GError) error = NULL;

		g_assert_null(parse(cases[i].line, false, &sample, &error));
		g_assert_true(error->domain == PROGRAM_USAGE);
		g_assert_cmpstr(error->message, ==, cases[i].message);
		program_options_clear(options, &sample);
	}
}

static void
test_help(void)
{
	g_autofree char *help = program_options_help(options);

	g_assert_true(g_str_has_prefix(help, "  -f, --flag                 a flag\n"));
	g_assert_nonnull(strstr(help, "      --each TEXT            some texts\n"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/options/forms", test_forms);
	g_test_add_func("/options/known", test_known);
	g_test_add_func("/options/usage", test_usage);
	g_test_add_func("/options/help", test_help);
	return g_test_run();
}
