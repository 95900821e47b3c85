/*
 * packet - a walk over OpenPGP packet headers (RFC 4880 section 4)
 *
 * Reads which keys a message was encrypted to, so that what leaves can be
 * compared with what was meant (T-30), and what kind of thing a blob is before
 * gpg sees it. Nothing is decrypted, no signature is looked at.
 */

#ifndef SLUIS_CRYPTO_PACKET_H
#define SLUIS_CRYPTO_PACKET_H

#include <stdbool.h>
#include <glib.h>

#include "armour.h"

typedef struct {
	GPtrArray *recipients;	/* char *: 16 upper hex of each PKESK key id, "0..." if hidden */
	guint passwords;	/* SKESK packets */
	bool closed;		/* a packet of encryption is among them, whole or not */
	bool encrypted;		/* ends in a SED, SEIPD or AEAD packet, nothing behind it */
	bool integrity;		/* that packet is SEIPD version 1 (with MDC) */
	bool newer;		/* something in it is of a version or an algorithm that
				 * gpg 2.2 does not know: RFC 9580, post-quantum */
	bool unreadable;	/* and is of a version gpg does not get past */
	bool odd;		/* unknown version, other packets, bytes left over */
	bool harmful;		/* a session-key packet with a number shorter than any
				 * key makes: gpg-agent 2.2.40 dies of it */
} PacketSummary;

/* Binary bytes. NULL if they are no packets at all. */
PacketSummary *packet_summary(const void *bytes, gsize length);
void packet_summary_free(PacketSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PacketSummary, packet_summary_free)

/* The session-key packets of a message, wherever they stand in it, with nothing
 * that could be read behind them: who decrypts this finds out the session key of
 * the message and not a word of it. NULL if it has none. */
GBytes *packet_session_keys(const void *bytes, gsize length);

/* Signature packets and nothing else? What is no signature is not shown to gpg as
 * one. */
bool packet_all_signatures(const void *bytes, gsize length);

/* A public key or subkey as it stands in a certificate: enough to say whose
 * subkey signed and whether it is strong. Its signatures were not verified. */
typedef struct {
	char *fingerprint;	/* 40 upper hex */
	char *primary;		/* of the key it stands behind; its own if it is primary */
	guint8 algorithm;	/* RFC 4880 section 9.1 */
	guint bits;		/* of the first number in it; 0 for a curve */
	bool bound;		/* a signature that ties it to its user ids or its
				 * primary key has a hash nobody forges */
} PacketKey;

/* All version 4 keys in certificates laid end to end; *secret (may be NULL):
 * there is a secret key among the packets. NULL if these are no packets or
 * their lengths do not fit. */
GPtrArray *packet_keys(const void *bytes, gsize length, bool *secret);
void packet_key_free(void *data);	/* a PacketKey, as arrays of them want it */
bool packet_key_is_weak(const PacketKey *key);	/* RSA, ElGamal < 2048; DSA < 2048 */

/* How much of each there is in what packet_keys() reads (T-29). */
typedef struct {
	guint subkeys, user_ids, signatures;
} PacketCensus;

PacketCensus packet_census(const void *bytes, gsize length);

/* Its user ids as they stand there, char *, cleaned; nobody has vouched for them. */
GPtrArray *packet_user_ids(const void *bytes, gsize length);

/* Certificates laid end to end, of GBytes, each by itself; what stands before the
 * first one is none. */
GPtrArray *packet_certificates(GBytes *bytes);

/* A certificate without signatures that say they are by anybody but itself and
 * those, char *: fingerprints, NULL: nobody. Others can hang on it what they like. */
GBytes *packet_signed_by(GBytes *certificate, const GPtrArray *issuers);

/* Nothing but the signature by which a key is taken back, as gpg --gen-revoke gives
 * it: the id of that key, 16 upper hex; NULL if it is anything else. And that put
 * into the certificate it is about; whether it holds, gpg says. */
char *packet_revokes(GBytes *bytes);
GBytes *packet_with_revocation(GBytes *certificate, GBytes *revocation);

/* A certificate without its subkeys but for the one of that fingerprint, so
 * that a program that chooses for itself has no choice. */
GBytes *packet_with_subkey(GBytes *certificate, const char *fingerprint);

#endif
