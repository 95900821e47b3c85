/*
 * dispatch - a letter on its way into the outbox
 *
 * First it is made final: composed, signed and encrypted to one key, sealed
 * for the sender; a letter whose addressee has no usable key is kept as a
 * draft and HELD instead, never sent in clear (T-31). That needs no database
 * and takes all the time, so the letters of a mail are made in parallel. Then
 * it is filed, as a step of the transaction that files its cause.
 */

#ifndef SLUIS_STAGE_DISPATCH_H
#define SLUIS_STAGE_DISPATCH_H

#include <stdbool.h>
#include <glib.h>

#include "compose.h"
#include "db.h"
#include "directory.h"
#include "extract.h"
#include "tools.h"

typedef struct {
	/* what and whom */
	const char *kind;		/* "ack", "notice", "forward", ... */
	char *cause, *target;		/* see outbox.h */
	Letter *letter;
	char *envelope_sender;		/* "": null sender */
	GBytes *certificate;		/* to encrypt to; NULL: a clear template, or held */
	char *subkey;			/* its encryption subkey's fingerprint */
	const char *held;		/* reason to hold it; NULL */
	gint64 delay;			/* seconds */
	GBytes *sender_hash;		/* of an acknowledgement */

	/* a clear mail: rendered from these, and again by the sender */
	const char *template;		/* NULL: encrypted */
	char *language;
	GHashTable *values;

	/* what is noted with it */
	guint case_no;
	gint64 party;			/* 0: none */
	bool is_message;		/* shows in the case as a message out */
	int analyst;			/* of a notice; 0 */
	char *nonce;			/* of a notice; NULL */
	gint64 nonce_expires;

	/* made final */
	GBytes *inner, *armoured;
	GError *trouble;		/* why there is no armour */
	GBytes *send_wrapped, *envelope;
	GPtrArray *chunks;		/* sealed final bytes */
	GPtrArray *draft;		/* sealed draft, if held for want of a key */
	GBytes *wrapped, *record;
	gint64 id;			/* of the outbox row, when filed */
	bool again;			/* it had been filed before */
} Dispatch;

Dispatch *dispatch_new(const char *kind);
void dispatch_free(Dispatch *dispatch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dispatch, dispatch_free)

/* Why nothing can be encrypted to somebody, in a word that outlives them; to
 * may be NULL: nobody of that number any more. */
const char *dispatch_keyless(const Correspondent *to);

/* Makes all of them final, several at once. */
bool dispatch_finish(const Tools *tools, GPtrArray *dispatches, GError **error);

/* Files one: the row, the ids it may be answered by, the nonce, the message. */
bool dispatch_file(const Tools *tools, Db *db, Dispatch *dispatch, GError **error);

/* Builds a held draft again, now that its addressee may have a usable key. */
bool dispatch_build(const Tools *tools, Db *db, gint64 id, GError **error);

#endif
