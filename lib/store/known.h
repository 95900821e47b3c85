/*
 * known - whom a word of a text could name, wherever that is kept
 *
 * Those who wrote in any case are known by keyed hash, the people of the directory
 * and the analysts in clear. Both are asked at once, by sets: what the question
 * costs does not grow with what is known.
 */

#ifndef SLUIS_STORE_KNOWN_H
#define SLUIS_STORE_KNOWN_H

#include "db.h"

/* A step: somebody of that party is known by these, of GBytes. */
bool known_note(Db *db, gint64 party, const GPtrArray *hashes, GError **error);

/* Of a text for one participant or one reporter (the other 0), in a case (0: none). */
typedef struct {
	guint case_no;
	int participant;
	gint64 reporter;
	const GPtrArray *hashes;	/* of GBytes */
	/* char *, in their usual forms */
	const GPtrArray *addresses, *hosts, *names, *keys, *phones, *lines;
} Asked;

/* kind ("hash" or that of an identifier), value (the hash in hex) (text): those of
 * them that name anybody else; and of kind "own" the participant's listed domains. */
Rows *known_find(Db *db, const Asked *asked, GError **error);

#endif
