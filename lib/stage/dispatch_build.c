/* dispatch_build - a draft made final, once it may be; see dispatch.h */

#include "dispatch_private.h"

#include "blob.h"
#include "draft.h"
#include "keyless.h"
#include "log.h"

#define DRAFT_PAUSE 60		/* seconds until trouble with a draft may be over */

/* The key its addressee has now; without one it stays a draft. */
static bool
address_again(Db *db, Dispatch *dispatch, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(Correspondent) to = directory_correspondent(db, dispatch->target, &because);

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	dispatch_address(dispatch, to);
	return true;
}

static bool
draft_read(const Tools *tools, Db *db, const HeldDraft *held, Dispatch *dispatch,
    GError **error)
{
	g_autoptr(SealKey) key = seal_unwrap(held->wrapped, tools->storage_public,
	    tools->storage_secret, error);
	g_autoptr(GPtrArray) chunks = key != NULL ? blob_read(db, held->draft, error) : NULL;
	Letter *letter = chunks != NULL ? draft_open(chunks, key,
	    &dispatch->envelope_sender, error) : NULL;

	if (letter == NULL)
		return false;
	letter_free(dispatch->letter);
	dispatch->letter = letter;
	return true;
}

/* What it may lead to is filed with it. */
static bool
file_built(const Tools *tools, Db *db, Dispatch *dispatch, GError **error)
{
	const NewOutgoing outgoing = dispatch_outgoing(dispatch);

	if (!db_begin(db, error))
		return false;
	if (outbox_build(db, dispatch->id, &outgoing, error) &&
	    dispatch_file_followers(tools, db, dispatch, error) && db_commit(db, error))
		return true;
	db_rollback(db);
	return false;
}

static bool
build(const Tools *tools, Db *db, const HeldDraft *held, GError **error)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	Dispatch *dispatch = dispatch_new(g_intern_string(held->kind));

	g_ptr_array_add(one, dispatch);
	dispatch->id = held->id;
	dispatch->cause = g_strdup(held->cause);
	dispatch->target = g_strdup(held->target);
	dispatch->case_no = held->case_no;
	dispatch->party = held->party;
	return draft_read(tools, db, held, dispatch, error) &&
	    address_again(db, dispatch, error) && dispatch_finish(tools, one, error) &&
	    keyless_follow(tools, db, one, error) && file_built(tools, db, dispatch, error);
}

bool
dispatch_build(const Tools *tools, Db *db, gint64 id, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(HeldDraft) held = outbox_take_draft(db, id, &because);

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (held == NULL || build(tools, db, held, &because))
		return true;
	log_error(because);
	return outbox_postpone_draft(db, id, DRAFT_PAUSE, error);
}
