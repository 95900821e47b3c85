/* digest - see digest.h */

#include "digest.h"

#include <string.h>

#include "digest_letter.h"
#include "digest_team.h"
#include "digests.h"
#include "error.h"
#include "log.h"
#include "phone.h"
#include "summons.h"

/* One digest: its letters, and whom nothing can be encrypted to. */
typedef struct {
	const DigestPage *page;
	GPtrArray *letters;		/* of Dispatch */
	GPtrArray *keyless;		/* of Correspondent, borrowed */
} Digest;

static void
digest_clear(Digest *digest)
{
	g_clear_pointer(&digest->letters, g_ptr_array_unref);
	g_clear_pointer(&digest->keyless, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Digest, digest_clear)

static bool
write_letters(Digest *digest, GError **error)
{
	const GPtrArray *contacts = digest->page->contacts;

	for (guint i = 0; i < contacts->len; i++) {
		const Correspondent *to = g_ptr_array_index(contacts, i);
		Dispatch *letter = digest_letter(digest->page, to, error);

		if (letter == NULL)
			return false;
		g_ptr_array_add(digest->letters, letter);
	}
	return dispatch_finish(digest->page->night->tools, digest->letters, error);
}

/* A draft of last night's is of no use when there is a key one day: who cannot be
 * written to is told just that, tonight. Letters and contacts are in step. */
static bool
replace_keyless(Digest *digest, GError **error)
{
	const Tools *tools = digest->page->night->tools;
	g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);

	for (guint i = digest->letters->len; i > 0; i--) {
		const Dispatch *letter = g_ptr_array_index(digest->letters, i - 1);
		Correspondent *to = g_ptr_array_index(digest->page->contacts, i - 1);
		Dispatch *note;

		if (!letter->keyless)
			continue;
		note = digest_keyless(digest->page, to, error);
		if (note == NULL)
			return false;
		g_ptr_array_add(notes, note);
		g_ptr_array_add(digest->keyless, to);
		g_ptr_array_remove_index(digest->letters, i - 1);
	}
	if (!dispatch_finish(tools, notes, error))
		return false;
	g_ptr_array_extend_and_steal(digest->letters, g_steal_pointer(&notes));
	return true;
}

/* They would miss a day that counts: somebody calls, before it at the latest. */
static bool
call_keyless(const Digest *digest, GError **error)
{
	const DigestPage *page = digest->page;
	const Night *night = page->night;
	int first = digest_page_first_due(page);
	guint row = (guint)first;
	gint64 by, deadline;

	if (first < 0 || digest->keyless->len == 0)
		return true;
	by = summons_call_by(rows_text(page->cases, row, "severity"), night->now,
	    night->tools->settings->team_zone, night->tools->settings->holidays);
	deadline = rows_time(page->cases, row, "deadline");
	for (guint i = 0; i < digest->keyless->len; i++) {
		const Correspondent *who = g_ptr_array_index(digest->keyless, i);

		if (!phone_open(night->db, (guint)rows_int(page->cases, row, "case_no"),
		    rows_int(page->cases, row, "party"), who->id,
		    deadline > night->now ? MIN(by, deadline) : by, "key", error))
			return false;
	}
	return true;
}

/* All of it or nothing, and only the first to come. */
static bool
file_all(const Digest *digest, GError **error)
{
	const Night *night = digest->page->night;
	bool fresh = false, filed = db_begin(night->db, error) &&
	    digests_take(night->db, digest->page->participant, night->day, digest->page->until,
	        &fresh, error) && (!fresh || call_keyless(digest, error));

	for (guint i = 0; filed && fresh && i < digest->letters->len; i++)
		filed = dispatch_file(night->tools, night->db, g_ptr_array_index(digest->letters, i),
		    error);
	if (filed && db_commit(night->db, error))
		return true;
	db_rollback(night->db);
	return false;
}

static bool
make_one(const Night *night, int participant, GError **error)
{
	GError *because = NULL;
	g_autoptr(DigestPage) page = digest_page(night, participant, &because);
	g_auto(Digest) digest = {
		.page = page, .keyless = g_ptr_array_new(),
		.letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free),
	};

	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (page == NULL || page->contacts->len == 0 || digest_page_is_empty(page))
		return true;
	return write_letters(&digest, error) && replace_keyless(&digest, error) &&
	    file_all(&digest, error);
}

static bool
make_all(const Night *night, GError **error)
{
	g_autoptr(Rows) due = digests_due(night->db, night->day, error);
	bool good = due != NULL;

	for (guint i = 0; due != NULL && i < rows_count(due); i++) {
		g_autoptr(GError) why = NULL;

		if (make_one(night, (int)rows_int(due, i, "id"), &why))
			continue;
		db_rollback(night->db);
		log_error(why);
		if (good)
			g_propagate_error(error, g_steal_pointer(&why));
		good = false;
	}
	return good;
}

/* The team's goes last, so that it tells what became of the others. */
static bool
make_night(const Night *night, GError **error)
{
	g_autoptr(GError) why = NULL;
	bool good = make_all(night, error);

	if (digest_team(night, &why))
		return good;
	db_rollback(night->db);
	log_error(why);
	if (good)
		g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

static Db *
open_night(const Tools *tools, gint64 now, Night *night, GError **error)
{
	Db *db = db_open(tools->settings->db_conninfo, "sluis_work", error);

	if (db != NULL)
		night_begin(night, tools, db, now);
	return db;
}

bool
digest_all(const Tools *tools, gint64 now, GError **error)
{
	g_auto(Night) night = { 0 };
	g_autoptr(Db) db = open_night(tools, now, &night, error);
	bool taken;

	if (db == NULL || !digests_take_night(db, &taken, error))
		return false;
	return !taken || make_night(&night, error);
}

/* The page of a participant by its handle. */
static DigestPage *
page_of(const Night *night, const char *participant, GError **error)
{
	g_autofree char *title = NULL, *language = NULL;
	GError *because = NULL;
	int id = directory_participant(night->db, participant, &title, &language, &because);
	DigestPage *page = because == NULL && id != 0 ? digest_page(night, id, &because) : NULL;

	if (because != NULL)
		g_propagate_error(error, because);
	else if (page == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "no digests go to a participant %s", participant);
	return page;
}

char *
digest_preview(const Tools *tools, const char *participant, gint64 now, bool *empty,
    GError **error)
{
	g_auto(Night) night = { 0 };
	g_autoptr(Db) db = open_night(tools, now, &night, error);
	g_autoptr(DigestPage) page = db != NULL ? page_of(&night, participant, error) : NULL;
	const Correspondent *first;

	if (page == NULL)
		return NULL;
	first = page->contacts->len > 0 ? g_ptr_array_index(page->contacts, 0) : NULL;
	*empty = first == NULL || digest_page_is_empty(page);
	return digest_text(page, first != NULL && first->language != NULL ? first->language :
	    page->language, error);
}

static const Correspondent *
find_address(const GPtrArray *among, const char *address)
{
	for (guint i = 0; among != NULL && i < among->len; i++) {
		const Correspondent *one = g_ptr_array_index(among, i);

		if (g_ascii_strcasecmp(one->address, address) == 0)
			return one;
	}
	return NULL;
}

/* Held if there is no key: never in clear. */
static bool
send_trial(const DigestPage *page, const Correspondent *to, const char *kind, GError **error)
{
	const Night *night = page->night;
	g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	g_autofree char *word = g_uuid_string_random();
	Dispatch *letter = digest_letter(page, to, error);

	if (letter == NULL)
		return false;
	g_ptr_array_add(one, letter);
	g_free(letter->cause);
	g_free(letter->target);
	letter->cause = g_strdup_printf("digest trial %s", word);
	letter->target = g_strdup_printf("%s %d", kind, to->id);
	if (!dispatch_finish(night->tools, one, error) || !db_begin(night->db, error))
		return false;
	if (dispatch_file(night->tools, night->db, letter, error) && db_commit(night->db, error))
		return true;
	db_rollback(night->db);
	return false;
}

bool
digest_trial(const Tools *tools, const char *participant, const char *address, gint64 now,
    GError **error)
{
	g_auto(Night) night = { 0 };
	g_autoptr(Db) db = open_night(tools, now, &night, error);
	g_autoptr(DigestPage) page = db != NULL ? page_of(&night, participant, error) : NULL;
	g_autoptr(GPtrArray) analysts = page != NULL ? directory_analysts(db, error) : NULL;
	const Correspondent *analyst = find_address(analysts, address);
	const Correspondent *contact = analysts != NULL && analyst == NULL ?
	    find_address(page->contacts, address) : NULL;

	if (analysts == NULL)
		return false;
	if (analyst == NULL && contact == NULL)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s is neither an analyst's address nor of a contact of %s", address, participant);
	return send_trial(page, analyst != NULL ? analyst : contact,
	    analyst != NULL ? "analyst" : "contact", error);
}
