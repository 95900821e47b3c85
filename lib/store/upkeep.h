/*
 * upkeep - what the operator's tool asks to keep things going, as role sluis_adm
 *
 * How the queues stand, what is wrong with the server, what may not leave for
 * now, what is tried again, and the extracts one by one for a search. As in
 * admin.h, what is listed comes out as Rows.
 */

#ifndef SLUIS_STORE_UPKEEP_H
#define SLUIS_STORE_UPKEEP_H

#include "db.h"

/* One row of how many wait where: waiting, importing, parked, ready, held,
 * failed, open_cases, paused_cases (int), paused_all (bool), and since when, or
 * last: waiting_since, last_received, ready_since, held_since, last_sent,
 * last_opened (time, 0: none), now (time, of the server). */
Rows *upkeep_summary(Db *db, GError **error);

/* What is wrong with server and rights: word ("setting", "power", "public",
 * "table", "missing"), about. */
Rows *upkeep_complaints(Db *db, GError **error);

/* tag NULL: of all cases. *was says whether that is news. REFUSED if there is
 * no such case. */
bool upkeep_pause(Db *db, const char *tag, bool *fresh, GError **error);
bool upkeep_resume(Db *db, const char *tag, bool *was, GError **error);
/* tag (text; null: all), since (time). */
Rows *upkeep_pauses(Db *db, GError **error);

/* All that are parked are received again; how many, -1 with an error. */
gint64 upkeep_retry_parked(Db *db, GError **error);

/* Messages behind that id: id, tag, party (int), direction, time, wrapped,
 * extract (bytes). */
Rows *upkeep_extracts(Db *db, gint64 behind, guint most, GError **error);

/* A mail of ours to ourselves, by its hashed Message-ID. find: no row until it
 * is worked on; tag, test (bool), reception (int), state, encryption, signature,
 * class, notices (int). */
bool upkeep_expect_test(Db *db, GBytes *id, GError **error);
Rows *upkeep_find_test(Db *db, GBytes *id, GError **error);
bool upkeep_finish_test(Db *db, GBytes *id, GError **error);

#endif
