/*
 * pgp - OpenPGP on bytes; the one fence around GPGME
 *
 * A Pgp is made once in the resident parent, with the engine looked up and
 * the signing key at hand, and inherited by the child that handles a mail, so
 * that a mail costs exactly the gpg processes its operations need. In the
 * child pgp_enter() makes a private run-time home: foreign certificates are
 * laid in it as files and are gone with it, and the service's own key ring
 * holds the team's keys only. No network, no prompt, no trust database, no
 * options file of a user (T-20).
 *
 * No output byte of an operation that failed is ever given out (T-21).
 * Engine trouble (no agent, no memory, no answer) is RETRY; what a message
 * turned out to be is a value. HARM says that gpg or the agent, well otherwise,
 * died of the message twice: that is no verdict, and not to be tried for ever.
 */

#ifndef SLUIS_CRYPTO_PGP_H
#define SLUIS_CRYPTO_PGP_H

#include <stdbool.h>
#include <glib.h>

typedef struct Pgp Pgp;

/* home: the team's key ring; run: folder for private run-time homes; signer:
 * fingerprint of the key that signs now, or "": the one the file "team" in home
 * names. Needs the agent to be reachable (launches it). SETUP if the signer has
 * no usable secret key. */
Pgp *pgp_new(const char *home, const char *run, const char *signer, GError **error);

/* Without a key ring and an agent, for whoever may look at certificates only:
 * pgp_certificate() and pgp_certificate_minimise(). */
Pgp *pgp_inspector(const char *run, GError **error);
void pgp_free(Pgp *pgp);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pgp, pgp_free)

/* In the process that works: the private home. pgp_leave() removes it;
 * pgp_sweep() removes those whose process is gone. pgp_enter() is called by
 * the operations themselves where it was not. */
bool pgp_enter(Pgp *pgp, GError **error);
void pgp_leave(Pgp *pgp);
void pgp_sweep(const Pgp *pgp);

/* For a parent of many: a private copy of the public ring, from which gpg works in
 * half the time. It is made once. */
bool pgp_hasten(Pgp *pgp, GError **error);

/* Only looks; but where the ring or its "team" file has changed, all that was read
 * when this began is read again, and copied again if it was, so that a new key is
 * known without a new start. With an error everything stays as it was. */
bool pgp_refresh(Pgp *pgp, GError **error);

/* One of at most four holders of the key ring at once, whatever their number
 * and host of processes: a descriptor held around a whole mail and released by
 * closing it, also by the end of the process. Does not wait: -1 without an
 * error when all are held, with RETRY when there is no place for them. */
int pgp_slot(const Pgp *pgp, GError **error);

/* Does the agent answer within seconds? */
bool pgp_agent_answers(const Pgp *pgp, guint seconds);

const char *pgp_signer(const Pgp *pgp);

/* One signature as gpg reported it; status already judged. */
typedef enum {
	SIGNATURE_GOOD, SIGNATURE_BAD, SIGNATURE_EXPIRED, SIGNATURE_REVOKED,
	SIGNATURE_FUTURE, SIGNATURE_WEAK, SIGNATURE_UNKNOWN_KEY, SIGNATURE_BROKEN
} SignatureStatus;

typedef struct {
	SignatureStatus status;
	char *key;		/* primary fingerprint, 40 upper hex; of an unknown key
				 * what the signature says of itself: fingerprint or id */
	gint64 made;		/* seconds since 1970; 0 unknown */
} Signature;

typedef enum {
	DECRYPT_OK,
	DECRYPT_NOKEY,		/* encrypted, to no key of ours or by password */
	DECRYPT_BROKEN,		/* integrity failed, cut, two plaintexts, ... */
	DECRYPT_BOMB,		/* more output than allowed (T-14) */
	DECRYPT_NOT_ENCRYPTED,	/* signed or literal packets only */
} DecryptStatus;

typedef struct {
	DecryptStatus status;
	const char *because;	/* more than the status says: fixed words; NULL */
	GBytes *plaintext;	/* only with DECRYPT_OK */
	char *key;		/* primary fingerprint of ours that opened it */
	char *session_key;	/* "9:HEX", for the ledger, also of what did not open
				 * with it; NULL if it has none of ours; wiped */
	GPtrArray *signatures;	/* of Signature: those inside */
} Decrypted;

/* certificates: GBytes of binary certificates a signature may be checked
 * with; those of the team are known anyway. ciphertext may be armoured. */
Decrypted *pgp_decrypt(Pgp *pgp, GBytes *ciphertext, const GPtrArray *certificates,
    gsize most_output, GError **error);
void decrypted_free(Decrypted *decrypted);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decrypted, decrypted_free)

/* The signatures inside checked again, with other certificates and without
 * the agent, by the session key. */
bool pgp_verify_again(Pgp *pgp, GBytes *ciphertext, Decrypted *decrypted,
    const GPtrArray *certificates, GError **error);

/* A detached signature over those bytes, of Signature. */
GPtrArray *pgp_verify(Pgp *pgp, GBytes *signed_bytes, GBytes *signature,
    const GPtrArray *certificates, GError **error);

/* A cleartext-signed or signed block; *text is what is signed, and only if
 * there is exactly one signature and it is good. */
GPtrArray *pgp_verify_inline(Pgp *pgp, GBytes *block, const GPtrArray *certificates,
    GBytes **text, GError **error);

/* What a certificate is good for, without importing it (T-29). */
typedef struct {
	GBytes *bytes;		/* binary; minimised by pgp_certificate_minimise() */
	char *fingerprint;	/* primary, 40 upper hex */
	GPtrArray *user_ids;	/* char *, cleaned */
	GPtrArray *addresses;	/* char *, lower case, of the user ids */
	char *encryption_subkey;	/* fingerprint of the one to encrypt to; NULL if none usable */
	GPtrArray *subkeys;	/* char *: fingerprints of all keys of it */
	gint64 created, expires;	/* seconds; expires 0: never. Of the encryption subkey, if sooner */
	char *algorithm;	/* "rsa4096", "ed25519" */
	char *unusable;		/* why nothing is encrypted to it, in a word of
				 * certificate.h; NULL if fine */
} Certificate;

/* Reads exactly one certificate, armoured or binary, at most 64 KiB. REFUSED
 * with a sentence for people: none, several, secret, too large. */
Certificate *pgp_certificate(Pgp *pgp, GBytes *bytes, GError **error);

/* The same, and minimised to self-signatures in a throw-away home. */
Certificate *pgp_certificate_minimise(Pgp *pgp, GBytes *bytes, GError **error);
void certificate_free(Certificate *certificate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Certificate, certificate_free)

/*
 * Signs with the team's key and encrypts to exactly that certificate; the
 * session-key packet is read back and must name the expected subkey (T-30).
 * Armoured, uncompressed. REFUSED, with the reason, when gpg finds the key
 * unusable.
 */
GBytes *pgp_encrypt(Pgp *pgp, GBytes *plaintext, GBytes *certificate,
    const char *encryption_subkey, GError **error);

/* The same for many, several at once; what becomes of one does not touch the
 * others. */
typedef struct {
	GBytes *plaintext, *certificate;	/* borrowed */
	const char *encryption_subkey;		/* borrowed */
	GBytes *armoured;			/* the caller's; NULL with an error */
	GError *error;				/* the caller's */
} Sealing;

void pgp_encrypt_all(Pgp *pgp, Sealing *sealings, guint count);

/* Is it the primary fingerprint of a key of ours? */
bool pgp_is_ours(const Pgp *pgp, const char *fingerprint);

/* Our public key, armoured, minimal. */
GBytes *pgp_export(Pgp *pgp, const char *fingerprint, GError **error);

/* Makes a key ring in an empty home: gpg.conf, gpg-agent.conf and a fresh team
 * key; algorithm "cv25519" or "rsa4096". Gives the fingerprint. */
char *pgp_make_home(const char *home, const char *user_ids[], const char *algorithm,
    GError **error);

#endif
