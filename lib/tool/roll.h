/*
 * roll - the directory as it stands in the database, and putting entries there
 */

#ifndef SLUIS_TOOL_ROLL_H
#define SLUIS_TOOL_ROLL_H

#include <stdbool.h>
#include <glib.h>

#include "entry.h"
#include "keyfile.h"

/* All participants with contacts and keys, as entries, in order of names. */
Json *roll_read(Db *db, GError **error);
/* The same with the one of that handle; REFUSED if there is none. */
Json *roll_read_one(Db *db, const char *name, GError **error);

/*
 * Puts an entry. What it does not say is left alone; a list it has replaces
 * the one that was there. whole: so do its contacts and each contact's keys;
 * else they are added. before: the entry as it was, NULL for a new one.
 */
bool roll_put(Db *db, const Json *before, const Json *entry, bool whole,
    Keyfiles *keyfiles, GError **error);

/* What that would change, in lines for people; "" if nothing. */
char *roll_difference(const Json *before, const Json *entry, bool whole);

#endif
