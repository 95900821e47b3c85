/*
 * batch - participants that come in together, and go into the directory
 * together or not at all
 */

#ifndef SLUIS_TOOL_BATCH_H
#define SLUIS_TOOL_BATCH_H

#include <stdbool.h>
#include <glib.h>

#include "entry.h"
#include "keyfile.h"

typedef struct {
	Json *entries;			/* an array */
	GHashTable *names;		/* handle in lower case -> const Json * */
	Keyfiles *keyfiles;
	bool whole;			/* contacts and keys replace those there */
} Batch;

Batch *batch_new(const Settings *settings);
void batch_free(Batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)

/* Takes an entry; REFUSED when its name is missing or was there before. */
bool batch_add(Batch *batch, Json *entry, GError **error);

/* Everything in a file: by its name's end YAML or CSV. An error names file and
 * line. */
bool batch_read(Batch *batch, const char *file, GError **error);

/* Adds keys, given as files or armoured blocks, to a contact's array of them;
 * vouched: whose word they have, as fields of a key, or NULL. */
bool batch_keys(Batch *batch, Json *keys, const char *folder, const GPtrArray *texts,
    const Json *vouched, GError **error);

/* Says what changes and, unless dry, changes it. */
bool batch_put(Batch *batch, Db *db, bool dry, bool quiet, GError **error);

#endif
