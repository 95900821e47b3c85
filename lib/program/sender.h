/*
 * sender - takes what is due from the outbox and sees it leave
 *
 * It has the role sluis_out, the send key, and nothing else: no cases, no
 * plaintext. Each row is opened, looked at by the guard, handed over, marked.
 * A repeat after a crash hands over the same bytes with the same Message-ID.
 */

#ifndef SLUIS_PROGRAM_SENDER_H
#define SLUIS_PROGRAM_SENDER_H

#include <stdbool.h>
#include <glib.h>

#include "settings.h"

/* Once: all that is due, then back; RETRY when the database is away. Else it
 * stays, listens and sweeps, waits out every outage (one log line each), and
 * comes back with true after SIGTERM or SIGINT, the mail at hand done. */
bool sender_run(const Settings *settings, bool once, GError **error);

#endif
