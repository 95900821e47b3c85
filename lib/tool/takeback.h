/*
 * takeback - what came before a key was pinned, and takes it back
 *
 * A revocation may come by mail while its key waits in quarantine, or before
 * anybody has sent us the key. Nothing acts on it then; so whoever pins a key, by
 * whichever way, looks here first (T-31).
 */

#ifndef SLUIS_TOOL_TAKEBACK_H
#define SLUIS_TOOL_TAKEBACK_H

#include "keyfile.h"

/* The certificate with those that hold; NULL without an error if there is none. */
Certificate *takeback_heed(Keyfiles *keyfiles, Db *db, const Certificate *certificate,
    GError **error);

/* Keeps one that was handed in. */
bool takeback_keep(Keyfiles *keyfiles, Db *db, const char *key_id, GBytes *signature,
    GError **error);

#endif
