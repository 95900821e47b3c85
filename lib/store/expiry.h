/*
 * expiry - to whom nothing can be encrypted any more from some day on
 *
 * A contact or an active analyst is reached as long as one usable pinned key of
 * theirs lasts; the one that lasts longest counts. What they were warned of is
 * kept by key and step, a number of days before that.
 */

#ifndef SLUIS_STORE_EXPIRY_H
#define SLUIS_STORE_EXPIRY_H

#include "db.h"
#include "directory.h"

typedef struct {
	char *target;		/* "contact 9", "analyst 2" */
	char *participant;	/* of a contact: its handle; NULL */
	Correspondent *who;	/* with the key that lasts longest, and until when */
	int warned;		/* the last step; 0: none */
} Expiry;

/* Who is reached at that time and will no more be within days, of Expiry, the
 * next first. */
GPtrArray *expiry_list(Db *db, gint64 at, guint days, GError **error);

/* They are warned of that step; fails if they were. */
bool expiry_note(Db *db, const Expiry *expiry, int step, GError **error);

/* May this session do what is due by the clock? One does at a time, until its
 * session ends. */
bool expiry_take_clock(Db *db, bool *taken, GError **error);

#endif
