/* duty_calls - calls that are late; see duty.h */

#include "duty.h"

#include "summons.h"
#include "team.h"
#include "template.h"

/* One run: the calls the team is told of, and what leaves because of them. */
typedef struct {
	const Tools *tools;
	Db *db;
	char *day;			/* the team's local date */
	Rows *tasks;
	GArray *late;			/* of guint: their rows */
	GPtrArray *letters;		/* of Dispatch */
} Reminder;

static void
reminder_clear(Reminder *reminder)
{
	g_free(reminder->day);
	g_clear_pointer(&reminder->tasks, rows_free);
	g_clear_pointer(&reminder->late, g_array_unref);
	g_clear_pointer(&reminder->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reminder, reminder_clear)

/* Late, and not told today nor, by a clock that was ahead, on a later day. */
static bool
is_due(const Reminder *reminder, guint row, gint64 now)
{
	const char *reminded = rows_text(reminder->tasks, row, "reminded");

	return rows_time(reminder->tasks, row, "due") < now &&
	    (reminded == NULL || g_strcmp0(reminded, reminder->day) < 0);
}

static char *
lines_of(const Reminder *reminder, GHashTable *words)
{
	GString *lines = g_string_new(NULL);

	for (guint i = 0; i < reminder->late->len; i++) {
		guint row = g_array_index(reminder->late, guint, i);
		const char *tag = rows_text(reminder->tasks, row, "tag");
		const char *participant = rows_text(reminder->tasks, row, "participant");
		g_autofree char *line = summons_task(reminder->tools->settings, reminder->tasks, row,
		    words);

		g_string_append_printf(lines, "%s %s\n%s", tag != NULL ? tag : "-",
		    participant != NULL ? participant : "-", line);
	}
	return g_string_free(lines, FALSE);
}

static bool
tell_team(const Reminder *reminder, GError **error)
{
	const Settings *settings = reminder->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder,
	    settings->team_language, error);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autofree char *cause = NULL;
	TeamLetter letter = { .kind = "warning", .template = "overdue", .values = values };

	if (words == NULL)
		return false;
	cause = g_strdup_printf("calls %s %" G_GINT64_FORMAT, reminder->day,
	    rows_int(reminder->tasks, g_array_index(reminder->late, guint, 0), "id"));
	letter.cause = cause;
	g_hash_table_insert(values, (gpointer)"lines", lines_of(reminder, words));
	g_hash_table_insert(values, (gpointer)"count", g_strdup_printf("%u", reminder->late->len));
	return team_tell(reminder->tools, reminder->db, &letter, reminder->letters, error);
}

/* Those behind the contact are asked too now, if they were not at once. */
static bool
ask_umbrella(const Reminder *reminder, guint row, GError **error)
{
	const Rows *tasks = reminder->tasks;
	g_autoptr(Summons) summons = NULL;

	if (rows_null(tasks, row, "address"))
		return true;
	summons = summons_new(reminder->tools, reminder->db, (guint)rows_int(tasks, row, "case"),
	    rows_int(tasks, row, "party"), (int)rows_int(tasks, row, "contact"), error);
	if (summons == NULL)
		return false;
	summons->call_by = rows_time(tasks, row, "due");
	summons->silent = g_strcmp0(rows_text(tasks, row, "why"), "silent") == 0;
	for (guint i = 0; summons->contact != NULL && i < summons->umbrella->len; i++) {
		Dispatch *note = summons_stand_in(summons, "umbrella",
		    g_ptr_array_index(summons->umbrella, i), error);

		if (note == NULL)
			return false;
		g_ptr_array_add(reminder->letters, note);
	}
	return true;
}

static bool
file_all(const Reminder *reminder, GError **error)
{
	bool fresh;

	if (!db_begin(reminder->db, error))
		return false;
	for (guint i = 0; i < reminder->late->len; i++) {
		guint row = g_array_index(reminder->late, guint, i);

		if (!phone_remind(reminder->db, rows_int(reminder->tasks, row, "id"),
		    reminder->day, &fresh, error))
			return false;
	}
	for (guint i = 0; i < reminder->letters->len; i++)
		if (!dispatch_file(reminder->tools, reminder->db,
		    g_ptr_array_index(reminder->letters, i), error))
			return false;
	return db_commit(reminder->db, error);
}

bool
duty_calls(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(now / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, tools->zone);
	g_auto(Reminder) reminder = {
		.tools = tools, .db = db, .day = g_date_time_format(local, "%F"),
		.tasks = phone_tasks(db, 0, error),
		.late = g_array_new(FALSE, FALSE, sizeof(guint)),
		.letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free),
	};

	if (reminder.tasks == NULL)
		return false;
	for (guint i = 0; i < rows_count(reminder.tasks); i++) {
		if (!is_due(&reminder, i, now))
			continue;
		g_array_append_val(reminder.late, i);
		if (!ask_umbrella(&reminder, i, error))
			return false;
	}
	return reminder.late->len == 0 || (tell_team(&reminder, error) &&
	    dispatch_finish(tools, reminder.letters, error) && file_all(&reminder, error));
}
