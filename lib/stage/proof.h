/*
 * proof - how it was seen who a party is, and a word that comes back
 *
 * A mail of a party that carries the word of an open mailback proves that who wrote
 * it reads what is sent there, and no more: what its signature was is noted too.
 * Who robots and copies are from proves nothing.
 */

#ifndef SLUIS_STAGE_PROOF_H
#define SLUIS_STAGE_PROOF_H

#include "run.h"

typedef struct Proof {
	gint64 answers;			/* the mailback this mail answers; 0 */
	char *lines;			/* how the party was seen before; "" */
} Proof;

void proof_free(Proof *proof);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Proof, proof_free)

/* Of a mail of a party that is known. */
bool proof_look(Run *run, GHashTable *words, GError **error);

/* For the notice. */
void proof_tell(const Run *run, GHashTable *words, GString *out);

/* A step of the transaction that files the mail. */
bool proof_file(const Run *run, gint64 message, GError **error);

/* All of one party (0: of each, with their names), a line each. */
char *proof_lines(Db *db, guint case_no, gint64 party, GHashTable *words, GError **error);

#endif
