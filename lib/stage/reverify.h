/*
 * reverify - messages whose signatures are looked at again, with today's keys
 *
 * A certificate that is pinned, or changed, says something of mails that came
 * before; and an operator may ask for those of a case. Each is opened once more
 * from its raw bytes. Where the verdict is another one now, that is written to
 * the message and its extract, the old one stays in the events of the case, and
 * the team gets a letter with the words alone. Nothing else changes: neither
 * the party nor what was done.
 */

#ifndef SLUIS_STAGE_REVERIFY_H
#define SLUIS_STAGE_REVERIFY_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

/* What is due in that case; 0: finds out what new certificates signed before.
 * What somebody else has in hand is left to them. */
bool reverify(const Tools *tools, Db *db, gint64 case_no, GError **error);

#endif
