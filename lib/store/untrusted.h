/*
 * untrusted - certificates that came in mails, until somebody has decided
 *
 * Whoever sends a mail can put any key into it: it is kept here, sealed like all
 * that comes in a mail, and nothing is encrypted to it nor verified by it before
 * an operator has pinned it (T-28). So is what takes a key back, until that key
 * is to be pinned.
 */

#ifndef SLUIS_STORE_UNTRUSTED_H
#define SLUIS_STORE_UNTRUSTED_H

#include "db.h"

typedef struct {
	gint64 reception;
	guint case_no;			/* 0: none */
	GBytes *fingerprint;		/* keyed hash */
	GBytes *content;		/* keyed hash of the bytes and who sent them */
	const char *origin;		/* "attachment", "text", "autocrypt", "gossip" */
	bool encrypted;			/* where only the team could read it */
	GBytes *wrapped, *record;	/* sealed, purpose "quarantine" */
} UntrustedKey;

/* work: a step of the filing transaction. The same again from the same sender is
 * counted. */
bool untrusted_keep(Db *db, const UntrustedKey *key, GError **error);

/* A signature that takes a key back, if it holds: found by that key. */
typedef struct {
	GBytes *fingerprint;		/* keyed hash */
	GBytes *content;		/* keyed hash of the signature */
	GBytes *wrapped, *record;	/* sealed, purpose "revocation" */
} UntrustedRevocation;

/* work, adm: once. */
bool untrusted_keep_revocation(Db *db, const UntrustedRevocation *revocation, GError **error);
/* adm: wrapped, record; newest first, no more than 64. */
Rows *untrusted_revocations(Db *db, GBytes *fingerprint, GError **error);

/* adm: id, reception, times (int), state, origin, tag (text or null), encrypted,
 * hidden (bool: who sent it wants to be named to nobody), arrived, last, decided
 * (time), wrapped, record (bytes). Those to be decided first, newest first; id 0: all,
 * else exactly one row. */
Rows *untrusted_list(Db *db, gint64 id, GError **error);

/* adm: "accepted" or "refused". REFUSED if there is none to be decided. */
bool untrusted_settle(Db *db, gint64 id, const char *state, GError **error);

#endif
