/*
 * consents - the ledger of what parties agree to
 *
 * That a reporter's name may be told ("name"), that they are credited, and as what
 * ("credit"), and that two parties meet ("contact", with the other one). A row is a
 * question ("asked"), or a word for or against it ("given", "withdrawn"), with where it
 * comes from: the template that asked, a mail that seems to say so ("suggestion"), an
 * answer to the template, an analyst. A suggestion counts for nothing, an answer only
 * if something vouches for it; a no always does.
 */

#ifndef SLUIS_STORE_CONSENTS_H
#define SLUIS_STORE_CONSENTS_H

#include "db.h"

typedef struct {
	gint64 party;
	gint64 other;			/* whom a contact is with; 0 */
	const char *what, *state, *how;	/* words of the table */
	const char *signature;		/* what it was, of a mail; NULL */
	const char *vouched;		/* "signature", "dmarc", "none", of a mail; NULL */
	int analyst;			/* 0: none */
	gint64 message;			/* 0: none */
	const char *cause;		/* of the letters that ask; NULL */
	GBytes *wrapped, *value;	/* as what, sealed "credit"; NULL */
} ConsentNote;

/* A step. */
bool consents_note(Db *db, const ConsentNote *note, GError **error);

/* What that party was asked by the letter of that Message-ID (keyed hash): a word, and
 * *other; NULL without an error for nothing. The caller's. */
char *consents_question(Db *db, gint64 party, GBytes *id, gint64 *other, GError **error);

/* Does that party agree now? 1, 0, or -1 with an error. other: 0 for none. */
int consents_allow(Db *db, gint64 party, const char *what, gint64 other, GError **error);

/* The parties (of gint64) that are not hidden from that one any more. */
GArray *consents_acquainted(Db *db, gint64 party, GError **error);

/* A step: letters of that cause introduce two parties to each other; RETRY if not both
 * agree any more. */
bool consents_introduce(Db *db, gint64 party, gint64 other, int analyst, const char *cause,
    GError **error);

/* id, party, other, message (int), what, state, how, signature, vouched, who (text), at
 * (time), wrapped, value (bytes), holds (bool), oldest first. */
Rows *consents_list(Db *db, guint case_no, GError **error);

#endif
