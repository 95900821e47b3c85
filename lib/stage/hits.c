/* hits - see hits.h */

#include "hits.h"

#include <string.h>

#include "advice.h"
#include "dispatch.h"
#include "duty.h"
#include "feedbook.h"
#include "feeds.h"
#include "keyless.h"
#include "letterform.h"
#include "phone.h"
#include "summons.h"
#include "template.h"
#include "times.h"

#define AT_ONCE 16		/* participants in one transaction */
#define LINES_MOST 200		/* of one letter */

/* What a participant is told of, by which letters: an answer is known by them. */
typedef struct {
	gint64 hit;
	int participant;
	GPtrArray *types, *letters;	/* char *, borrowed; of GBytes: hashes */
} Telling;

static void
telling_free(gpointer data)
{
	Telling *telling = data;

	g_ptr_array_unref(telling->types);
	g_ptr_array_unref(telling->letters);
	g_free(telling);
}

/* What is due of one participant: rows from and up to. */
typedef struct {
	const Tools *tools;
	Db *db;
	const Feedbook *book;
	const Rows *rows;
	gint64 now;
	guint from, to;
	GPtrArray *letters;		/* of Dispatch: of all participants */
	const Rows *numbers;		/* of what is told, one a participant */
	GPtrArray *tellings;		/* of Telling */
	GArray *calls;			/* of int: contacts somebody is to call */
} Batch;

static bool
is_critical(const Batch *batch)
{
	return strcmp(rows_text(batch->rows, batch->from, "severity"), "critical") == 0;
}

/* "192.0.2.17 mail.delinde.example:3389  scan-rdp  high  24 November 2026, 01:11" */
static void
add_line(const Batch *batch, guint row, const char *language, GHashTable *words, GString *lines)
{
	const Rows *rows = batch->rows;
	const char *address = rows_text(rows, row, "address"), *host = rows_text(rows, row, "host");
	gint64 port = rows_int(rows, row, "port");
	g_autofree char *seen = times_long(rows_time(rows, row, "seen"),
	    batch->tools->settings->team_zone, language);
	g_autofree char *behind = port != 0 ? g_strdup_printf(":%" G_GINT64_FORMAT, port) : g_strdup("");

	g_string_append_printf(lines, "  %s%s%s%s  %s  %s  %s\n", address != NULL ? address : "",
	    address != NULL && host != NULL ? " " : "", host != NULL ? host : "", behind,
	    rows_text(rows, row, "type"), template_word(words, rows_text(rows, row, "severity")), seen);
}

static char *
lines_of(const Batch *batch, const char *language, GHashTable *words)
{
	GString *lines = g_string_new(NULL);

	for (guint row = batch->from; row < batch->to && row - batch->from < LINES_MOST; row++)
		add_line(batch, row, language, words, lines);
	if (batch->to - batch->from > LINES_MOST)
		g_string_append_printf(lines, "  %u %s\n", batch->to - batch->from - LINES_MOST,
		    template_word(words, "more"));
	return g_string_free(lines, FALSE);
}

/* The advice for each type that is among them, once. */
static char *
advice_for(const Batch *batch, const char *language, GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (guint row = batch->from; row < batch->to; row++) {
		const FeedKind *kind = feedbook_kind(batch->book, rows_text(batch->rows, row, "type"));
		const char *name = kind != NULL ? kind->advice : "other";

		if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, (gpointer)name);
	}
	return advice_texts(batch->tools->settings, language, names, error);
}

static Telling *
telling_now(const Batch *batch)
{
	return g_ptr_array_index(batch->tellings, batch->tellings->len - 1);
}

/* There is no case yet that a token could name: its number stands there. */
static char *
ref_of(const Batch *batch)
{
	const Token token = { .case_no = (guint)telling_now(batch)->hit };
	g_autofree char *word = token_write(batch->tools->tokens, TOKEN_HIT, token);

	return g_strdup_printf("Ref: %s", word);
}

static GHashTable *
values_of(const Batch *batch, const char *language, GError **error)
{
	const Settings *settings = batch->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder, language, error);
	g_autofree char *advice = words != NULL ? advice_for(batch, language, error) : NULL;
	GHashTable *values;

	if (advice == NULL)
		return NULL;
	values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_hash_table_insert(values, (gpointer)"team", g_strdup(settings->team_name));
	g_hash_table_insert(values, (gpointer)"lines", lines_of(batch, language, words));
	g_hash_table_insert(values, (gpointer)"advice", g_steal_pointer(&advice));
	g_hash_table_insert(values, (gpointer)"ref", ref_of(batch));
	return values;
}

static Dispatch *
letter_to(const Batch *batch, const Correspondent *contact, GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new("hit");
	const Settings *settings = batch->tools->settings;
	const Inbox *inbox = tools_inbox(batch->tools, NULL);
	const char *language = contact->language != NULL ? contact->language : settings->team_language;
	g_autoptr(GHashTable) values = values_of(batch, language, error);
	Letter *letter = dispatch->letter;

	if (values == NULL)
		return NULL;
	dispatch->cause = g_strdup_printf("hits %" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
	    rows_int(batch->rows, batch->from, "id"), batch->now / G_USEC_PER_SEC);
	dispatch->target = g_strdup_printf("contact %d", contact->id);
	dispatch->envelope_sender = g_strdup(inbox->address);
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(contact->address);
	letter->outer_subject = g_strdup("[...]");
	letter->copy_subject = true;
	letter->date = batch->now / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(batch->tools->tokens, tools_domain(inbox->address));
	dispatch_address(dispatch, contact);
	return letterform_fill(letter, settings->text_folder, language, "hit", values, error) ?
	    g_steal_pointer(&dispatch) : NULL;
}

static void
begin_telling(const Batch *batch)
{
	Telling *telling = g_new0(Telling, 1);

	telling->hit = rows_int(batch->numbers, batch->tellings->len, "id");
	telling->participant = (int)rows_int(batch->rows, batch->from, "participant");
	telling->types = g_ptr_array_new();
	telling->letters = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint row = batch->from; row < batch->to; row++) {
		const char *type = rows_text(batch->rows, row, "type");

		if (!g_ptr_array_find_with_equal_func(telling->types, type, g_str_equal, NULL))
			g_ptr_array_add(telling->types, (gpointer)type);
	}
	g_ptr_array_add(batch->tellings, telling);
}

/* Who stands in for another one is not called first. */
static bool
tell_participant(Batch *batch, GError **error)
{
	g_autoptr(GPtrArray) contacts = directory_contacts(batch->db,
	    (int)rows_int(batch->rows, batch->from, "participant"), error);

	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		const Correspondent *contact = g_ptr_array_index(contacts, i);
		Dispatch *letter = letter_to(batch, contact, error);

		if (letter == NULL)
			return false;
		g_ptr_array_add(batch->letters, letter);
		g_ptr_array_add(telling_now(batch)->letters, tools_hash_id(batch->tools,
		    letter->letter->message_id));
		if (is_critical(batch) && !contact->deputy)
			g_array_append_val(batch->calls, contact->id);
	}
	return contacts != NULL;
}

/* The rows come participant by participant. */
static bool
write_all(Batch *batch, guint *told, GError **error)
{
	for (batch->from = 0; batch->from < rows_count(batch->rows); batch->from = batch->to) {
		gint64 one = rows_int(batch->rows, batch->from, "participant");

		for (batch->to = batch->from + 1; batch->to < rows_count(batch->rows) &&
		    rows_int(batch->rows, batch->to, "participant") == one; batch->to++)
			continue;
		begin_telling(batch);
		if (!tell_participant(batch, error))
			return false;
		(*told)++;
	}
	return dispatch_finish(batch->tools, batch->letters, error) &&
	    keyless_follow(batch->tools, batch->db, batch->letters, error);
}

static bool
file_steps(const Batch *batch, const GArray *ids, GError **error)
{
	gint64 due = summons_call_by("critical", batch->now, batch->tools->settings->team_zone,
	    batch->tools->settings->holidays);

	if (!feeds_told(batch->db, ids, batch->now, error))
		return false;
	for (guint i = 0; i < batch->letters->len; i++)
		if (!dispatch_file(batch->tools, batch->db, g_ptr_array_index(batch->letters, i), error))
			return false;
	for (guint i = 0; i < batch->tellings->len; i++) {
		const Telling *telling = g_ptr_array_index(batch->tellings, i);

		if (!feeds_keep_hit(batch->db, telling->hit, telling->participant, telling->types,
		    batch->now, telling->letters, error))
			return false;
	}
	for (guint i = 0; i < batch->calls->len; i++)
		if (!phone_open(batch->db, 0, 0, g_array_index(batch->calls, int, i), due, "hit", error))
			return false;
	return true;
}

static bool
file_all(const Batch *batch, GError **error)
{
	g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(gint64));

	for (guint row = 0; row < rows_count(batch->rows); row++) {
		gint64 id = rows_int(batch->rows, row, "id");

		g_array_append_val(ids, id);
	}
	if (!db_begin(batch->db, error))
		return false;
	if (file_steps(batch, ids, error) && db_commit(batch->db, error))
		return true;
	db_rollback(batch->db);
	return false;
}

/* Some participants. *more: there was something. */
static bool
tell_some(const Tools *tools, Db *db, const Feedbook *book, gint64 now, bool *more, guint *told,
    GError **error)
{
	g_autoptr(Rows) rows = feeds_due(db, AT_ONCE, error);
	g_autoptr(Rows) numbers = rows != NULL ? feeds_reserve_hits(db, AT_ONCE, error) : NULL;
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	g_autoptr(GPtrArray) tellings = g_ptr_array_new_with_free_func(telling_free);
	g_autoptr(GArray) calls = g_array_new(FALSE, FALSE, sizeof(int));
	Batch batch = { .tools = tools, .db = db, .book = book, .rows = rows, .now = now,
	    .letters = letters, .calls = calls, .numbers = numbers, .tellings = tellings };

	*more = rows != NULL && rows_count(rows) > 0;
	return numbers != NULL && (!*more || (write_all(&batch, told, error) && file_all(&batch, error)));
}

bool
hits_tell(const Tools *tools, Db *db, const Feedbook *book, gint64 now, guint *told, GError **error)
{
	bool more = true;

	*told = 0;
	while (more)
		if (!tell_some(tools, db, book, now, &more, told, error))
			return false;
	return true;
}

bool
duty_hits(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(Feedbook) book = feedbook_load(tools->settings->feeds_file, error);
	guint told;

	return book != NULL && hits_tell(tools, db, book, now, &told, error);
}
