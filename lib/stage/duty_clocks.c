/* duty_clocks - the days that count in a case, when they come; see duty.h */

#include "duty.h"

#include "clocks.h"
#include "dispatch.h"
#include "team.h"
#include "template.h"
#include "times.h"

static bool
write_letter(const Tools *tools, Db *db, const Rows *due, guint row, GPtrArray *letters,
    GError **error)
{
	const Settings *settings = tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder, settings->team_language, error);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autofree char *cause = g_strdup_printf("clock %" G_GINT64_FORMAT, rows_int(due, row, "id"));
	g_autofree char *key = g_strconcat("clock-", rows_text(due, row, "kind"), NULL);
	const char *what = words != NULL ? g_hash_table_lookup(words, key) : NULL;
	const TeamLetter letter = {
		.kind = "warning", .cause = cause, .template = "clock", .values = values,
		.inbox = rows_text(due, row, "inbox"), .case_no = (guint)rows_int(due, row, "case_no"),
		.only = (int)rows_int(due, row, "analyst"),
	};

	if (words == NULL)
		return false;
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(rows_text(due, row, "tag")));
	g_hash_table_insert(values, (gpointer)"what", g_strdup(what != NULL ? what : key));
	g_hash_table_insert(values, (gpointer)"due", times_long(rows_time(due, row, "due"),
	    settings->team_zone, settings->team_language));
	return team_tell(tools, db, &letter, letters, error);
}

static bool
file_letters(const Tools *tools, Db *db, gint64 id, GPtrArray *letters, GError **error)
{
	bool filed = db_begin(db, error) && clocks_told(db, id, error);

	for (guint i = 0; filed && i < letters->len; i++)
		filed = dispatch_file(tools, db, g_ptr_array_index(letters, i), error);
	if (filed && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

bool
duty_clocks(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(Rows) due = clocks_due(db, now, error);

	for (guint i = 0; due != NULL && i < rows_count(due); i++) {
		g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);

		if (!write_letter(tools, db, due, i, letters, error) ||
		    !dispatch_finish(tools, letters, error) ||
		    !file_letters(tools, db, rows_int(due, i, "id"), letters, error))
			return false;
	}
	return due != NULL;
}
