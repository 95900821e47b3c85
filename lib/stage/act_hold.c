/* act_hold - what waits for a second look; see act.h */

#include "act.h"

#include <string.h>

#include "own.h"

/* NULL without an error: there is none of that name. */
static HeldAnswer *
named_answer(Acting *acting, const Command *command, GError **error)
{
	const char *hash = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
	HeldAnswer *held = acts_held_answer(acting->run->db, acting->now->case_no,
	    acting->authority->analyst, error);

	if (held == NULL || hash == NULL || g_ascii_strcasecmp(held->hash, hash) == 0)
		return held;
	held_answer_free(held);
	return NULL;
}

static char *
open_answer(const Acting *acting, const HeldAnswer *held, GError **error)
{
	const Tools *tools = acting->run->tools;
	g_autoptr(SealKey) key = seal_unwrap(held->wrapped, tools->storage_public,
	    tools->storage_secret, error);
	g_autoptr(GBytes) own = key != NULL ? unseal_small(key, "answer", held->own, error) : NULL;

	return own != NULL ? g_strndup(g_bytes_get_data(own, NULL), g_bytes_get_size(own)) : NULL;
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
}

/* It was well formed when it was kept, and is planned anew for the case as it
 * is. One that confirms another one would never end. */
static bool
plan_answer(Acting *acting, const HeldAnswer *held, GError **error)
{
	g_autofree char *own = open_answer(acting, held, error);
	g_autoptr(Refused) refused = NULL;
	g_autoptr(GPtrArray) commands = own != NULL ? command_parse(own, &refused) : NULL;

	if (own == NULL)
		return false;
	settle(acting, held->id, "done");
	for (guint i = 0; commands != NULL && i < commands->len; i++) {
		const Command *command = g_ptr_array_index(commands, i);

		if (command->verb == VERB_CONFIRM)
			return acting_refuse(acting, "refused-confirm", held->hash);
	}
	return commands != NULL ? acting_plan(acting, commands, error) :
	    acting_refuse(acting, "refused-confirm", held->hash);
}

bool
act_confirm(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(HeldAnswer) held = NULL;
	GError *because = NULL;

	if (!acting_has_case(acting))
		return true;
	held = named_answer(acting, command, &because);
	if (held != NULL)
		return plan_answer(acting, held, error);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	return acting_refuse(acting, "refused-nothing-held", NULL);
}

bool
act_drop(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(HeldAnswer) held = NULL;
	GError *because = NULL;

	if (!acting_has_case(acting))
		return true;
	held = named_answer(acting, command, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (held == NULL)
		return acting_refuse(acting, "refused-nothing-held", NULL);
	settle(acting, held->id, "dropped");
	acting_did(acting, "did-drop", held->hash);
	return true;
}
