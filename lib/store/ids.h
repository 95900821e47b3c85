/*
 * ids - row numbers and keyed hashes in and out
 *
 * In C a number that is not there is 0, in a row it is null. Several hashes go
 * as text, in hex: there is no array of bytes in db.h, and they are small.
 */

#ifndef SLUIS_STORE_IDS_H
#define SLUIS_STORE_IDS_H

#include "db.h"

Params *params_id(Params *params, gint64 id);	/* 0: null */
Params *params_ids(Params *params, const GArray *ids);	/* of gint64: text[] */
Params *params_hashes(Params *params, const GPtrArray *hashes);	/* of GBytes: text[] */

/* The column "id" of all rows, of gint64. Takes params. */
GArray *ids_query(Db *db, const char *sql, Params *params, GError **error);

/* The same of one row; 0 if it is null, -1 with an error. */
gint64 id_query(Db *db, const char *sql, Params *params, GError **error);

#endif
