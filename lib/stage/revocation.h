/*
 * revocation - a key that is taken back by what gpg --gen-revoke gives
 *
 * That is one signature and no certificate, and its owner may have it on paper
 * where the key is lost. It speaks for itself, whoever sends it and by which way:
 * where it holds, the pinned certificate it is about is revoked at once, for
 * everybody who has it, and mail to it is held; a reporter's own is used no more
 * (T-31). All are kept, since the key may lie in quarantine or come another day:
 * then it is looked at by whoever pins that key. Where it does not hold, or is
 * about no key we have pinned, the notice says so.
 */

#ifndef SLUIS_STAGE_REVOCATION_H
#define SLUIS_STAGE_REVOCATION_H

#include "brought.h"
#include "run.h"

/* Finds out which keys this mail takes back. */
bool revocation_look(Run *run, GError **error);

/* What became of the key it is about, as a word the notice explains. */
const char *revocation_word(const Run *run, const Brought *brought);

/* A step of the filing transaction. */
bool revocation_file(Run *run, GError **error);

/* Keeps one, found again by the id of the key it is about. tools: with index and
 * storage_public. */
bool revocation_keep(const Tools *tools, Db *db, const char *key_id, GBytes *signature,
    GError **error);

#endif
