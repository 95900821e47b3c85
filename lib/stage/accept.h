/*
 * accept - one mail handed to the database, sealed and once per inbox
 *
 * The first thing that happens to a mail: it is fingerprinted, sealed to the
 * storage public key and committed in one transaction, and nothing is looked
 * into. The mail is held once; chunks are sealed and sent one at a time.
 */

#ifndef SLUIS_STAGE_ACCEPT_H
#define SLUIS_STAGE_ACCEPT_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "seal.h"

typedef struct {
	const char *inbox;		/* address of one of ours */
	const char *recipient, *sender, *queue_id;	/* of the envelope, as told; or NULL */
	bool imported;			/* from an old mailbox, by the operator: it causes nothing */
	gint64 came;			/* imported: when it did; 0: now */
} Envelope;

/* The keyed hash of all bytes, and of the mail without the trace of its way
 * here, by which the copies of one mail know each other. */
GBytes *accept_fingerprint(const SealKey *receipt, GBytes *mail);
GBytes *accept_origin(const SealKey *receipt, GBytes *mail);

/* Durable once it is true. *again: it was taken before, and nothing changed. */
bool accept_mail(Db *db, const SealKey *storage, const SealKey *receipt,
    const Envelope *envelope, GBytes *mail, bool *again, GError **error);

#endif
