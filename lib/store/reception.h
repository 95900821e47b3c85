/*
 * reception - mails as they were taken, and whose turn they are
 *
 * States (THREATS section 5): received, trying, done, parked, superseded. A
 * try holds a session advisory lock on the reception; the lock, not the state,
 * says that somebody works on it, so that a try whose process died is due
 * again by itself.
 */

#ifndef SLUIS_STORE_RECEPTION_H
#define SLUIS_STORE_RECEPTION_H

#include "blob.h"
#include "db.h"

/* One transaction: a mail from an old mailbox is the operator's (imported), any
 * other one intake's. again is true when these bytes were taken for this
 * inbox before; both are durable. next_part(source) gives the sealed chunks one
 * after the other and NULL behind the last, so that a large mail is never here
 * twice; each is sent and freed before the next is asked for. */
typedef struct {
	const char *inbox;
	GBytes *fingerprint, *origin;
	gint64 size;
	GBytes *(*next_part)(void *source);
	void *source;
	GBytes *wrapped, *envelope;
	bool imported;		/* it causes nothing */
	gint64 came;		/* imported: when it did; 0: now */
} Acceptance;

bool reception_accept(Db *db, const Acceptance *acceptance, bool *again, GError **error);

/* work: what became of a mail that was accepted. */
typedef struct {
	gint64 id;
	bool over;		/* nobody will work on it any more */
	char *tag;		/* NULL: belongs to no case, or not yet */
	gint64 party;		/* row id; 0 none */
	bool fresh;		/* the case was opened by it */
} Accepted;

/* NULL without an error: these bytes were never accepted for that inbox. */
Accepted *reception_find(Db *db, GBytes *fingerprint, const char *inbox, GError **error);
void accepted_free(Accepted *accepted);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Accepted, accepted_free)

/* Which are due now, oldest first. */
GArray *reception_due(Db *db, guint most, GError **error);	/* of gint64 */

typedef enum { TRY_GO, TRY_SPENT, TRY_BUSY, TRY_OVER, TRY_PARKED } TryOutcome;

typedef struct {
	gint64 id;
	char *inbox;
	gint64 size, received;
	guint tries;
	GBytes *origin, *wrapped, *envelope;
	char *blob;
} Reception;

/* Takes the lock, counts the try and commits it. Spent: likewise, but the tries
 * are used up, and it is only to be parked; over: somebody finished it; parked:
 * it has been, since its key was destroyed. *reception is there with the first
 * two. */
TryOutcome reception_try(Db *db, gint64 id, guint most_tries, Reception **reception,
    GError **error);
void reception_free(Reception *reception);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reception, reception_free)

/* A try that failed through no fault of the mail: uncounted, due again in
 * seconds. */
bool reception_forgive(Db *db, gint64 id, const char *reason, guint seconds, GError **error);
/* A try that failed through the mail stays counted and is due in seconds. */
bool reception_blame(Db *db, gint64 id, const char *reason, guint seconds, GError **error);

#endif
