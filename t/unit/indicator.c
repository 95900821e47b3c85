#include "indicator.h"

#include <string.h>

static char *
found(const char *text)
{
	g_autoptr(GPtrArray) all = indicator_find(text);
	GString *words = g_string_new(NULL);

	for (guint i = 0; i < all->len; i++) {
		const Indicator *one = g_ptr_array_index(all, i);

		g_string_append_printf(words, "%s%s %s", i > 0 ? "\n" : "", indicator_word(one->kind), one->value);
	}
	return g_string_free(words, FALSE);
}

static void
rows(void)
{
	static const struct { const char *text, *want; } all[] = {
		{ "", "" },
		{ "see https://Portaal.DeLinde.example/dossier?id=1041.", "url https://portaal.delinde.example/dossier?id=1041" },
		{ "(http://x.example/a_(b)).", "url http://x.example/a_(b)" },
		{ "[words](https://x.example/y) and <https://x.example/y>", "url https://x.example/y" },
		{ "hxxps://evil[.]example/a hXXp://evil(dot)example", "url https://evil.example/a\nurl http://evil.example" },
		{ "hxxp[://]evil[.]example[:]8080/x", "url http://evil.example:8080/x" },
		{ "evil [.] example and evil{.}example", "domain evil.example" },
		{ "http://user:pw@x.example/", "url http://x.example/" },
		{ "http://[2001:DB8::1]:80/", "url http://[2001:db8::1]:80/" },
		{ "http://192.0.2.1/x", "url http://192.0.2.1/x" },
		{ "http://b\xc3\xbc" "cher.example/", "url http://xn--bcher-kva.example/" },
		{ "mail ann@delinde.example, or bob[at]delinde[.]example", "domain delinde.example" },
		{ "delinde.nl:443/x DELINDE.NL", "domain delinde.nl" },
		{ "\xe2\x80\x9c" "delinde.nl\xe2\x80\x9d", "domain delinde.nl" },
		{ "index.php main.py window.name end.The next e.g. co.uk 1.2", "" },
		{ "192.0.2.17, 192.0.2.17:22 and 198.51.100.0/24", "ipv4 192.0.2.17\nipv4 198.51.100.0" },
		{ "version 1.2.3.4 v1.2.3.4 Chrome/96.0.4664.110 1.2.3.4.5 256.1.1.1", "" },
		{ "2001:db8::17 fe80::1 std::string ab::cd 12:34:56", "ipv6 2001:db8::17\nipv6 fe80::1" },
		{ "cve-2021-44228 (CVE-2021-44228, CVE-99-1)", "cve CVE-2021-44228" },
		{ "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H.", "cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" },
		{ "(AV:N/AC:L/Au:N/C:P/I:P/A:P)", "cvss AV:N/AC:L/Au:N/C:P/I:P/A:P" },
		{ "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
		  "cvss CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N" },
		{ "D41D8CD98F00B204E9800998ECF8427E", "hash d41d8cd98f00b204e9800998ecf8427e" },
		{ "da39a3ee5e6b4b0d3255bfef95601890afd80709", "hash da39a3ee5e6b4b0d3255bfef95601890afd80709" },
		{ "xn--\xff", "" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autofree char *valid = g_utf8_make_valid(all[i].text, -1);
		g_autofree char *got = found(valid);

		g_test_message("%s", valid);
		g_assert_cmpstr(got, ==, all[i].want);
	}
}

/* T-15: ten megabytes of whatever is costly cost a moment. */
static void
hostile(void)
{
	static const char *const pieces[] = {
		"a", ".", "a.", "1.", "[.]", ":", "::", "http://", "http://a(", "(", "a@", "/", "\xc3\xa9.nl ",
		"https://x.example/) ", "CVSS:3.1/AV:N/", "hxxp", "[", "0a", "AV:N/Au:N/ ",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(GPtrArray) all = NULL;
		gint64 start;

		while (text->len < 10000000)
			g_string_append(text, pieces[i]);
		start = g_get_monotonic_time();
		all = indicator_find(text->str);
		g_test_message("%s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time() - start) / 1000);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
	}
}

static void
many(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) all = NULL;
	gint64 start = g_get_monotonic_time();

	for (int i = 0; i < 60000; i++)
		g_string_append_printf(text, "h\xc3\xa9%d.example ", i);
	all = indicator_find(text->str);
	g_assert_cmpuint(all->len, ==, 2000);
	g_test_message("%" G_GINT64_FORMAT " ms", (g_get_monotonic_time() - start) / 1000);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/indicator/rows", rows);
	g_test_add_func("/indicator/hostile/T-15", hostile);
	g_test_add_func("/indicator/many/T-15", many);
	return g_test_run();
}
