/* forward - see forward.h */

#include "forward.h"

#include <string.h>

#include "admin.h"
#include "cases.h"
#include "error.h"
#include "keyless.h"
#include "relay.h"

void
forward_free(Forward *forward)
{
	if (forward == NULL)
		return;
	g_free(forward->tag);
	g_free(forward->participant);
	g_free(forward->text);
	g_free(forward->cause);
	g_clear_pointer(&forward->enclosures, g_ptr_array_unref);
	g_free(forward);
}

static void
forwarded_free(gpointer data)
{
	Forwarded *forwarded = data;

	g_free(forwarded->to);
	g_free(forwarded);
}

static CaseRef *
find_case(Db *db, const char *given, GError **error)
{
	g_autofree char *tag = g_ascii_strup(given, -1);
	GError *because = NULL;
	CaseRef *ref = case_by_tag(db, tag, &because);

	if (because != NULL)
		g_propagate_error(error, because);
	else if (ref == NULL)
		error_set(error, SLUIS_ERROR_REFUSED, "there is no case %s; see: sluis case list", tag);
	return ref;
}

/* The party that is, or will be one when it is filed. */
static Side *
find_side(Db *db, GPtrArray *sides, const CaseRef *ref, const char *name, GError **error)
{
	Side *side = side_named(sides, name);
	GError *because = NULL;

	if (side == NULL)
		side = side_add(sides, db, ref->case_no, name, "participant", &because);
	if (because != NULL)
		g_propagate_error(error, because);
	else if (side == NULL || side->participant == 0) {
		error_set(error, SLUIS_ERROR_REFUSED,
		    "there is no participant %s; see: sluis participant list", name);
		return NULL;
	}
	return side;
}

static Relayed *
write_letters(const Tools *tools, Db *db, const Forward *forward, const CaseRef *ref,
    const GPtrArray *sides, const Side *to, GError **error)
{
	g_autoptr(Rows) row = admin_case(db, ref->tag, error);
	const Relay relay = {
		.tools = tools, .db = db, .tag = ref->tag,
		.severity = row != NULL ? rows_text(row, 0, "severity") : NULL,
		.tlp = row != NULL ? rows_text(row, 0, "tlp") : NULL,
		.inbox = tools_inbox(tools, ref->inbox), .sides = sides, .to = to,
		.kind = "forward", .template = "forward", .cause = forward->cause,
		.text = forward->text, .enclosures = forward->enclosures,
		.replayed = ref->replayed,
	};
	Relayed *relayed = row != NULL ? relay_write(&relay, error) : NULL;

	if (relayed == NULL || relayed->letters->len > 0)
		return relayed;
	error_set(error, SLUIS_ERROR_REFUSED, "%s has no contact who receives cases; "
	    "see: sluis participant show %s", forward->participant, forward->participant);
	relayed_free(relayed);
	return NULL;
}

static void
add_result(GPtrArray *results, const Dispatch *dispatch)
{
	Forwarded *forwarded = g_new0(Forwarded, 1);

	forwarded->id = dispatch->id;
	forwarded->to = g_strdup(dispatch->letter->to);
	forwarded->held = dispatch->held;
	g_ptr_array_add(results, forwarded);
}

/* Told once, with the first of it: filing the same release again is no event.
 * What waits for a key has one of its own. */
static bool
file_event(Db *db, const Relayed *relayed, const char *participant, GError **error)
{
	bool again = true, leaves = false;

	for (guint i = 0; i < relayed->letters->len; i++) {
		const Dispatch *dispatch = g_ptr_array_index(relayed->letters, i);

		again = again && dispatch->again;
		leaves = leaves || dispatch->held == NULL;
	}
	if (again || (!leaves && relayed->held == NULL))
		return true;
	return case_add_event(db, ((const Dispatch *)g_ptr_array_index(relayed->letters, 0))->case_no,
	    leaves ? "forwarded" : "held", participant, error);
}

static bool
file_letters(const Tools *tools, Db *db, const Relayed *relayed, Side *to, GPtrArray *results,
    GError **error)
{
	if (!side_open(db, to, error))
		return false;
	for (guint i = 0; i < relayed->letters->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(relayed->letters, i);

		if (!dispatch_file(tools, db, dispatch, error))
			return false;
		add_result(results, dispatch);
	}
	return true;
}

GPtrArray *
forward_file(const Tools *tools, Db *db, const Forward *forward, GError **error)
{
	g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func(forwarded_free);
	g_autoptr(CaseRef) ref = find_case(db, forward->tag, error);
	g_autoptr(GPtrArray) sides = ref != NULL ? sides_of(db, ref->case_no, error) : NULL;
	Side *to = sides != NULL ? find_side(db, sides, ref, forward->participant, error) : NULL;
	g_autoptr(Relayed) relayed = to != NULL ?
	    write_letters(tools, db, forward, ref, sides, to, error) : NULL;

	if (relayed == NULL || !dispatch_finish(tools, relayed->letters, error) ||
	    !keyless_follow(tools, db, relayed->letters, error) || !db_begin(db, error))
		return NULL;
	if (file_letters(tools, db, relayed, to, results, error) &&
	    file_event(db, relayed, forward->participant, error) && db_commit(db, error))
		return g_steal_pointer(&results);
	db_rollback(db);
	return NULL;
}
