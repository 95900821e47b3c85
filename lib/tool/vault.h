/*
 * vault - what the operator may open: records, envelopes, mails
 *
 * The session is the operator's role, the keys are those of the storage.
 */

#ifndef SLUIS_TOOL_VAULT_H
#define SLUIS_TOOL_VAULT_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "extract.h"
#include "json.h"
#include "settings.h"

typedef struct {
	Db *db;			/* as sluis_adm */
	SealKey *public, *secret;
} Vault;

Vault *vault_open(const Settings *settings, GError **error);
void vault_close(Vault *vault);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vault, vault_close)

/* A sealed column of a row, by the wrapped key beside it. Erased or never
 * there: an empty object; *error only for what cannot be opened. */
Json *vault_json(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error);
char *vault_text(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error);
Extract *vault_extract(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, GError **error);

/* The whole blob a row names; and the same as it is kept, the wrapped key and
 * then the chunks, which sluis unseal opens. */
GBytes *vault_blob(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error);
GBytes *vault_sealed(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, GError **error);

#endif
