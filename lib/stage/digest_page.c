/* digest_page - see digest_page.h */

#include "digest_page.h"

#include <string.h>

#include "digest_cases.h"
#include "digest_hits.h"
#include "digest_keys.h"
#include "digests.h"

/* What a night has to tell: it looks, and counts what is new, due or standing; then
 * it tells, in sections of its own. */
static const struct {
	bool (*look)(DigestPage *page, GError **error);
	void (*tell)(const DigestPage *page, GHashTable *words, const char *language,
	    Overview *overview);
} sources[] = {
	{ digest_cases_look, digest_cases_tell },
	{ digest_hits_look, digest_hits_tell },
	{ digest_keys_look, digest_keys_tell },
};

void
night_begin(Night *night, const Tools *tools, Db *db, gint64 now)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, tools->zone);

	*night = (Night){ .tools = tools, .db = db, .now = now,
	    .day = g_date_time_format(local, "%F"),
	    .whole = g_date_time_get_day_of_week(local) == 1 };
}

void
night_clear(Night *night)
{
	g_clear_pointer(&night->day, g_free);
}

void
digest_page_free(DigestPage *page)
{
	if (page == NULL)
		return;
	g_free(page->name);
	g_free(page->title);
	g_free(page->language);
	g_clear_pointer(&page->cases, rows_free);
	g_clear_pointer(&page->hits, rows_free);
	g_clear_pointer(&page->shown, g_array_unref);
	g_clear_pointer(&page->contacts, g_ptr_array_unref);
	g_free(page);
}

static bool
look_all(DigestPage *page, GError **error)
{
	page->contacts = directory_digest_contacts(page->night->db, page->participant, error);
	if (page->contacts == NULL)
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
		if (!sources[i].look(page, error))
			return false;
	return true;
}

DigestPage *
digest_page(const Night *night, int participant, GError **error)
{
	g_autoptr(Rows) head = digests_head(night->db, participant, error);
	g_autoptr(DigestPage) page = NULL;

	if (head == NULL || rows_count(head) == 0)
		return NULL;
	page = g_new0(DigestPage, 1);
	page->night = night;
	page->participant = participant;
	page->name = g_strdup(rows_text(head, 0, "name"));
	page->title = g_strdup(rows_text(head, 0, "title"));
	page->language = g_strdup(rows_text(head, 0, "language"));
	page->since = page->until = rows_time(head, 0, "until");
	return look_all(page, error) ? g_steal_pointer(&page) : NULL;
}

bool
digest_page_is_empty(const DigestPage *page)
{
	return page->news == 0 && page->due == 0 && (!page->night->whole || page->standing == 0);
}

Overview *
digest_page_overview(const DigestPage *page, GHashTable *words, const char *language)
{
	Overview *overview = overview_new();

	for (guint i = 0; i < G_N_ELEMENTS(sources); i++)
		sources[i].tell(page, words, language, overview);
	return overview;
}

const char *
digest_page_tlp(const DigestPage *page)
{
	for (guint i = 0; i < page->shown->len; i++) {
		const DigestCase *one = &g_array_index(page->shown, DigestCase, i);

		if (g_strcmp0(rows_text(page->cases, one->row, "tlp"), "AMBER+STRICT") == 0)
			return "AMBER+STRICT";
	}
	return "AMBER";
}

int
digest_page_first_due(const DigestPage *page)
{
	int first = -1;

	for (guint i = 0; i < page->shown->len; i++) {
		const DigestCase *one = &g_array_index(page->shown, DigestCase, i);

		if (one->due && (first < 0 || rows_time(page->cases, one->row, "deadline") <
		    rows_time(page->cases, (guint)first, "deadline")))
			first = (int)one->row;
	}
	return first;
}
