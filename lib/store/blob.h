/*
 * blob - something large and sealed, kept in chunks
 */

#ifndef SLUIS_STORE_BLOB_H
#define SLUIS_STORE_BLOB_H

#include "db.h"

/* A random UUID: of a blob, it belongs to whoever made it. */
char *blob_id(void);

/* Keeps the n-th chunk under that id; in a pipeline only queues it. */
bool blob_add_part(Db *db, const char *blob, guint n, GBytes *chunk, GError **error);

/* The same for all chunks (of GBytes). */
bool blob_add(Db *db, const char *blob, const GPtrArray *chunks, GError **error);

/* The sealed chunks of a blob, in order. SETUP if there are none. */
GPtrArray *blob_read(Db *db, const char *blob, GError **error);

/* The bytes of a mail as it was received, and the key they open with. REFUSED if
 * they were erased. */
GPtrArray *blob_of_reception(Db *db, gint64 reception, GBytes **wrapped, GError **error);

/* Stores chunks under a fresh id, which is the caller's. */
char *blob_write(Db *db, const GPtrArray *chunks, GError **error);

#endif
