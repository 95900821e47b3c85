/*
 * pgpmail - what a mail turned out to be, as OpenPGP goes
 *
 * Knows the shapes (RFC 3156 encrypted, signed, both, either way round; one
 * inline block that is the whole text; what mail servers and lists make of
 * these) and nothing of keys, which a KeyFinder looks up. The result is a value
 * in the words of DESIGN section 8. Only the root, or one inline block that is
 * the whole text of the mail, is opened (T-25); "good" is said only of exactly
 * one valid signature over the root, by a known key of whom From names (T-22,
 * T-23): what is under another name is signed in part. What somebody rewrote
 * on its way is read where it can be read in one way only, and is then at best
 * "repaired".
 */

#ifndef SLUIS_CRYPTO_PGPMAIL_H
#define SLUIS_CRYPTO_PGPMAIL_H

#include <stdbool.h>
#include <glib.h>

#include "mime.h"
#include "pgp.h"
#include "protected.h"

typedef enum {
	ENCRYPTION_NONE, ENCRYPTION_OK, ENCRYPTION_BROKEN, ENCRYPTION_NOKEY,
	ENCRYPTION_BOMB
} Encryption;

typedef enum {
	SIGNED_NONE, SIGNED_GOOD, SIGNED_PARTLY, SIGNED_BAD, SIGNED_EXPIRED,
	SIGNED_REVOKED, SIGNED_FUTURE, SIGNED_WEAK, SIGNED_UNKNOWN_KEY,
	SIGNED_SEVERAL, SIGNED_REPAIRED, SIGNED_MALFORMED
} Signed;

const char *encryption_word(Encryption encryption);	/* "none", "ok", ... */
const char *signed_word(Signed is);			/* "unknown-key", ... */

/* Where certificates come from. Each gives GBytes in a fresh array (maybe
 * empty), NULL with an error. */
typedef struct {
	GPtrArray *(*by_address)(void *context, const char *address, GError **error);
	GPtrArray *(*by_fingerprint)(void *context, const char *fingerprint, GError **error);
	void *context;
} KeyFinder;

typedef struct {
	Encryption encryption;
	char *decryption_key;	/* primary fingerprint of ours; NULL */
	Signed is_signed;
	char *signer;		/* primary fingerprint; of an unknown key what is known; NULL */
	gint64 signed_at;	/* microseconds; 0 unknown */
	bool from_known;	/* there are certificates of whom From names */
	bool other_sender;	/* valid, by a known key that is not of whom From shows */
	Mime *inner;		/* the opened root entity; NULL if there was nothing to open.
				 * Of an inline block: text/plain made of it */
	bool inner_whole;	/* inner stands for the whole mail */
	bool inner_made;	/* its header is ours: it was made of an inline block */
	Mime *covered;		/* of a mail signed in clear: the part its signature is
				 * made over, whatever it is worth; NULL */
	GBytes *entity;		/* the opened root entity as it was, a signature within it
				 * included; of an inline block made of it. NULL unless
				 * it was encrypted and stands for the whole mail */
	char *session_key;	/* for the ledger; NULL */
	char *because;		/* a few words for people: "encrypted to another key" */
	GPtrArray *layers;	/* char *: what each layer of it said, from the outside
				 * in: "signature good; key=...; at=...", "encryption ok" */
	GPtrArray *keys;	/* GBytes: certificates that came inside the encrypted root */
} Opened;

/* outer has passed scan_limits(). */
Opened *pgpmail_open(Pgp *pgp, const Mime *outer, const KeyFinder *finder,
    gsize most_output, GError **error);
void opened_free(Opened *opened);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Opened, opened_free)

/* What a file beside the text is: "encrypted", "signed", "signature", "key",
 * "packed" (signed or not); NULL if nothing of OpenPGP. It is not opened, nor
 * verified. */
const char *pgpmail_kind(GBytes *bytes);

/* What is protected, for the header fields within; it borrows from opened. */
Protection opened_protection(const Opened *opened);

#endif
