/* choice - the three answers, and what is prose */

#include "choice.h"

static const char *const words[CHOICES] = { "together, samen, één", "ourselves, zelf", "not ours, niet van ons" };

static const struct {
	const char *own;
	guint choice;
} rows[] = {
	{ "1", 1 },
	{ "2", 2 },
	{ "3", 3 },
	{ "\n  \n2\nWe begin tomorrow.", 2 },
	{ "1.", 1 },
	{ "(3)", 3 },
	{ "*2*", 2 },
	{ "Samen", 1 },
	{ "\xc3\x89\xc3\xa9n", 1 },
	{ "NOT OURS!", 3 },
	{ "niet van ons", 3 },
	{ "", 0 },
	{ "0", 0 },
	{ "4", 0 },
	{ "12", 0 },
	{ "1 2", 0 },
	{ "1,2", 0 },
	{ "1.2", 0 },
	{ "Niet van ons, graag.", 0 },
	{ "1 if you like", 0 },
	{ "Hello,\n1", 0 },
	{ "-1", 0 },
	{ "1/2", 0 },
	{ "we do it ourselves", 0 },
	{ "ours", 0 },
};

static void
test_read(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].own);
		g_assert_cmpuint(choice_read(rows[i].own, words), ==, rows[i].choice);
	}
}

static void
test_numbers_alone(void)
{
	const char *const none[CHOICES] = { NULL, NULL, NULL };

	g_assert_cmpuint(choice_read("2", none), ==, 2);
	g_assert_cmpuint(choice_read("zelf", none), ==, 0);
}

static void
test_line(void)
{
	g_autofree char *line = choice_line("\n\n _Ja!_ \nmore");
	g_autofree char *none = choice_line("\n .. \n");
	g_autofree char *two = choice_line("Ja,  graag!\n");

	g_assert_cmpstr(line, ==, "ja");
	g_assert_cmpstr(none, ==, "");
	g_assert_cmpstr(two, ==, "ja graag");
	g_assert_true(choice_among("ja", "yes, ja"));
	g_assert_false(choice_among("ja", NULL));
	g_assert_false(choice_among("", "yes, , ja"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/choice/read", test_read);
	g_test_add_func("/choice/numbers", test_numbers_alone);
	g_test_add_func("/choice/line", test_line);
	return g_test_run();
}
