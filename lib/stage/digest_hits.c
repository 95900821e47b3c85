/* digest_hits - see digest_hits.h */

#include "digest_hits.h"

#include "digests.h"
#include "template.h"
#include "times.h"

/* What is found again every night is no news; how far this goes is when the newest
 * was found. */
bool
digest_hits_look(DigestPage *page, GError **error)
{
	page->hits = digests_hits(page->night->db, page->participant, page->since, error);
	for (guint i = 0; page->hits != NULL && i < rows_count(page->hits); i++) {
		gint64 first = rows_time(page->hits, i, "first");

		page->news += first > page->since;
		page->until = MAX(page->until, first);
	}
	return page->hits != NULL;
}

/* "192.0.2.17:3389", "mail.delinde.example". */
static char *
what_of(const Rows *hits, guint row)
{
	const char *host = rows_text(hits, row, "host"), *address = rows_text(hits, row, "address");
	gint64 port = rows_int(hits, row, "port");
	const char *what = host != NULL ? host : address != NULL ? address : "-";

	return port == 0 ? g_strdup(what) : g_strdup_printf("%s, %" G_GINT64_FORMAT, what, port);
}

static char *
line_of(const DigestPage *page, guint row, GHashTable *words, const char *language)
{
	g_autofree char *when = times_long(rows_time(page->hits, row, "last"),
	    page->night->tools->settings->team_zone, language);

	return g_strdup_printf("%s, %s, %s%s%s", template_word(words, rows_text(page->hits, row, "severity")),
	    rows_text(page->hits, row, "type"), when, rows_bool(page->hits, row, "told") ? "; " : "",
	    rows_bool(page->hits, row, "told") ? template_word(words, "digest-hit-told") : "");
}

void
digest_hits_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview)
{
	guint count = rows_count(page->hits);
	g_autofree char *title = g_strdup_printf("%u %s", count,
	    template_word(words, count == 1 ? "digest-hits-one" : "digest-hits"));

	if (count > 0)
		overview_section(overview, title);
	for (guint i = 0; i < count; i++) {
		g_autofree char *what = what_of(page->hits, i);
		g_autofree char *line = line_of(page, i, words, language);

		overview_row(overview, what, line);
	}
}
