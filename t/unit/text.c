/* text - T-16: what people see is what is there */

#include "text.h"

#include <string.h>

static void
test_clean(void)
{
	static const struct {
		const char *bytes, *clean;
		guint odd;
	} cases[] = {
		{ "plain", "plain", 0 },
		{ "\xEF\xBB\xBF/reply", "/reply", 0 },
		{ "one\r\ntwo\rthree\n", "one\ntwo\nthree\n", 0 },
		{ "a\tb", "a\tb", 0 },
		{ "\x1b[31mred", "\\u{001B}[31mred", 1 },
		{ "bell\x07", "bell\\u{0007}", 1 },
		{ "\xE2\x80\xAEgpj.exe", "\\u{202E}gpj.exe", 1 },
		{ "ze\xE2\x80\x8Bro", "ze\\u{200B}ro", 1 },
		{ "a\xEF\xBB\xBF" "b", "a\\u{FEFF}b", 1 },
		{ "\xE2\x80\xA8", "\\u{2028}", 1 },
		{ "c1 \xC2\x9B", "c1 \\u{009B}", 1 },
		{ "bad \xFF\xFE.", "bad \\u{00FF}\\u{00FE}.", 2 },
		{ "cut \xE2\x82", "cut \\u{00E2}\\u{0082}", 2 },
		{ "overlong \xC0\xAF", "overlong \\u{00C0}\\u{00AF}", 2 },
		{ "\xF3\xA0\x81\x81", "\\u{E0041}", 1 },
		{ "de linde \xE2\x82\xAC \xC3\xA9", "de linde \xE2\x82\xAC \xC3\xA9", 0 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		guint odd;
		g_autofree char *clean = text_clean(cases[i].bytes, -1, &odd);

		g_assert_cmpstr(clean, ==, cases[i].clean);
		g_assert_cmpuint(odd, ==, cases[i].odd);
	}
}

static void
test_clean_nul(void)
{
	g_autofree char *clean = text_clean("a\0b", 3, NULL);

	g_assert_cmpstr(clean, ==, "a\\u{0000}b");
}

static void
test_clean_any(void)
{
	for (guint i = 0; i < 2000; i++) {
		char bytes[64];
		g_autofree char *clean = NULL;

		for (gsize j = 0; j < sizeof(bytes); j++)
			bytes[j] = (char)g_test_rand_int_range(0, 256);
		clean = text_clean(bytes, sizeof(bytes), NULL);
		g_assert_true(g_utf8_validate(clean, -1, NULL));
		for (const char *p = clean; *p != '\0'; p++)
			g_assert_true((guchar)*p >= ' ' || *p == '\n' || *p == '\t');
	}
}

static void
test_line(void)
{
	g_autofree char *line = text_clean_line(" a\r\n\t b \x07\n", -1);
	g_autofree char *empty = text_clean_line("\n\n", -1);

	g_assert_cmpstr(line, ==, "a b \\u{0007}");
	g_assert_cmpstr(empty, ==, "");
}

static void
test_printable(void)
{
	g_autofree char *forged = text_printable("x\nNov 1 mx: \xC3\xA9");
	g_autofree char *zeros = g_strnfill(1000, '0');
	g_autofree char *cut = text_printable(zeros);

	g_assert_cmpstr(forged, ==, "x?Nov 1 mx: ??");
	g_assert_cmpuint(strlen(cut), ==, 200);
}

static void
test_scripts(void)
{
	g_assert_false(text_mixes_scripts("linde-7"));
	g_assert_false(text_mixes_scripts("\xD0\xB0\xD0\xB1"));
	g_assert_true(text_mixes_scripts("l\xD1\x96nde"));
	g_assert_true(text_mixes_scripts("\xCE\xBFk"));
}

static void
test_prefix(void)
{
	g_autofree char *two = text_prefix_lines("a\n\nb", "| ");
	g_autofree char *none = text_prefix_lines("", "| ");

	g_assert_cmpstr(two, ==, "| a\n| \n| b\n");
	g_assert_cmpstr(none, ==, "");
}

/* Every line fits, has its prefix and begins with a word, and none is lost. */
static void
test_prefix_breaks(void)
{
	static const char *const texts[] = {
		"If you change the number in the address you see the files of others, please then type /confirm now",
		"https://portaal.delinde.example/a/very/long/address/that/nobody/would/ever/break/?id=1041&x=2 and more",
		"    indented by four, and so long that it does not fit into the width that people are used to",
		"\xe6\xbc\xa2\xe5\xad\x97 \xe6\xbc\xa2\xe5\xad\x97 \xe6\xbc\xa2\xe5\xad\x97 are wide and count for two each, so that fewer of them fit here",
		"seventy-four columns and a blank are what fits behind the mark of foreign x ",
		"                                                                                   x",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *got = text_prefix_lines(texts[i], "| ");
		g_auto(GStrv) lines = g_strsplit(got, "\n", -1);
		g_autoptr(GString) again = g_string_new(NULL);
		g_auto(GStrv) words = g_strsplit(texts[i], " ", -1);

		for (char **line = lines; line[1] != NULL; line++) {
			g_assert_true(g_str_has_prefix(*line, "| "));
			g_assert_true(g_utf8_strlen(*line, -1) <= TEXT_COLUMNS || strchr(*line + 2, ' ') == NULL ||
			    strspn(*line + 2, " ") > 2);
			g_string_append_printf(again, "%s ", *line + 2);
		}
		for (char **word = words; *word != NULL; word++)
			g_assert_nonnull(strstr(again->str, *word));
	}
}

static void
test_plain_id(void)
{
	g_assert_true(text_is_plain_id("<a.b+c@d.example>"));
	g_assert_false(text_is_plain_id("<a b@d>"));
	g_assert_false(text_is_plain_id("<a\"b@d>"));
	g_assert_false(text_is_plain_id("<a@d>\r\nBcc: x"));
	g_assert_false(text_is_plain_id(""));
}

static void
test_hex(void)
{
	g_autofree char *lower = text_hex("\x00\xAF", 2);
	g_autofree char *upper = text_hex_upper("\x00\xAF", 2);
	g_autoptr(GBytes) back = text_unhex("00aF");

	g_assert_cmpstr(lower, ==, "00af");
	g_assert_cmpstr(upper, ==, "00AF");
	g_assert_cmpmem(g_bytes_get_data(back, NULL), g_bytes_get_size(back), "\x00\xAF", 2);
	g_assert_null(text_unhex("0"));
	g_assert_null(text_unhex("0x"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/text/T-16/clean", test_clean);
	g_test_add_func("/text/T-16/nul", test_clean_nul);
	g_test_add_func("/text/T-16/any", test_clean_any);
	g_test_add_func("/text/line", test_line);
	g_test_add_func("/text/printable", test_printable);
	g_test_add_func("/text/scripts", test_scripts);
	g_test_add_func("/text/prefix", test_prefix);
	g_test_add_func("/text/prefix/breaks", test_prefix_breaks);
	g_test_add_func("/text/plain-id", test_plain_id);
	g_test_add_func("/text/hex", test_hex);
	return g_test_run();
}
