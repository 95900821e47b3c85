/*
 * outbox - what leaves, once per effect
 *
 * States: held, ready, sending, sent, failed, dropped. A row is unique by
 * cause, kind and target: filing it a second time changes nothing and gives
 * the id of the first.
 */

#ifndef SLUIS_STORE_OUTBOX_H
#define SLUIS_STORE_OUTBOX_H

#include "db.h"

typedef struct {
	guint case_no;			/* 0: none */
	gint64 party;			/* 0: none */
	const char *kind, *cause, *target;
	const char *state, *reason;	/* ready or held; reason NULL if ready */
	bool keyless;			/* held for want of a key, until there is one */
	bool embargoed;			/* leaves no sooner than the embargo of its case is over */
	gint64 delay;			/* seconds before it may leave */
	GBytes *sender_hash;		/* of an acknowledgement; NULL */
	GBytes *send_wrapped, *envelope;	/* NULL while there are no bytes */
	const GPtrArray *bytes;		/* sealed chunks; NULL */
	GBytes *wrapped, *record;
	const GPtrArray *draft;		/* sealed chunks; NULL */
} NewOutgoing;

gint64 outbox_file(Db *db, const NewOutgoing *outgoing, bool *again, GError **error); /* 0: error */

/* work: held mails that have no bytes yet and may leave now, since they were
 * released ("waiting") or there is a key for them, to be taken one by one under
 * a session lock and built. */
GArray *outbox_due_drafts(Db *db, guint most, GError **error);	/* of gint64 */

typedef struct {
	gint64 id;
	guint case_no;			/* 0: none */
	gint64 party;			/* 0: none */
	char *kind, *cause, *target;
	GBytes *wrapped, *record;	/* wrapped opens record and draft */
	char *draft;			/* blob */
} HeldDraft;

/* NULL without error: somebody else has it, or it waits no longer. */
HeldDraft *outbox_take_draft(Db *db, gint64 id, GError **error);
void held_draft_free(HeldDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeldDraft, held_draft_free)

/* Replaces the missing bytes of a draft that was taken: state ready, or held
 * for another reason. Without bytes it stays a draft, held for the reason.
 * wrapped and record replace the draft's unless NULL. Gives the lock back. */
bool outbox_build(Db *db, gint64 id, const NewOutgoing *outgoing, GError **error);
/* It could not be built now: due again in seconds. */
bool outbox_postpone_draft(Db *db, gint64 id, gint64 seconds, GError **error);

/* Is an acknowledgement to that keyed address within the hour's budgets? */
bool outbox_may_acknowledge(Db *db, GBytes *sender_hash, gint64 per_sender,
    gint64 in_all, bool *may, GError **error);

/* send: what is due; then one by one under a session lock. */
GArray *outbox_due(Db *db, guint most, GError **error);	/* of gint64 */

typedef struct {
	gint64 id;
	guint attempts;			/* this one included */
	char *kind;
	GBytes *wrapped, *envelope;
	char *blob;
	bool confirmed;			/* an analyst's word released it */
} Outgoing;

/* NULL without error: somebody else has it or it is no longer due. State
 * SENDING and the attempt are committed before this returns. */
Outgoing *outbox_take(Db *db, gint64 id, GError **error);
void outgoing_free(Outgoing *outgoing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Outgoing, outgoing_free)

/* What became of it. The lock is given back; a session that lost it with its
 * connection may tell as well, RETRY if somebody else has begun to send it. */
bool outbox_sent(Db *db, gint64 id, GError **error);
bool outbox_defer(Db *db, gint64 id, const char *reason, gint64 seconds, GError **error);
bool outbox_fail(Db *db, gint64 id, const char *reason, GError **error);
bool outbox_hold(Db *db, gint64 id, const char *reason, GError **error);

#endif
