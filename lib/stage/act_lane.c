/* act_lane - advise, legal, decline: what goes another way than news do; see act.h */

#include "act.h"

#include <string.h>

#include "counsel.h"
#include "directory.h"
#include "sending.h"

static const char *
first_word(const Command *command)
{
	return command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
}

bool
act_advise(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "relay", .template = "advise", .text = command->text,
	    .own = command->text };

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	sending.to = act_side(acting, first_word(command));
	return sending.to == NULL || sending_plan(acting, &sending, error);
}

/* Who is asked where nobody is named: the only counsel of the case. */
static Side *
only_counsel(Acting *acting)
{
	Side *only = NULL;

	for (guint i = 0; i < acting->sides->len; i++) {
		Side *side = g_ptr_array_index(acting->sides, i);

		if (!counsel_is(side))
			continue;
		if (only != NULL)
			acting_refuse(acting, "refused-which-counsel", NULL);
		only = side;
	}
	if (only == NULL)
		acting_refuse(acting, "refused-which-counsel", NULL);
	return acting->refusal == NULL ? only : NULL;
}

/* Counsel of the directory that is no party yet becomes one with the question. */
static Side *
counsel_named(Acting *acting, const char *name, GError **error)
{
	GError *because = NULL;
	Side *side = side_named(acting->sides, name);
	g_autofree char *kind = side == NULL ? directory_kind(acting->run->db, name, &because) : NULL;

	if (side == NULL && g_strcmp0(kind, "counsel") == 0)
		side = side_add(acting->sides, acting->run->db, acting->now->case_no, name, "legal",
		    &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return NULL;
	}
	if (side == NULL || !counsel_is(side)) {
		acting_refuse(acting, "refused-no-counsel", name);
		return NULL;
	}
	return side;
}

bool
act_legal(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "relay", .template = "legal", .text = command->text,
	    .own = command->text };
	const char *name = first_word(command);
	g_autoptr(Released) released = NULL;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	sending.to = name != NULL ? counsel_named(acting, name, error) : only_counsel(acting);
	if (sending.to == NULL)
		return acting->refusal != NULL;
	if (command->picked->len > 0) {
		released = sending_message(acting, command, error);
		if (released == NULL)
			return acting->refusal != NULL;
		sending.enclosures = released->enclosures;
	}
	return sending_plan(acting, &sending, error);
}

/* The standard answers; serious: also to a report. A patient who can see
 * another's file is an end user, too, and no end user's business is that. */
static const struct {
	const char *name, *template;
	bool serious, national;
} declines[] = {
	{ "duplicate", "decline-duplicate", true, false },
	{ "enduser", "decline-enduser", false, false },
	{ "lowvalue", "decline-lowvalue", true, false },
	{ "noanswer", "decline-noanswer", true, false },
	{ "outside", "decline-outside", true, true },
};

/* The row of that name; refuses with all there are, and -1, if it is none. */
static int
decline_of(Acting *acting, const char *name)
{
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(declines); i++) {
		if (g_ascii_strcasecmp(declines[i].name, name) == 0)
			return (int)i;
		g_string_append_printf(all, "%s%s", i > 0 ? ", " : "", declines[i].name);
	}
	acting_refuse(acting, "refused-decline", all->str);
	return -1;
}

static bool
is_serious(const CaseNow *now)
{
	static const char *const classes[] = { "vulnerability", "leak", "incident", NULL };

	return now->class != NULL && g_strv_contains(classes, now->class);
}

/* All that the template asks for, in few words, so that it may go in clear. */
static GHashTable *
decline_values(const Acting *acting, bool national)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	const Settings *settings = acting->run->tools->settings;
	const char *general = settings->team_general;

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(acting->now->tag));
	g_hash_table_insert(values, (gpointer)"general", g_strdup(general[0] != '\0' ? general :
	    acting->run->inbox->address));
	if (national)
		g_hash_table_insert(values, (gpointer)"national", g_strdup(settings->team_national));
	return values;
}

bool
act_decline(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "relay", .text = "", .own = "" };
	int row = decline_of(acting, first_word(command));
	g_autoptr(GHashTable) values = NULL;

	if (row < 0 || !acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (!declines[row].serious && is_serious(acting->now))
		return acting_refuse(acting, "refused-serious", acting->now->class);
	if (declines[row].national && acting->run->tools->settings->team_national[0] == '\0')
		return acting_refuse(acting, "refused-unset", "team.national");
	sending.to = act_side(acting, NULL);
	if (sending.to == NULL)
		return true;
	values = decline_values(acting, declines[row].national);
	sending.template = declines[row].template;
	sending.standard = values;
	return sending_plan(acting, &sending, error);
}
