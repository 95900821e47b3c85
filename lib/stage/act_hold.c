/* act_hold - what waits for a second look; see act.h */

#include "act.h"

#include <string.h>

#include "hold.h"
#include "hold.h"
#include "kept.h"
#include "sides.h"

/* NULL without an error: there is none of that name. */
static HeldAnswer *
named_answer(Acting *acting, const char *hash, GError **error)
{
	HeldAnswer *held = acting->settled ? NULL : acts_held_answer(acting->run->db,
	    acting->authority->case_no, acting->authority->analyst, error);

	if (held == NULL || hash == NULL || g_ascii_strcasecmp(held->hash, hash) == 0)
		return held;
	held_answer_free(held);
	return NULL;
}

typedef struct {
	gint64 id;
	const char *state;
} Settled;

static bool
file_settled(const Acting *acting, gconstpointer what, GError **error)
{
	const Settled *settled = what;

	return acts_settle_answer(acting->run->db, settled->id, settled->state, error);
}

static void
settle(Acting *acting, gint64 id, const char *state)
{
	Settled *settled = g_new(Settled, 1);

	*settled = (Settled){ id, state };
	acting_step(acting, file_settled, settled, g_free);
	acting->settled = true;
}

/* Should this answer have to wait itself, the next word in it is kept as that. */
static void
mean(Acting *acting, Verb verb, const char *rest)
{
	char *order = g_strdup_printf("/%s %s", verb_name(verb), rest);

	g_ptr_array_add(acting->meant, g_strchomp(order));
}

/* It was well formed when it was kept, and is planned anew for the case as it
 * is. */
static bool
plan_answer(Acting *acting, const HeldAnswer *held, GError **error)
{
	g_autoptr(KeptAnswer) kept = kept_open(acting->run->tools, held, error);
	g_autoptr(Refused) refused = NULL;
	g_autoptr(GPtrArray) commands = kept != NULL ? command_parse(kept->own, &refused) : NULL;
	g_autoptr(GPtrArray) outer = NULL;
	bool planned;

	if (kept == NULL)
		return false;
	settle(acting, held->id, "done");
	acting->agreed = g_steal_pointer(&kept->letters);
	acting->attached = g_steal_pointer(&kept->attached);
	acting->ordered = kept->reception;
	outer = g_steal_pointer(&acting->meant);
	acting->meant = g_ptr_array_new_with_free_func(g_free);
	planned = commands != NULL ? acting_plan(acting, commands, error) :
	    acting_refuse(acting, "refused-confirm", held->hash);
	g_ptr_array_add(outer, command_write_out(kept->own, acting->meant));
	g_ptr_array_unref(acting->meant);
	acting->meant = g_steal_pointer(&outer);
	return planned;
}

static bool
is_progress(const Waiting *waiting)
{
	return g_strcmp0(waiting->kind, "progress") == 0;
}

/* Notes on how the case stands are not meant where anything else waits. */
static void
leave_progress(GPtrArray *letters)
{
	guint others = 0;

	for (guint i = 0; i < letters->len; i++)
		others += is_progress(g_ptr_array_index(letters, i)) ? 0 : 1;
	for (guint i = letters->len; others > 0 && i > 0; i--)
		if (is_progress(g_ptr_array_index(letters, i - 1)))
			g_ptr_array_remove_index(letters, i - 1);
}

/* The letters of the case that wait, as far as they are meant: all, or those of
 * that name. */
static GPtrArray *
named_letters(Acting *acting, const char *hash, bool droppable, GError **error)
{
	GPtrArray *all = sides_waiting(acting->run->db, acting->now->case_no, droppable, error);

	for (guint i = all != NULL ? all->len : 0; i > 0; i--) {
		const Waiting *waiting = g_ptr_array_index(all, i - 1);

		if (hash != NULL && (waiting->hash == NULL || g_ascii_strcasecmp(waiting->hash, hash) != 0))
			g_ptr_array_remove_index(all, i - 1);
	}
	if (all != NULL && hash == NULL && !droppable)
		leave_progress(all);
	return all;
}

/* A letter that is let go, or stopped. */
typedef struct {
	gint64 id;
	char *reason;			/* why it was held; NULL */
} Picked;

static void
picked_free(gpointer data)
{
	Picked *picked = data;

	g_free(picked->reason);
	g_free(picked);
}

/* Whoever overrules the gate stands in the audit with what it said (T-47). */
static bool
file_confirmed(const Acting *acting, gconstpointer what, GError **error)
{
	const Picked *picked = what;
	const Run *run = acting->run;

	return sides_confirm(run->db, picked->id, acting->authority->analyst,
	        run->tools->settings->outgoing_delay, error) &&
	    acts_audit(run->db, acting->authority->handle, "released", acting->now->case_no,
	        run->reception->id, picked->reason, error);
}

static bool
file_stopped(const Acting *acting, gconstpointer what, GError **error)
{
	return sides_stop(acting->run->db, ((const Picked *)what)->id, acting->authority->analyst,
	    error);
}

static void
step_all(Acting *acting, const GPtrArray *letters, StepFile file)
{
	for (guint i = 0; i < letters->len; i++) {
		const Waiting *waiting = g_ptr_array_index(letters, i);
		Picked *picked = g_new(Picked, 1);

		*picked = (Picked){ waiting->id, g_strdup(waiting->reason) };
		acting_step(acting, file, picked, picked_free);
	}
}

/* Bare, a word lets go one release; with several waiting the name is needed. */
static bool
several(const GPtrArray *letters)
{
	for (guint i = 1; i < letters->len; i++) {
		const Waiting *first = g_ptr_array_index(letters, 0), *other = g_ptr_array_index(letters, i);

		if (g_strcmp0(first->hash, other->hash) != 0)
			return true;
	}
	return false;
}

GPtrArray *
act_hold_waiting(const Acting *acting, const GPtrArray *letters)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	const char *last = NULL;

	for (guint i = 0; i < letters->len; i++) {
		const Waiting *waiting = g_ptr_array_index(letters, i);
		const Side *side = side_of_id(acting->sides, waiting->party);

		if (waiting->hash == NULL || g_strcmp0(waiting->hash, last) == 0)
			continue;
		last = waiting->hash;
		g_ptr_array_add(lines, g_strdup_printf("%s, %s (%s)", waiting->hash,
		    side != NULL ? side->name : "-", waiting->reason != NULL ?
		    hold_said(acting->words, waiting->reason) : "-"));
	}
	return lines;
}

/* With the names there are. */
static bool
refuse_several(Acting *acting, const GPtrArray *letters, GError **error)
{
	g_autoptr(GPtrArray) lines = NULL;
	g_autofree char *all = NULL;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	lines = act_hold_waiting(acting, letters);
	g_ptr_array_add(lines, NULL);
	all = g_strjoinv("; ", (char **)lines->pdata);
	return acting_refuse(acting, "refused-which-held", all);
}

static void
say_confirmed(Acting *acting, const GPtrArray *letters)
{
	const Waiting *first = g_ptr_array_index(letters, 0);
	bool embargoed = g_strcmp0(first->kind, "advisory") == 0 &&
	    g_strcmp0(first->reason, hold_name(HOLD_EMBARGO)) != 0;
	g_autofree char *when = acting_leaves(acting, embargoed);
	g_autofree char *more = g_strdup_printf("(%u), %s", letters->len, when);

	acting_did(acting, "did-confirm", more);
}

static bool
confirm_letters(Acting *acting, const char *hash, GError **error)
{
	g_autoptr(GPtrArray) letters = named_letters(acting, hash, false, error);

	if (letters == NULL)
		return false;
	if (letters->len == 0)
		return acting_refuse(acting, "refused-nothing-held", hash);
	if (several(letters))
		return refuse_several(acting, letters, error);
	step_all(acting, letters, file_confirmed);
	say_confirmed(acting, letters);
	mean(acting, VERB_CONFIRM, ((const Waiting *)g_ptr_array_index(letters, 0))->hash);
	return true;
}

/* What an answer kept whole would do comes before letters that wait; in one, and
 * behind it, the word is about these. */
bool
act_confirm(Acting *acting, const Command *command, GError **error)
{
	const char *hash = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
	g_autoptr(HeldAnswer) held = NULL;
	GError *because = NULL;

	held = named_answer(acting, hash, &because);
	if (held != NULL)
		return plan_answer(acting, held, error);
	if (because == NULL)
		return !acting_has_case(acting) || confirm_letters(acting, hash, error);
	g_propagate_error(error, because);
	return false;
}

static bool
drop_letters(Acting *acting, const char *hash, GError **error)
{
	g_autoptr(GPtrArray) letters = named_letters(acting, hash, true, error);
	g_autofree char *count = letters != NULL ? g_strdup_printf("%u", letters->len) : NULL;

	if (letters == NULL)
		return false;
	if (letters->len == 0 && acting->agreed != NULL && hash != NULL)
		acting_did(acting, "did-drop", hash);	/* it is gone already */
	else if (letters->len == 0)
		return acting_refuse(acting, "refused-nothing-held", hash);
	else
		acting_did(acting, "did-stop", count);
	step_all(acting, letters, file_stopped);
	mean(acting, VERB_DROP, hash != NULL ? hash : "");
	return true;
}

bool
act_drop(Acting *acting, const Command *command, GError **error)
{
	const char *hash = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
	g_autoptr(HeldAnswer) held = NULL;
	GError *because = NULL;

	held = named_answer(acting, hash, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (held == NULL)
		return !acting_has_case(acting) || drop_letters(acting, hash, error);
	settle(acting, held->id, "dropped");
	acting_did(acting, "did-drop", held->hash);
	mean(acting, VERB_DROP, held->hash);
	return true;
}
