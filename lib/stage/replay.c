/* replay - see replay.h */

#include "replay.h"

#include "closed.h"

static bool
find_keys(Run *run, GError **error)
{
	g_autoptr(GPtrArray) keys = closed_session_keys(run->tools->pgp, run->outer, run->opened,
	    error);

	if (keys == NULL)
		return false;
	run->session_keys = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < keys->len; i++)
		g_ptr_array_add(run->session_keys,
		    tools_hash_session_key(run->tools, g_ptr_array_index(keys, i)));
	return true;
}

/* An analyst who writes about a case may have with him what is in it. */
static bool
is_elsewhere(const Run *run, const Sighting *sighting)
{
	const Placement *placement = &run->placement;

	if (sighting->reception == run->reception->id)
		return false;
	if (sighting->case_no != placement->case_no)
		return true;
	return placement->place != PLACE_ANALYST && sighting->party != placement->party;
}

/* Neither who sent it nor what is in it counts for anything. */
static void
suspend(Run *run)
{
	if (run->placement.place == PLACE_PARTY)
		run->placement.place = PLACE_NOTE;
	g_ptr_array_set_size(run->matches, 0);
	g_ptr_array_set_size(run->products, 0);
	if (run->reporter != NULL)
		reporter_unlearn(run->reporter);
}

bool
replay_look(Run *run, GError **error)
{
	g_autoptr(GPtrArray) found = NULL;

	if (run->reception == NULL || run->placement.place == PLACE_AGAIN)
		return true;
	if (!find_keys(run, error))
		return false;
	if (run->session_keys->len == 0)
		return true;
	found = ledger_find(run->db, run->session_keys, error);
	for (guint i = 0; found != NULL && i < found->len && run->before == NULL; i++)
		if (is_elsewhere(run, g_ptr_array_index(found, i)))
			run->before = g_ptr_array_steal_index(found, i);
	if (run->before != NULL)
		suspend(run);
	return found != NULL;
}

bool
replay_note(Run *run, guint case_no, gint64 party, GError **error)
{
	return run->session_keys == NULL || run->session_keys->len == 0 ||
	    ledger_add(run->db, run->session_keys, run->reception->id, case_no, party, error);
}

/* Each of the two cases says where the other one is. */
static bool
add_event(Run *run, guint case_no, const char *tag, gint64 reception, GError **error)
{
	g_autofree char *number = g_strdup_printf("reception %" G_GINT64_FORMAT, reception);

	return case_no == 0 || case_add_event(run->db, case_no, "replayed",
	    tag != NULL ? tag : number, error);
}

bool
replay_tell(Run *run, GError **error)
{
	const Sighting *before = run->before;
	guint case_no = run->placement.case_no;
	const char *tag = run->placement.tag;

	if (before == NULL)
		return true;
	if (case_no == before->case_no)
		return add_event(run, case_no, NULL, run->reception->id, error);
	return add_event(run, case_no, before->tag, before->reception, error) &&
	    add_event(run, before->case_no, tag, run->reception->id, error);
}
