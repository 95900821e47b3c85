/*
 * updates - whom a change of the team's key concerns
 *
 * Who still writes to a former key is counted, by key; who is told of a new one
 * is everybody in the directory and whoever asked for it.
 */

#ifndef SLUIS_STORE_UPDATES_H
#define SLUIS_STORE_UPDATES_H

#include "db.h"

/* One more mail came to a former key after its grace; a step of the transaction
 * that files it. *counts: it is not from an old mailbox. */
bool updates_count(Db *db, const char *fingerprint, gint64 reception, bool *counts,
    GError **error);
/* fingerprint, mails, told (int), last (time). */
Rows *updates_stragglers(Db *db, GError **error);

/* Who asked for updates. *fresh: that is news. REFUSED if there is no such
 * address. Listed: id (int), address, language, added (time). */
bool updates_subscribe(Db *db, const char *address, const char *language, bool *fresh,
    GError **error);
bool updates_unsubscribe(Db *db, const char *address, GError **error);
Rows *updates_subscribers(Db *db, GError **error);

/* Everybody who is told, each address once. */
typedef struct {
	char *target;		/* "contact 9", as an outbox row names them */
	char *address;
	char *language;		/* NULL: the team's */
	char *encryption;	/* subkey's fingerprint; NULL: no usable key */
	GBytes *certificate;
} Addressee;

void addressee_free(Addressee *addressee);
GPtrArray *updates_addressees(Db *db, GError **error);	/* of Addressee */

#endif
