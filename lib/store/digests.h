/*
 * digests - what a participant may be told at night, its own rows only
 *
 * What is read here comes through the role of digests, which sees one participant
 * at a time (T-63); what is not a participant's business has no column in it.
 */

#ifndef SLUIS_STORE_DIGESTS_H
#define SLUIS_STORE_DIGESTS_H

#include "db.h"

/* Of digests one is made at a time: may this session? Until it ends. */
bool digests_take_night(Db *db, bool *taken, GError **error);

/* The participants that have had none of that local date ("2026-11-25") or a later
 * one: id (int). */
Rows *digests_due(Db *db, const char *day, GError **error);

/* id (int), name, title, language (text), day (text or null), until (time or null):
 * how far the last one went. No row: it gets none. */
Rows *digests_head(Db *db, int participant, GError **error);

/* case_no, party (int), tag, severity, tlp, state, status (text), asked, heard,
 * moved, deadline, deadline_set, embargo, embargo_set (time; null: never, none). */
Rows *digests_cases(Db *db, int participant, GError **error);

/* What machines found about it since then: type, severity, address, host (text or
 * null), port, times (int), first, last (time), fresh, told (bool). */
Rows *digests_hits(Db *db, int participant, gint64 since, GError **error);

/* A step: it has one of that date now, which goes so far. Not fresh: it had one of
 * that date, or of a later one (T-62). */
bool digests_take(Db *db, int participant, const char *day, gint64 until, bool *fresh,
    GError **error);

/* When the team had its last; 0: never. */
bool digests_last_night(Db *db, gint64 *made, GError **error);

/* What the team is told: section, tag, word, who (text), at (time), number (int), of
 * sections "new", "held", "waits", "robots", "health", "audit". */
Rows *digests_team(Db *db, gint64 since, GError **error);

/* A step: the team has its digest of that date now. */
bool digests_end_night(Db *db, const char *day, gint64 made, bool *fresh, GError **error);

#endif
