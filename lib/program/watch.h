/*
 * watch - a service that looks again and again what is due
 *
 * SIGTERM and SIGINT end it between two looks, so that what is begun is finished.
 * Trouble with a look is told in the log, and the next one tries again.
 */

#ifndef SLUIS_PROGRAM_WATCH_H
#define SLUIS_PROGRAM_WATCH_H

#include <stdbool.h>
#include <glib.h>

#include "settings.h"

typedef bool (*WatchLook)(const Settings *settings, GError **error);

/* Every work.sweep seconds, until it is asked to end. */
bool watch_run(const Settings *settings, WatchLook look, GError **error);

#endif
