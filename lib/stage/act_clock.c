/* act_clock - days that count; see act.h */

#include "act.h"

#include <string.h>

#include "clocks.h"
#include "times.h"

typedef struct {
	const char *kind;
	gint64 due;
} Day;

static bool
file_day(const Acting *acting, gconstpointer what, GError **error)
{
	const Day *day = what;

	return clocks_set(acting->run->db, acting->now->case_no, acting->authority->analyst,
	    day->kind, day->due, error);
}

/* due 0: what was written is no day to come. */
static bool
set_day(Acting *acting, const char *kind, gint64 due, const char *written)
{
	const Settings *settings = acting->run->tools->settings;
	g_autofree char *key = g_strconcat("did-", kind, NULL);
	g_autofree char *shown = NULL;
	Day *day;

	if (due == 0)
		return acting_refuse(acting, "refused-day", written);
	day = g_new(Day, 1);
	*day = (Day){ kind, due };
	acting_step(acting, file_day, day, g_free);
	shown = times_long(due, settings->team_zone, settings->team_language);
	acting_did(acting, key, shown);
	return true;
}

static gint64
read_day(const Acting *acting, const Command *command)
{
	const Settings *settings = acting->run->tools->settings;

	return times_read_day(g_ptr_array_index(command->words, 0),
	    acting->run->reception->received, settings->team_zone, settings->holidays);
}

bool
act_deadline(Acting *acting, const Command *command, GError **error)
{
	(void)error;
	return !acting_has_case(acting) ||
	    set_day(acting, "deadline", read_day(acting, command), command->rest);
}

bool
act_embargo(Acting *acting, const Command *command, GError **error)
{
	gint64 day = read_day(acting, command);

	(void)error;
	if (day != 0)
		day = times_at(day, g_ptr_array_index(command->words, 1),
		    acting->run->tools->settings->team_zone);
	if (!acting_has_case(acting))
		return true;
	acting->now->embargo = day;	/* /status further on in this answer minds it */
	return set_day(acting, "embargo", day, command->rest);
}

/* What stands behind the day is what to think of then. */
bool
act_remind(Acting *acting, const Command *command, GError **error)
{
	const char *rest = command->rest + strcspn(command->rest, " ");

	(void)error;
	if (!acting_has_case(acting) ||
	    !set_day(acting, "remind", read_day(acting, command), command->rest))
		return true;
	return acting->refusal != NULL || acting_keep_text(acting, "note", rest + (*rest == ' '));
}
