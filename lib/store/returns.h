/*
 * returns - mails of ours that came back, and whom they do not reach
 *
 * A contact or an analyst whose mails come back for good is marked until one
 * gets through, or somebody says so.
 */

#ifndef SLUIS_STORE_RETURNS_H
#define SLUIS_STORE_RETURNS_H

#include "db.h"

typedef struct {
	gint64 outbox;
	char *kind, *state;		/* as in outbox.h */
	guint case_no, party_number;
	gint64 party;			/* 0: none */
	int contact, analyst;		/* whom it went to; 0: a reporter */
	char *who, *address;		/* as the directory calls them; NULL: a reporter */
	char *severity;			/* of the case; NULL: not known */
	bool dead;			/* mails to them came back before */
	bool hidden;			/* who is to be named to nobody: no word of the bounce
					 * is to be shown */
} Returned;

void returned_free(Returned *returned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Returned, returned_free)

/* The mail of ours a bounce is about: by the keyed hashes of Message-IDs (of
 * GBytes); else by whom it went to (of char *, lower case) in that case, as a
 * token named it (case_no 0: none did). NULL without an error: not known. */
Returned *returns_find(Db *db, const GPtrArray *hashes, guint case_no, guint party_number,
    const GPtrArray *addresses, GError **error);

/* A step. status: "5.1.1"; fate: "failed", "delayed", "passed". */
bool returns_note(Db *db, gint64 outbox, const char *status, const char *fate, GError **error);

/* Mails get through to that address. How many were marked; -1 with an error. */
gint64 returns_reached(Db *db, const char *address, GError **error);

#endif
