/*
 * identity - all we know of who somebody is, to search what leaves for it
 *
 * What a mail says of its sender is noted with its party when it is filed, by
 * keyed hash: so a text for anybody can be searched for everybody who ever wrote
 * in any case. The single words of a name mean somebody among the parties of one
 * case only, and are read out of its records and messages when they are wanted.
 */

#ifndef SLUIS_STAGE_IDENTITY_H
#define SLUIS_STAGE_IDENTITY_H

#include "leak.h"
#include "run.h"
#include "sides.h"

/* A step of filing: who wrote this mail. */
bool identity_note(Run *run, GError **error);

/* Of all other parties of the case, to is one's own. NULL with an error. */
GHashTable *identity_of_others(const Tools *tools, Db *db, const GPtrArray *sides,
    const Side *to, GError **error);

/* What the party itself wrote in this case, and who it is: no secret to it. */
Leak *identity_of_own(const Tools *tools, Db *db, const Side *to, GError **error);

/* What the party may know of others: the name, or the credit, of a reporter who agrees
 * to that on record, and all of whom it is not hidden from any more (T-49). */
bool identity_add_agreed(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    GHashTable *all, GError **error);

#endif
