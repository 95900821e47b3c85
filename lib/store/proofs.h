/*
 * proofs - how it was seen who a party is
 *
 * An analyst called back, saw a signature, looked into a directory, met somebody:
 * that is noted. Or a random word was mailed to where the party is known to be, and
 * came back from there.
 */

#ifndef SLUIS_STORE_PROOFS_H
#define SLUIS_STORE_PROOFS_H

#include "db.h"

/* A step. word: keyed hash of the one that is sent, "encrypted" or "clear"; NULL for a
 * method that needs none. */
bool proofs_note(Db *db, gint64 party, int analyst, const char *method, GBytes *word,
    const char *sent, GError **error);

/* The mailback of that party that waits for one of these (of GBytes): its row, 0 for
 * none, -1 with an error. */
gint64 proofs_waiting(Db *db, gint64 party, const GPtrArray *words, GError **error);

/* A step: it came back. how: what its signature was. */
bool proofs_answer(Db *db, gint64 id, gint64 message, const char *how, GError **error);

/* id, party (int), method, who, sent, how (text), asked, done (time), oldest first. */
Rows *proofs_list(Db *db, guint case_no, GError **error);

#endif
