/*
 * parcel - an outgoing mail as it is handed from work to send
 *
 * work seals it to the send key when it files the outbox row; send opens it
 * and has nothing else: no case, no plaintext. So a parcel holds the final
 * bytes and, apart from them, what these must be: the outward fields they were
 * composed with, the keys they are encrypted to or the template they were made
 * from. The guard of send holds the one against the other.
 *
 * Sealed are two things under one data key: the envelope record (JSON, purpose
 * "outgoing-envelope") and the bytes (purpose "outgoing"). Of the letter only
 * the outward fields go into the record, never subject, body or enclosures of
 * an encrypted mail.
 */

#ifndef SLUIS_CRYPTO_PARCEL_H
#define SLUIS_CRYPTO_PARCEL_H

#include <stdbool.h>
#include <glib.h>

#include "compose.h"
#include "seal.h"

typedef enum {
	PARCEL_ENCRYPTED,	/* compose_outer(letter, armoured) */
	PARCEL_TEMPLATE,	/* letterform_signed(letter, ..., template, values, signature) */
} ParcelForm;

typedef struct {
	ParcelForm form;
	Letter *letter;			/* from, from_name, to, outer_subject, date, message_id,
					 * in_reply_to, references, automatic */
	char *envelope_sender;		/* "" is the null sender */
	GPtrArray *key_ids;		/* encrypted: char *, 16 upper hex, exactly one (T-46):
					 * the last 16 of the encryption subkey's fingerprint */
	char *template, *language;	/* template: "ack", "en" */
	GHashTable *values;		/* template: name -> value, both char * */
	char *signature;		/* template: signed in clear by it, armoured; NULL */
	GBytes *bytes;			/* the final mail */
} Parcel;

/* Empty, with an empty letter, empty key_ids and values, all its own: what is
 * put in is freed with it. A letter may be put in place of the empty one. */
Parcel *parcel_new(ParcelForm form);
void parcel_free(Parcel *parcel);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Parcel, parcel_free)

/* Adds the key id of an encryption subkey's fingerprint (40 hex). */
void parcel_expect(Parcel *parcel, const char *fingerprint);

/* For NewOutgoing's send_wrapped, envelope and bytes. SETUP if something is
 * missing that the parcel's form needs. */
bool parcel_seal(const Parcel *parcel, const SealKey *send_public, GBytes **wrapped,
    GBytes **envelope, GPtrArray **chunks, GError **error);

/* SETUP if it was not sealed to this pair, or is no parcel. */
Parcel *parcel_open(GBytes *wrapped, GBytes *envelope, const GPtrArray *chunks,
    const SealKey *public, const SealKey *secret, GError **error);

#endif
