#include "html.h"

#include <string.h>
#include <glib.h>

static void
rows(void)
{
	static const struct { const char *html, *want; } all[] = {
		{ "", "" },
		{ "<p>One</p><p>two &amp; three</p>", "One\n\ntwo & three" },
		{ "<div>a<br>b<div>c</div>d</div>", "a\nb\nc\nd" },
		{ "see <a href=\"https://x.example/?id=1\">this</a>.", "see this <https://x.example/?id=1>." },
		{ "<a href='https://x.example/'>https://x.example/</a>", "https://x.example/" },
		{ "<a href='javascript:alert(1)'>x</a>", "x" },
		{ "<a href='mailto:a@x.example'>Ann</a>", "Ann <a@x.example>" },
		{ "<pre>  two\n   lines</pre>", "  two\n   lines" },
		{ "<div>new<blockquote>old<br>older</blockquote>after</div>", "new\n> old\n> older\nafter" },
		{ "<ul><li>a</li><li>b</li></ul>", "- a\n- b" },
		{ "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc" },
		{ "<html><head><title>t</title><style>s</style></head><body>w<script>x</script></body>", "w" },
		{ "a<span style='DISPLAY: none'>hidden<b>x</b></span>b", "ab" },
		{ "a<span style='font-size:0px'>hidden</span>b", "ab" },
		{ "a<span style='font-size:10px'>seen</span>b", "aseenb" },
		{ "a<i hidden>hidden</i><!-- comment -->b<template>t</template>", "ab" },
		{ "a&#x202E;b&#27;c", "a\\u{202E}bc" },
		{ "<img src='https://x.example/pixel' alt='logo'>", "logo" },
		{ "caf\xc3\xa9 <meta charset=latin1> \xe2\x82\xac", "caf\xc3\xa9 \xe2\x82\xac" },
		{ "1 < 2 and <unknown>x</unknown", "1 < 2 and x" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autofree char *got = html_text(all[i].html);

		g_test_message("%s", all[i].html);
		g_assert_cmpstr(got, ==, all[i].want);
	}
}

/* Depth and size cost no more than their text. */
static void
hostile(void)
{
	static const char *const pieces[] = { "<div>", "<blockquote>x", "<a href='http://x'>", "<table><tr><td>", "<!--", "&#", "<b <b" };

	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) html = g_string_new(NULL);
		g_autofree char *text = NULL;
		gint64 start = g_get_monotonic_time();

		while (html->len < 300000)
			g_string_append(html, pieces[i]);
		g_string_append(html, "end");
		text = html_text(html->str);
		g_assert_true(g_utf8_validate(text, -1, NULL));
		g_test_message("%s: %" G_GINT64_FORMAT " ms", pieces[i], (g_get_monotonic_time() - start) / 1000);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 10 * G_USEC_PER_SEC);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/html/rows/T-18", rows);
	g_test_add_func("/html/hostile/T-15", hostile);
	return g_test_run();
}
