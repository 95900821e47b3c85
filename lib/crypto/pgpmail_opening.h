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
	const Mime *outer;
	const KeyFinder *finder;
	gsize most;
	GPtrArray *certificates;	/* of whom From names */
	bool one_sender;
	Opened *opened;
} Opening;

/* The first reason stays. malformed is true, a finding. */
void opening_because(const Opening *opening, const char *why);
bool opening_malformed(const Opening *opening, const char *why);

/* The verdict of those signatures; whole: is there nothing in the mail beside
 * what they cover? */
void opening_take_signatures(const Opening *opening, const GPtrArray *signatures, bool whole);

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

bool pgpmail_open_encrypted(const Opening *opening, const Mime *mime, GError **error);
bool pgpmail_open_signed(const Opening *opening, const Mime *mime, GError **error);
bool pgpmail_open_mixed(const Opening *opening, GError **error);
bool pgpmail_open_texts(const Opening *opening, GError **error);

#endif
