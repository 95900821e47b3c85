/*
 * straggler - a mail that is still encrypted to a former key of ours
 *
 * A former key opens mail for years (T-32), and for a while after the change
 * nothing is said of it. Then each such mail is counted, and its sender is told
 * of the key there is now: once for that key, and only who would be
 * acknowledged to. A key that was lost or stolen has no such while.
 */

#ifndef SLUIS_STAGE_STRAGGLER_H
#define SLUIS_STAGE_STRAGGLER_H

#include <stdbool.h>
#include <glib.h>

#include "run.h"

/* Finds out, and writes what is to be said. */
bool straggler_answer(Run *run, GError **error);

/* A step of the filing transaction. */
bool straggler_file(Run *run, GError **error);

#endif
