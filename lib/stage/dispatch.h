/*
 * dispatch - a letter on its way into the outbox
 *
 * First it is made final: composed, signed and encrypted to one key, sealed
 * for the sender; a letter whose addressee has no usable key is kept as a
 * draft and HELD instead, never sent in clear (T-31), and a contact's is made
 * final by itself once there is a key. That needs no database
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
#include "sides.h"
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
	bool keyless;			/* for want of a contact's key, until there is one */
	bool embargoed;			/* leaves no sooner than the embargo of its case is over */
	gint64 delay;			/* seconds */
	GBytes *sender_hash;		/* of an acknowledgement */

	/* a clear mail: rendered from these, and again by the sender */
	const char *template;		/* NULL: encrypted */
	char *language;
	GHashTable *values;
	char *signature;		/* signed in clear by it; NULL */

	/* what is noted with it */
	guint case_no;
	gint64 party;			/* 0: none */
	const Side *side;		/* the party, if it is one only when filed; NULL */
	bool is_message;		/* shows in the case as a message out */
	int analyst;			/* of a notice; 0 */
	char *nonce;			/* of a notice; NULL */
	gint64 nonce_expires;
	gint64 about;			/* the message a receipt goes on about; 0 */
	char *confirm;			/* held until an analyst's word, which may name this; NULL */
	int confirmer;			/* whose */
	const char *event;		/* what its filing is in the case, and about whom; NULL */
	char *event_about;

	/* what follows when it is keyless, and is filed with it; see keyless.h */
	gint64 call_by;			/* somebody has to call until then; 0 */
	GPtrArray *followers;		/* of Dispatch; NULL */

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

/* Encrypts it to somebody's key; without a usable one it is held, unless there
 * is another reason already. to may be NULL: nobody of that number any more. */
void dispatch_address(Dispatch *dispatch, const Correspondent *to);

/* The number of the contact its target names; 0: it is no contact. */
int dispatch_contact(const Dispatch *dispatch);

/* Makes all of them final, several at once. */
bool dispatch_finish(const Tools *tools, GPtrArray *dispatches, GError **error);

/* Files one: the row, the ids it may be answered by, the nonce, the message. */
bool dispatch_file(const Tools *tools, Db *db, Dispatch *dispatch, GError **error);

/* Builds a held draft again, now that its addressee may have a usable key. */
bool dispatch_build(const Tools *tools, Db *db, gint64 id, GError **error);

#endif
