/*
 * clocks - the days that count in a case
 */

#ifndef SLUIS_STORE_CLOCKS_H
#define SLUIS_STORE_CLOCKS_H

#include "db.h"

/* A step: kind is deadline, embargo or remind; the first two take the place of
 * an older one. */
bool clocks_set(Db *db, guint case_no, int analyst, const char *kind, gint64 due, GError **error);

/* id (int), tag, kind (text), due (time), who (text), told (time). case_no 0: of
 * all cases that are not closed. */
Rows *clocks_list(Db *db, guint case_no, GError **error);

/* What has come and nobody was told of: id, case_no (int), tag, inbox, kind
 * (text), due (time), analyst (int; null: everybody). */
Rows *clocks_due(Db *db, gint64 now, GError **error);

/* A step: they are told now. RETRY if they were in the meantime. */
bool clocks_told(Db *db, gint64 id, GError **error);

#endif
