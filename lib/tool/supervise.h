/*
 * supervise - a few programs of ours kept running until we are told to end
 */

#ifndef SLUIS_TOOL_SUPERVISE_H
#define SLUIS_TOOL_SUPERVISE_H

#include <stdbool.h>
#include <glib.h>

/*
 * Runs each argv (NULL-terminated; argv[0] a path) as a child and starts it
 * again, after a pause, when it ends. SIGTERM or SIGINT is passed on to all;
 * true when they have ended. No child outlives us.
 */
bool supervise(const char *const *const *programs, guint count, GError **error);

/* From here on SIGTERM, SIGINT and SIGCHLD wait until supervise() looks. */
void supervise_hold_signals(void);

#endif
