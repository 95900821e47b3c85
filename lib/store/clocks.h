/*
 * clocks - the days that count in a case
 */

#ifndef SLUIS_STORE_CLOCKS_H
#define SLUIS_STORE_CLOCKS_H

#include "db.h"

/* A step: kind is deadline, embargo or remind; the first two take the place of
 * an older one. */
bool clocks_set(Db *db, guint case_no, int analyst, const char *kind, gint64 due, GError **error);

/* id (int), tag, kind (text), due (time), who (text or null), told (time), met (bool:
 * what it is for is done), owner (text or null). case_no 0: of all cases that are not
 * closed. */
Rows *clocks_list(Db *db, guint case_no, GError **error);

/* What is owed without anybody's word, and no clock runs for it: case_no (int), opened,
 * told (time or null: when it was forwarded), report, repair (bool). */
Rows *clocks_owed(Db *db, GError **error);

/* A step: kind is acknowledge, assess or repair; one that runs stays. */
bool clocks_owe(Db *db, guint case_no, const char *kind, gint64 due, GError **error);

/* What has come, and is not done: id, case_no (int), tag, inbox, kind (text), due
 * (time), analyst (int; null: everybody), told (time): the owner was told then, and
 * analyst has duty; null: nobody was. */
Rows *clocks_due(Db *db, gint64 now, GError **error);

/* A step: they are told now; again: who has duty, after the owner. RETRY if they were
 * in the meantime. */
bool clocks_told(Db *db, gint64 id, bool again, GError **error);

#endif
