/*
 * worker - the resident parent that hands out mails to children
 *
 * It listens and sweeps for receptions that are due, takes a slot of the
 * agent for each, and starts a child; at the deadline it ends the child with
 * all it started (see attempt.h). It opens no mail itself.
 */

#ifndef SLUIS_PROGRAM_WORKER_H
#define SLUIS_PROGRAM_WORKER_H

#include "attempt.h"

typedef struct {
	Attempt attempt;
	bool once;		/* do all that is due, then come back */
} Worker;

/* Once: RETRY when the database is away. Else it stays until SIGTERM or
 * SIGINT, waits out every outage, and lets the mails in hand be finished. */
bool worker_run(const Worker *worker, GError **error);

#endif
