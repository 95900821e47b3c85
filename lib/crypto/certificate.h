/*
 * certificate - whether mail may be encrypted to a certificate, and whose word
 * it has
 *
 * Why one is unusable is said by one of a few fixed words, which stand in the
 * directory and beside a mail that is held; here are they, and the sentence that
 * tells people what is wrong and what would help. A certificate has a life: a
 * newer version of one that is known prolongs or revokes it, and an older one
 * takes nothing of that back (T-31).
 */

#ifndef SLUIS_CRYPTO_CERTIFICATE_H
#define SLUIS_CRYPTO_CERTIFICATE_H

#include "pgp.h"

#define KEY_REVOKED "revoked"
#define KEY_EXPIRED "expired"
#define KEY_FUTURE "created in the future"
#define KEY_RSA "RSA shorter than 2048 bits"
#define KEY_DSA "DSA"
#define KEY_ELGAMAL "ElGamal"
#define KEY_SHA1 "bound by SHA-1"
#define KEY_SUBKEY_REVOKED "encryption subkey revoked"
#define KEY_SUBKEY_EXPIRED "encryption subkey expired"
#define KEY_SUBKEY_FUTURE "encryption subkey created in the future"
#define KEY_SIGNS_ONLY "no encryption subkey"
#define KEY_NAMELESS "no valid user id"

/* "it has expired: ask its owner to ..."; the word itself where it is none of
 * these, NULL for NULL. The caller's. */
char *certificate_sentence(const char *unusable);

/* A version of a certificate, and what is known of it so far, as one: all user
 * ids, subkeys, new dates and revocations of both. Minimised. REFUSED if it is
 * another one. */
Certificate *certificate_merge(Pgp *pgp, GBytes *known, GBytes *bytes, GError **error);

/* A certificate with the signature by which its owner took it back (see
 * packet_revokes()), minimised; NULL without an error if it does not hold. */
Certificate *certificate_taken_back(Pgp *pgp, GBytes *known, GBytes *revocation, GError **error);

/* Which of those certificates has validly certified a user id of that one, as
 * it came and not minimised: its fingerprint, "" if none has. NULL: error. */
char *certificate_certified_by(Pgp *pgp, GBytes *bytes, const GPtrArray *certifiers,
    GError **error);

#endif
