/* duty_keys - early warnings that a key is about to expire; see duty.h */

#include "duty.h"

#include "dispatch.h"
#include "expiry.h"
#include "letterform.h"
#include "team.h"
#include "times.h"

/* Days before the end, the last first. */
static const int steps[] = { 1, 7, 14, 30, 60 };

#define FIRST_STEP 60

int
duty_step(gint64 left)
{
	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		if (left <= steps[i] * G_TIME_SPAN_DAY)
			return steps[i];
	return 0;
}

/* One run: who is warned of what, and the letters that say so. */
typedef struct {
	const Tools *tools;
	gint64 now;
	GPtrArray *due;			/* of Expiry, borrowed */
	GPtrArray *letters;		/* of Dispatch */
} Warnings;

static void
warnings_clear(Warnings *warnings)
{
	g_clear_pointer(&warnings->due, g_ptr_array_unref);
	g_clear_pointer(&warnings->letters, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Warnings, warnings_clear)

static int
step_of(const Warnings *warnings, const Expiry *expiry)
{
	return duty_step(expiry->who->expires - warnings->now);
}

static char *
day_of(const Warnings *warnings, const Expiry *expiry, const char *language)
{
	return times_day(expiry->who->expires, warnings->tools->settings->team_zone, language);
}

/* To whoever has the key, encrypted to it while that can be done. */
static Dispatch *
letter_to(const Warnings *warnings, const Expiry *expiry, GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new("warning");
	const Settings *settings = warnings->tools->settings;
	const Correspondent *who = expiry->who;
	const Inbox *inbox = tools_inbox(warnings->tools, NULL);
	const char *language = who->language != NULL ? who->language : settings->team_language;
	g_autofree char *day = day_of(warnings, expiry, language);
	g_autofree char *until = times_rfc3339(who->expires);
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strdup_printf("key %s %s %d", who->fingerprint, until,
	    step_of(warnings, expiry));
	dispatch->target = g_strdup(expiry->target);
	dispatch->envelope_sender = g_strdup("");
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(who->address);
	letter->outer_subject = g_strdup("[...]");
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(warnings->tools->tokens, tools_domain(inbox->address));
	letter->automatic = true;
	dispatch_address(dispatch, who);
	g_hash_table_insert(values, (gpointer)"day", day);
	g_hash_table_insert(values, (gpointer)"fingerprint", who->fingerprint);
	return letterform_fill(letter, settings->text_folder, language, "keyexpiry", values, error) ?
	    g_steal_pointer(&dispatch) : NULL;
}

/* "Tuesday 1 December  delinde  P. Jansen <cert@delinde.example>  7F3A..." */
static char *
lines_of(const Warnings *warnings)
{
	const char *language = warnings->tools->settings->team_language;
	GString *lines = g_string_new(NULL);

	for (guint i = 0; i < warnings->due->len; i++) {
		const Expiry *expiry = g_ptr_array_index(warnings->due, i);
		const Correspondent *who = expiry->who;
		g_autofree char *day = day_of(warnings, expiry, language);

		g_string_append_printf(lines, "%s  %s%s%s <%s>  %s\n", day,
		    expiry->participant != NULL ? expiry->participant : "",
		    expiry->participant != NULL ? "  " : "", who->name != NULL ? who->name : "-",
		    who->address, who->fingerprint);
	}
	return g_string_free(lines, FALSE);
}

/* The first of them names the letter: each is noted once, so no other begins with it.
 * The time would not do, two letters may be of one second. */
static char *
cause_of(const Warnings *warnings)
{
	const Expiry *first = g_ptr_array_index(warnings->due, 0);
	g_autofree char *until = times_rfc3339(first->who->expires);

	return g_strdup_printf("keys %s %s %s %d", first->target, first->who->fingerprint, until,
	    step_of(warnings, first));
}

static bool
tell_team(const Warnings *warnings, Db *db, GError **error)
{
	g_autofree char *cause = cause_of(warnings);
	g_autofree char *lines = lines_of(warnings);
	g_autofree char *count = g_strdup_printf("%u", warnings->due->len);
	g_autoptr(GHashTable) values = g_hash_table_new(g_str_hash, g_str_equal);
	const TeamLetter letter = {
		.kind = "warning", .cause = cause, .template = "keys", .values = values,
	};

	g_hash_table_insert(values, (gpointer)"lines", lines);
	g_hash_table_insert(values, (gpointer)"count", count);
	return team_tell(warnings->tools, db, &letter, warnings->letters, error);
}

static bool
write_all(const Warnings *warnings, Db *db, GError **error)
{
	for (guint i = 0; i < warnings->due->len; i++) {
		Dispatch *dispatch = letter_to(warnings, g_ptr_array_index(warnings->due, i), error);

		if (dispatch == NULL)
			return false;
		g_ptr_array_add(warnings->letters, dispatch);
	}
	return tell_team(warnings, db, error) &&
	    dispatch_finish(warnings->tools, warnings->letters, error);
}

static bool
file_all(const Warnings *warnings, Db *db, GError **error)
{
	if (!db_begin(db, error))
		return false;
	for (guint i = 0; i < warnings->due->len; i++) {
		const Expiry *expiry = g_ptr_array_index(warnings->due, i);

		if (!expiry_note(db, expiry, step_of(warnings, expiry), error))
			return false;
	}
	for (guint i = 0; i < warnings->letters->len; i++)
		if (!dispatch_file(warnings->tools, db, g_ptr_array_index(warnings->letters, i), error))
			return false;
	return db_commit(db, error);
}

bool
duty_keys(const Tools *tools, Db *db, gint64 now, GError **error)
{
	g_autoptr(GPtrArray) all = expiry_list(db, now, FIRST_STEP, error);
	g_auto(Warnings) warnings = {
		.tools = tools, .now = now, .due = g_ptr_array_new(),
		.letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free),
	};

	for (guint i = 0; all != NULL && i < all->len; i++) {
		Expiry *expiry = g_ptr_array_index(all, i);

		if (expiry->warned == 0 || step_of(&warnings, expiry) < expiry->warned)
			g_ptr_array_add(warnings.due, expiry);
	}
	if (all == NULL || warnings.due->len == 0)
		return all != NULL;
	return write_all(&warnings, db, error) && file_all(&warnings, db, error);
}
