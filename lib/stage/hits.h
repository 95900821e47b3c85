/*
 * hits - who is told at once of what was found about their systems
 *
 * Each contact of a participant that receives cases gets one letter with all that is
 * new and severe, in its language and encrypted to its key, each line with what it
 * is, and below them what we advise for it. Where something is critical, somebody of
 * ours is to call as well. The letters and that they were told are written down
 * together: whoever does it, and however often, it is told once, and once more only
 * when the time feeds.yaml says is over and it was seen again.
 */

#ifndef SLUIS_STAGE_HITS_H
#define SLUIS_STAGE_HITS_H

#include "db.h"
#include "feedbook.h"
#include "tools.h"

/* Tells all that is due, in transactions of its own, with what the book advises; *told:
 * how many participants. */
bool hits_tell(const Tools *tools, Db *db, const Feedbook *book, gint64 now, guint *told, GError **error);

#endif
