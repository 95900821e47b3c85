/*
 * verdicts - messages whose signatures are looked at again, with today's keys
 *
 * Asked for by an operator for a case, or by itself for what a certificate
 * signed before it was pinned or changed: work computes the keyed hashes its
 * messages are found by. Who verifies a case again has its lock; what a try
 * counts is committed before it begins.
 */

#ifndef SLUIS_STORE_VERDICTS_H
#define SLUIS_STORE_VERDICTS_H

#include "db.h"

/* adm: all messages of that case that came in; how many, -1 with an error
 * (REFUSED if there is no such case). */
gint64 verdicts_ask(Db *db, const char *tag, GError **error);

/* A step of filing: a message of a signer nobody knew, in case the key (its
 * fingerprint or id) was pinned in the meantime. */
bool verdicts_ask_again(Db *db, gint64 message, const char *key, GError **error);

/* Numbers of cases that are due, of gint64; 0 among them: certificates are to
 * be heeded. */
GArray *verdicts_due(Db *db, guint most, GError **error);

/* Certificates to be heeded: id (int), subkeys (text[]). Heeding: what was
 * signed by any of these keyed hashes is due. */
Rows *verdicts_unheeded(Db *db, guint most, GError **error);
bool verdicts_heed(Db *db, const GArray *ids, const GPtrArray *hashes, GError **error);

/* Takes the lock of a case and what is due in it, or no row: message, party,
 * revised (int), imported (bool), tag, inbox, encryption, signature (text),
 * wrapped, extract, raw_wrapped (bytes; wrapped ones null: erased), raw (text:
 * a blob). */
Rows *verdicts_take(Db *db, gint64 case_no, guint most, guint most_tries, GError **error);

/* What became of one: its verdict stays (reason: why nothing was found out, or
 * NULL), or is another one now. */
bool verdicts_keep(Db *db, gint64 message, const char *reason, GError **error);

typedef struct {
	gint64 message;
	const char *signature;
	GBytes *signer;			/* keyed hash; NULL */
	GBytes *wrapped, *extract;
} ChangedVerdict;

bool verdicts_change(Db *db, const ChangedVerdict *changed, GError **error);

/* What was taken could not be done through no fault of its own: uncounted, due
 * again in seconds. */
bool verdicts_postpone(Db *db, gint64 case_no, gint64 seconds, GError **error);

#endif
