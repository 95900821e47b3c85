/*
 * attempt - one try at one reception, in a process of its own
 *
 * The child has a database session to itself, whose locks end with it however
 * it ends. Trouble that is no fault of the mail is written down before it goes,
 * so that the try does not count (T-9); what it could not write down any more
 * it says by its exit status, and the parent does it later. A child that died
 * by a signal or ran out of its time blames its mail, unless the agent does not
 * answer either: then it was the agent's fault.
 */

#ifndef SLUIS_PROGRAM_ATTEMPT_H
#define SLUIS_PROGRAM_ATTEMPT_H

#include <stdbool.h>
#include <sys/types.h>
#include <glib.h>

#include "pgp.h"
#include "reception.h"
#include "sessions.h"
#include "settings.h"

/* What is done with a mail: everything, up to its commit. spent: its tries are
 * used up; it is only to be parked. */
typedef bool (*AttemptHandle)(void *context, Db *db, Reception *reception, bool spent,
    GError **error);

/* What is done with a held letter that may be built now. */
typedef bool (*AttemptBuild)(void *context, Db *db, gint64 outbox, GError **error);

/* What is done with a case whose messages are to be verified again; 0: with
 * certificates that were pinned. */
typedef bool (*AttemptVerify)(void *context, Db *db, gint64 case_no, GError **error);

/* What each child would do anew, done once before there are many of them. */
typedef void (*AttemptHasten)(void *context);

typedef struct {
	const Settings *settings;
	Pgp *pgp;
	AttemptHasten hasten;
	AttemptHandle handle;
	AttemptBuild build;
	AttemptVerify verify;
	void *context;
} Attempt;

/* Each is numbered apart. */
typedef enum { ATTEMPT_RECEPTION, ATTEMPT_DRAFT, ATTEMPT_VERIFY } AttemptKind;

/* Exit statuses of the child. */
enum {
	ATTEMPT_DONE = 0,	/* nothing left to do for the parent */
	ATTEMPT_BUSY = 1,	/* somebody else has it */
	ATTEMPT_FORGIVE = 2,	/* it failed, and could not be forgiven yet */
	ATTEMPT_AWAY = 3,	/* no database, nothing was begun */
	ATTEMPT_LATER = 4,	/* it failed, and that was written down */
};

/* What a child is for, and what it inherits for it. */
typedef struct {
	AttemptKind kind;
	gint64 id;
	int slot;		/* an open lock of pgp_slot(), which it keeps */
	Db *session;		/* of sessions_lend(); NULL: it opens its own */
} Errand;

/* Forks. The parent's own session and those it keeps for others must not be
 * used by the child, which forgets them. -1 with RETRY. */
pid_t attempt_start(const Attempt *attempt, const Errand *errand, Db *parents,
    Sessions *sessions, GError **error);

/* A child that has all it started with it is ended; it is still to be waited for. */
void attempt_end(pid_t pid);

/* Of a child that died, late: because it was ended at its deadline. Is the mail
 * to be blamed? */
bool attempt_blames(const Attempt *attempt, gint64 id, bool late);

/* A whole one here and now, no longer than those seconds. False with RETRY: the
 * mail waits for another, and that was written down as far as it could be. */
bool attempt_once(const Attempt *attempt, const Errand *errand, Db *parents, guint seconds,
    GError **error);

/* How long to wait after that many tries, in seconds. */
guint attempt_pause(guint tries);

#endif
