/*
 * agent - the gpg-agent of an embedded installation
 *
 * It listens in DIR/gnupg. Where that path is too long for a socket, files
 * there redirect it to the short folder, as libassuan has it; gpg and the
 * agent both follow them.
 */

#ifndef SLUIS_TOOL_AGENT_H
#define SLUIS_TOOL_AGENT_H

#include <stdbool.h>
#include <glib.h>

#include "place.h"

bool agent_start(const Place *place, GError **error);
bool agent_stop(const Place *place, GError **error);
bool agent_runs(const Place *place);

/* Ends the agent that was started for that home. */
bool agent_stop_home(const char *home, GError **error);

#endif
