/*
 * reach - who can be written to, and until when
 *
 * All contacts and active analysts, each with the best of the pinned keys: a
 * usable one, the one that lasts longest.
 */

#ifndef SLUIS_TOOL_REACH_H
#define SLUIS_TOOL_REACH_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"

typedef struct {
	bool analyst;
	char *name;			/* of the analyst or participant */
	char *address;
	char *deputy_of;		/* an address; NULL */
	bool receives;			/* cases; an analyst does */
	char *fingerprint;		/* of the best key; NULL: there is none */
	char *unusable;			/* why it is of no use now; NULL: it is */
	gint64 until;			/* microseconds; 0: it lasts */
	char *returned;			/* mails to it come back with this status; NULL */
} Reach;

/* Of Reach: those who cannot be reached, then by how long they can be. As the
 * operator. */
GPtrArray *reach_list(Db *db, GError **error);

/* Can they be written to at that time, as far as it is known now? What comes back
 * is not asked. */
bool reach_lasts(const Reach *reach, gint64 time);

#endif
