/*
 * reporter - who the single From of a mail says wrote it
 *
 * Found again by the keyed hash of the address; address, name and key are
 * kept sealed. A key counts only if it came inside the encrypted root of a
 * mail of this address, and is the only one there with a user id equal to it:
 * then mail to this reporter, and to nobody else, is encrypted to it. It stays
 * unverified, and the verdict on its signatures stays "unknown-key".
 *
 * Anybody can write under that address later and bring a key as well. So the
 * first one stays: newer versions of it are taken, and another goes before it
 * only if the first has signed that key, or the mail that brought it, or is of
 * no use any more, revoked by its owner or expired. Any other is left where keys
 * of unknown worth wait, and the notice says so (T-28). An address
 * somebody of the directory has a pinned key for is never a reporter's that way,
 * whatever key comes under its name (T-28).
 */

#ifndef SLUIS_STAGE_REPORTER_H
#define SLUIS_STAGE_REPORTER_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "mail.h"
#include "pgpmail.h"
#include "tools.h"

typedef struct {
	gint64 id;		/* row; 0: not known yet */
	GBytes *hash;		/* keyed hash of the address */
	char *address, *name;
	GBytes *certificate;	/* binary, unverified; NULL if none is usable */
	char *fingerprint;	/* of its primary key */
	char *subkey;		/* its encryption subkey */
	bool continued;		/* it came with this mail, signed by the one before it */
	GPtrArray *others;	/* char *: fingerprints of keys in this mail that fit the
				 * address, and were not taken */
	bool changed;		/* something in here is new and is to be filed */
} Reporter;

/* NULL without an error if From is not exactly one mailbox. */
Reporter *reporter_load(const Tools *tools, Db *db, const Mime *outer, const Mail *mail,
    const Opened *opened, GError **error);
/* Whom somebody else named: known by the address alone. */
Reporter *reporter_named(const Tools *tools, Db *db, const Mailbox *from, GError **error);
/* A record as the store has it. */
Reporter *reporter_open(const Tools *tools, GBytes *wrapped, GBytes *record,
    GError **error);
void reporter_free(Reporter *reporter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reporter, reporter_free)

/* What this mail said of the reporter's key is not believed after all. */
void reporter_unlearn(Reporter *reporter);

/* A step of the filing transaction: makes sure there is a row, sets id. */
bool reporter_file(const Tools *tools, Db *db, Reporter *reporter, GError **error);

#endif
