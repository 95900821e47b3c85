/* duty_clocks - the days that count in a case, when they come; see duty.h */

#include "duty.h"

#include "clocks.h"
#include "dispatch.h"
#include "team.h"
#include "template.h"
#include "times.h"

/* Who has duty hears of it when the owner has had a working day. */
static bool
is_again(const Rows *due, guint row)
{
	return !rows_null(due, row, "told");
}

static bool
has_time(const Settings *settings, const Rows *due, guint row, gint64 now)
{
	return is_again(due, row) && now < times_working_days(rows_time(due, row, "told"), 1,
	    settings->team_zone, settings->holidays);
}

static char *
words_of(GHashTable *words, const Rows *due, guint row)
{
	const char *what = template_word_of(words, "clock", rows_text(due, row, "kind"));

	return is_again(due, row) ? g_strconcat(what, ", ", template_word(words, "clock-again"), NULL) :
	    g_strdup(what);
}

static bool
write_letter(const Tools *tools, Db *db, const Rows *due, guint row, GPtrArray *letters,
    GError **error)
{
	const Settings *settings = tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder, settings->team_language, error);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autofree char *cause = g_strdup_printf("clock %" G_GINT64_FORMAT "%s", rows_int(due, row, "id"),
	    is_again(due, row) ? " again" : "");
	const TeamLetter letter = {
		.kind = "warning", .cause = cause, .template = "clock", .values = values,
		.inbox = rows_text(due, row, "inbox"), .case_no = (guint)rows_int(due, row, "case_no"),
		.only = (int)rows_int(due, row, "analyst"),
	};

	if (words == NULL)
		return false;
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(rows_text(due, row, "tag")));
	g_hash_table_insert(values, (gpointer)"what", words_of(words, due, row));
	g_hash_table_insert(values, (gpointer)"due", times_long(rows_time(due, row, "due"),
	    settings->team_zone, settings->team_language));
	return team_tell(tools, db, &letter, letters, error);
}

static bool
file_letters(const Tools *tools, Db *db, gint64 id, bool again, GPtrArray *letters, GError **error)
{
	bool filed = db_begin(db, error) && clocks_told(db, id, again, error);

	for (guint i = 0; filed && i < letters->len; i++)
		filed = dispatch_file(tools, db, g_ptr_array_index(letters, i), error);
	if (filed && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

static bool
owe(const Settings *settings, Db *db, const Rows *owed, guint row, GError **error)
{
	gint64 opened = rows_time(owed, row, "opened"), told = rows_time(owed, row, "told");
	guint case_no = (guint)rows_int(owed, row, "case_no");

	if (rows_bool(owed, row, "report") &&
	    (!clocks_owe(db, case_no, "acknowledge", times_working_days(opened,
	        (guint)settings->acknowledge_days, settings->team_zone, settings->holidays), error) ||
	    !clocks_owe(db, case_no, "assess", times_working_days(opened,
	        (guint)settings->assess_days, settings->team_zone, settings->holidays), error)))
		return false;
	return !rows_bool(owed, row, "repair") || clocks_owe(db, case_no, "repair",
	    times_working_days(told + settings->repair_days * G_TIME_SPAN_DAY, 0,
	        settings->team_zone, settings->holidays), error);
}

/* A case is owed something from the moment it is there; its clocks are set at the next
 * look, by when it was opened. */
bool
duty_owed(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(Rows) owed = clocks_owed(db, error);

	(void)now;
	for (guint i = 0; owed != NULL && i < rows_count(owed); i++)
		if (!owe(tools->settings, db, owed, i, error))
			return false;
	return owed != NULL;
}

bool
duty_clocks(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(Rows) due = clocks_due(db, now, error);

	for (guint i = 0; due != NULL && i < rows_count(due); i++) {
		g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);

		if (has_time(tools->settings, due, i, now))
			continue;
		if (!write_letter(tools, db, due, i, letters, error) ||
		    !dispatch_finish(tools, letters, error) ||
		    !file_letters(tools, db, rows_int(due, i, "id"), is_again(due, i),
		    letters, error))
			return false;
	}
	return due != NULL;
}
