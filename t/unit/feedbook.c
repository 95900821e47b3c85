/* feedbook - how bad findings are, and what is advised */

#include "feedbook.h"

#include "file.h"

static Feedbook *
load(void)
{
	g_autofree char *file = file_installed("share/sluis/conf/feeds.yaml");
	GError *error = NULL;
	Feedbook *book = feedbook_load(file, &error);

	g_assert_no_error(error);
	return book;
}

/* The first row that fits counts. */
static void
test_kinds(void)
{
	static const struct {
		const char *type, *severity, *advice;
	} rows[] = {
		{ "scan-rdp", "high", "exposed" },
		{ "scan-ntp", "medium", "exposed" },
		{ "compromised-website", "critical", "compromised" },
		{ "dmarc-fail", "low", "mail" },
	};
	g_autoptr(Feedbook) book = load();

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		const FeedKind *kind = feedbook_kind(book, rows[i].type);

		g_assert_nonnull(kind);
		g_assert_cmpstr(kind->severity, ==, rows[i].severity);
		g_assert_cmpstr(kind->advice, ==, rows[i].advice);
	}
	g_assert_null(feedbook_kind(book, "of-no-kind"));
}

static char *
named(const Feedbook *book, const char *text, bool using)
{
	g_autoptr(GPtrArray) names = feedbook_advice(book, text, using);

	g_ptr_array_add(names, NULL);
	return g_strjoinv(" ", (char **)names->pdata);
}

/* By whole words, the worst first, two at most. */
static void
test_advice(void)
{
	static const struct {
		const char *text, *want, *using;
	} rows[] = {
		{ "", "", "" },
		{ "Look at this.", "", "" },
		{ "There is an XSS in the search.", "script", "" },
		{ "Reflected cross-site scripting (CWE-79)", "script", "" },
		{ "RCE: code runs", "injection", "exposed" },
		{ "By force of habit", "", "" },
		{ "cwe-7999", "", "" },
		{ "Wie is ingelogd leest DOSSIERS VAN ANDEREN.", "access", "exposed" },
		{ "No SPF, and an open redirect, and SQL injection too", "injection script", "exposed" },
	};
	g_autoptr(Feedbook) book = load();

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = named(book, rows[i].text, false);
		g_autofree char *using = named(book, rows[i].text, true);

		g_assert_cmpstr(got, ==, rows[i].want);
		g_assert_cmpstr(using, ==, rows[i].using);
	}
}

/* Every text a row names is there, in all languages: else it would be the one for all
 * else, and nobody would see why. */
static void
test_texts(void)
{
	static const char *const languages[] = { "en", "nl" };
	g_autoptr(Feedbook) book = load();

	for (guint i = 0; i < book->kinds->len + book->weaknesses->len; i++)
		for (guint l = 0; l < G_N_ELEMENTS(languages); l++) {
			const char *name = i < book->kinds->len ?
			    ((FeedKind *)g_ptr_array_index(book->kinds, i))->advice :
			    ((FeedWeakness *)g_ptr_array_index(book->weaknesses, i - book->kinds->len))->advice;
			g_autofree char *path = g_strdup_printf("share/sluis/conf/mail/%s/advice-%s.txt", languages[l], name);
			g_autofree char *file = file_installed(path);

			g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
		}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/feedbook/kinds", test_kinds);
	g_test_add_func("/feedbook/advice", test_advice);
	g_test_add_func("/feedbook/texts", test_texts);
	return g_test_run();
}
