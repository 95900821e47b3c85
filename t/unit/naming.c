/* naming - what could be the name of an organisation */

#include "naming.h"

static bool
has(const char *text, const char *name)
{
	g_autoptr(GPtrArray) found = naming_find(text);

	return g_ptr_array_find_with_equal_func(found, name, g_str_equal, NULL);
}

/* Words as they are bounded, in whatever capitals and accents. */
static void
test_find(void)
{
	static const struct { const char *text, *name; } rows[] = {
		{ "the portal of Ziekenhuis De Linde is open", "ziekenhuis de linde" },
		{ "the portal of ZIEKENHUIS de\nlinde.", "ziekenhuis de linde" },
		{ "OLVG's portal", "olvg" },
		{ "(OLVG)", "olvg" },
		{ "OLVG-oost", "olvg" },
		{ "Sint Jörg", "sint jorg" },
		{ "Sint Jo\xcc\x88rg", "sint jorg" },
		{ "in St. Antonius Ziekenhuis", "st antonius ziekenhuis" },
		{ "U heeft een lek: Erasmus MC.", "erasmus mc" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].text);
		g_assert_true(has(rows[i].text, rows[i].name));
	}
}

/* T-37: what only looks like it. */
static void
test_look_alikes(void)
{
	static const struct { const char *text, *name; } rows[] = {
		{ "https://olvg.nl.evil.example/", "olvg" },
		{ "see olvg.nl.evil.example", "olvg" },
		{ "see notolvg.nl", "olvg" },
		{ "notolvg and olvgs", "olvg" },
		{ "mail jan@olvg.example", "olvg" },
		{ "/srv/olvg/www", "olvg" },
		{ "C:\\olvg\\www", "olvg" },
		{ "my_olvg_test", "olvg" },
		{ "\xd0\x9eLVG is open", "olvg" },	/* a Cyrillic O */
		{ "the ziekenhuis is open", "ziekenhuis" },
		{ "de portal", "de" },
		{ "in 2024", "2024" },
		{ "De see de.linde.example Linde", "de linde" },
	};
	guint count = 0;

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("%s", rows[i].text);
		g_assert_false(has(rows[i].text, rows[i].name));
		count++;
	}
	g_test_message("T-37: %u texts that only look like a name", count);
}

static void
test_exact(void)
{
	g_assert_true(naming_exact("the OLVG portal", "OLVG"));
	g_assert_true(naming_exact("XOLVG, OLVG", "OLVG"));
	g_assert_false(naming_exact("the olvg portal", "OLVG"));
	g_assert_false(naming_exact("the OLVGs portal", "OLVG"));
	g_assert_false(naming_exact("anything", ""));
}

/* However long the text. */
static void
test_bounded(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) found = NULL;

	for (guint i = 0; i < 100000; i++)
		g_string_append_printf(text, "word%u ", i);
	found = naming_find(text->str);
	g_assert_cmpint(found->len, <=, 5000);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/naming/find", test_find);
	g_test_add_func("/naming/look-alikes", test_look_alikes);
	g_test_add_func("/naming/exact", test_exact);
	g_test_add_func("/naming/bounded", test_bounded);
	return g_test_run();
}
