/*
 * extract - what was read out of a message, kept sealed
 *
 * The database never holds it in clear: it is written as JSON, sealed under
 * the message's own data key (purpose "extract"), and read back by whoever has
 * the storage key: the operator's tool, a forward. One module for both ways.
 */

#ifndef SLUIS_STAGE_EXTRACT_H
#define SLUIS_STAGE_EXTRACT_H

#include <stdbool.h>
#include <glib.h>

#include "json.h"
#include "seal.h"

typedef struct {
	guint n;		/* 1, 2, ... among the attachments: "#2" */
	char *name, *type, *sha256;
	gint64 size;
} Attached;

typedef struct {
	char *subject, *from, *from_name, *to, *text, *message_id;
	gint64 date;		/* the mail's own; 0 unknown */
	char *encryption, *signature, *signer;
	gint64 signed_at;	/* as the signature says; 0 unknown */
	char *language;
	char *motive, *severity;
	GPtrArray *attachments;	/* of Attached */
	GPtrArray *indicators;	/* char *: "kind value" */
	GPtrArray *reasons;	/* char * */
} Extract;

Extract *extract_new(void);
void extract_free(Extract *extract);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Extract, extract_free)

/* Under a fresh data key, wrapped to the storage public key. */
void extract_seal(const Extract *extract, const SealKey *storage_public,
    GBytes **wrapped, GBytes **sealed);
Extract *extract_open(GBytes *wrapped, GBytes *sealed, const SealKey *storage_public,
    const SealKey *storage_secret, GError **error);

/* What stands in the place of who wants to be named to nobody (T-49). */
#define HIDDEN_NAME "reporter"

/* A message of such a party, without its address, name and Message-ID; direction
 * and kind (NULL: a person's) as in a row of it. What it wrote stays; but a bounce
 * names whom our mail did not reach, and loses its words. */
void extract_hide(Extract *extract, const char *direction, const char *kind);

/* [{n, name, type, size, sha256}], as it is sealed and as --json shows it. */
Json *extract_attachments(const Extract *extract);

#endif
