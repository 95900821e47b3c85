/*
 * tools - what a worker has at hand, made once and inherited by every child
 *
 * Settings, rules, the OpenPGP engine with the team's key, and the key files.
 * Nothing here belongs to one mail. Who does less gets less: a filter has only
 * what it is to use, and its user needs to read no other key.
 */

#ifndef SLUIS_STAGE_TOOLS_H
#define SLUIS_STAGE_TOOLS_H

#include <stdbool.h>
#include <glib.h>

#include "identifier.h"
#include "pgp.h"
#include "rules.h"
#include "seal.h"
#include "settings.h"
#include "token.h"

typedef struct {
	const Settings *settings;	/* borrowed */
	GTimeZone *zone;		/* the team's, kept so that GLib has read its file */
	Rules *rules;
	Pgp *pgp;
	SealKey *storage_public, *storage_secret;
	SealKey *send_public;
	SealKey *index;			/* of keyed hashes */
	TokenKeys *tokens;
	SealKey *receipt;		/* of fingerprints of whole mails */
} Tools;

typedef enum {
	TOOLS_RULES = 1 << 0,
	TOOLS_PGP = 1 << 1,
	TOOLS_KEYS = 1 << 2,		/* all key files but the receipt key */
	TOOLS_RECEIPT = 1 << 3,
	TOOLS_INDEX = 1 << 4,		/* the key of keyed hashes, where it may be read;
					 * else index stays NULL */
	TOOLS_LETTERS = TOOLS_PGP | TOOLS_KEYS,	/* to write letters */
} ToolsPart;

/* These parts; what is not among them is NULL. */
Tools *tools_open(const Settings *settings, guint parts, GError **error);
void tools_free(Tools *tools);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tools, tools_free)

/* For a process that, or whose children, will work on more than a mail or two: what
 * each mail would do anew is done once, now. Where something of it fails, mails only
 * take longer, and that is logged. */
void tools_hasten(Tools *tools);

/* The keyed hashes things are looked up by: a mail address in lower case, a
 * Message-ID without <>, a nonce, a session key, the key a signature names (by
 * its fingerprint or its key id, which give the same), what names somebody. */
GBytes *tools_hash_address(const Tools *tools, const char *address);
GBytes *tools_hash_id(const Tools *tools, const char *message_id);
GBytes *tools_hash_nonce(const Tools *tools, const char *nonce);
GBytes *tools_hash_session_key(const Tools *tools, const char *session_key);
GBytes *tools_hash_signer(const Tools *tools, const char *key);
GBytes *tools_hash_identifier(const Tools *tools, const Identifier *identifier);

/* A small text sealed under a fresh data key, and opened again. wrapped NULL to
 * open: it was erased, or never there; that is NULL without an error. */
GBytes *tools_seal_text(const Tools *tools, const char *text, const char *purpose,
    GBytes **wrapped);
char *tools_unseal_text(const Tools *tools, GBytes *wrapped, GBytes *sealed, const char *purpose,
    GError **error);

/* The first limit of the settings a mail is over, checked on the raw bytes
 * before any parser sees them; NULL if none (T-13). */
const char *tools_over_limits(const Tools *tools, GBytes *mail);

/* The inbox an address is for; the first one for NULL and for what is none of
 * ours, or not any more. */
const Inbox *tools_inbox(const Tools *tools, const char *address);

/* Our host in Message-IDs: the domain of an inbox. Borrowed. */
const char *tools_domain(const char *address);

#endif
