/*
 * bridge - two parties that talk through us, each message let go by one word
 *
 * While a bridge is open between an organisation and the reporter, what either writes
 * is prepared for the other at once, as /pass would: HELD, gone through the gate, and
 * shown in the notice as it would leave. Nothing a person wrote passes unread. What
 * robots and copies say, and what may not be from the party, is not prepared at all.
 */

#ifndef SLUIS_STAGE_BRIDGE_H
#define SLUIS_STAGE_BRIDGE_H

#include "run.h"

/* Prepares the letters, and for the notice what they say. */
bool bridge_look(Run *run, GHashTable *words, GError **error);

#endif
