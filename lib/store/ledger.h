/*
 * ledger - ciphertexts that came, by the session keys they have (T-26)
 *
 * Whoever sees a mail encrypted to us can wrap its ciphertext anew and have it
 * opened here once more, under a name of his own. The bytes differ, the session
 * key does not; so that is written down, by keyed hash, for ever, and with it
 * where it came first.
 */

#ifndef SLUIS_STORE_LEDGER_H
#define SLUIS_STORE_LEDGER_H

#include "db.h"

/* Where a ciphertext came first. */
typedef struct {
	gint64 reception;
	guint case_no;		/* 0: in a mail of no case */
	char *tag;		/* NULL likewise */
	gint64 party;		/* row id; 0: none */
} Sighting;

void sighting_free(Sighting *sighting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sighting, sighting_free)

/* Of Sighting, oldest first: those of these keyed hashes (of GBytes) that came.
 * Waits for their locks, held to the end of the session, so that of two mails
 * with one ciphertext the second to be filed sees the first. */
GPtrArray *ledger_find(Db *db, const GPtrArray *hashes, GError **error);

/* A step of filing: they came with this mail. What came before stays as it is.
 * case_no and party 0: none. */
bool ledger_add(Db *db, const GPtrArray *hashes, gint64 reception, guint case_no,
    gint64 party, GError **error);

#endif
