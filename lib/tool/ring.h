/*
 * ring - a key ring with a fresh team key
 *
 * It is made under another name and renamed when its key is in it, with the
 * fingerprint beside, in the file "team".
 */

#ifndef SLUIS_TOOL_RING_H
#define SLUIS_TOOL_RING_H

#include <stdbool.h>
#include <glib.h>

/* Makes it in fresh, whose name is short enough for an agent's socket, and
 * ends the agent. Gives the fingerprint. algorithm NULL: the usual. */
char *ring_make(const char *fresh, const char *user_ids[], const char *algorithm,
    GError **error);

/* The fingerprint of one that is there. */
char *ring_team(const char *home, GError **error);

/* Is there no secret key in home? So it is where nothing is, and where gpg only
 * looked, for that alone leaves files behind. */
bool ring_is_empty(const char *home);

#endif
