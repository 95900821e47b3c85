/*
 * pgpmail_opening - what the files behind pgpmail.h share; for them alone
 *
 * Functions that give bool are false with an error only where a tool failed;
 * what a mail turned out to be is in the Opened.
 */

#ifndef SLUIS_CRYPTO_PGPMAIL_OPENING_H
#define SLUIS_CRYPTO_PGPMAIL_OPENING_H

#include "pgpmail.h"

typedef struct {
	Pgp *pgp;
	const Mime *outer;		/* the mail */
	const KeyFinder *finder;
	gsize most;
	GPtrArray *certificates;	/* of whom From names */
	GPtrArray *strangers;		/* found by the key that signed */
	bool one_sender;
	Opened *opened;
} Opening;

/* The certificates of whom From names. */
bool opening_find_senders(Opening *opening, GError **error);

/* The first reason stays. malformed is true, a finding. */
void opening_because(const Opening *opening, const char *why);
bool opening_malformed(const Opening *opening, const char *why);

/* What one layer said, behind those around it. */
void opening_layer(const Opening *opening, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The verdict of those signatures; whole: is there nothing in the mail beside
 * what they cover? */
bool opening_take_signatures(const Opening *opening, const GPtrArray *signatures, bool whole,
    GError **error);

/* "an encrypted part among others": that was left closed (T-25). */
void opening_closed(const Opening *opening, const char *what);

/* Somebody rewrote this mail on its way: the same verdicts, but for "good".
 * True. */
bool opening_repaired(const Opening *opening);

/* What was verified is a part among others: partly, or nothing at all. */
void opening_only_part(const Opening *opening);

/* With the keys of From, then with the key a signature names. */
GPtrArray *opening_verify_beside(const Opening *opening, GBytes *bytes, GBytes *signature,
    GError **error);
GPtrArray *opening_verify_block(const Opening *opening, GBytes *block, GBytes **text,
    GError **error);

/* Decrypts and judges; *plaintext is NULL if there is nothing to read. */
bool opening_decrypt(const Opening *opening, GBytes *ciphertext, bool whole,
    GBytes **plaintext, GError **error);

/* The keys in what was encrypted. */
void opening_take_keys(const Opening *opening);

/* The children of a multipart, cut from the raw bytes; NULL with the reason if
 * readers could differ. And one of them. */
Multipart *pgpmail_children(const Mime *mime, const char **why);
Mime *pgpmail_child(const Multipart *parts, guint n);

GBytes *pgpmail_only_bytes(const Mime *mime);	/* of an entity that is one part */
bool pgpmail_is_control_part(const Mime *mime);	/* "Version: 1" */
bool pgpmail_is_protocol(const Mime *mime, const char *protocol);

bool pgpmail_open_encrypted(const Opening *opening, const Mime *mime, GError **error);
bool pgpmail_open_signed(const Opening *opening, const Mime *mime, GError **error);
bool pgpmail_open_texts(const Opening *opening, GError **error);

/* A part that is all ciphertext, as the root; a part, and a signature over it
 * beside it. whole: is there nothing else in the mail? */
bool pgpmail_open_block(const Opening *opening, const Mime *part, bool whole, GError **error);
bool pgpmail_open_beside(const Opening *opening, const Multipart *parts, bool whole,
    GError **error);

/* A multipart/mixed that was one of the above before somebody rewrote it; where
 * it is the root, signed parts in it are verified, too. And a root that is not
 * a multipart and no text. */
bool pgpmail_open_mixed(const Opening *opening, const Mime *mime, bool root, GError **error);
bool pgpmail_open_single(const Opening *opening, GError **error);

/* S/MIME? And then what it is, is said. */
bool pgpmail_say_smime(const Opening *opening, const Mime *mime);

#endif
