/*
 * choices - what organisations answer to a report, and which of them do not
 *
 * Where an organisation is with a matter is kept with the party it is: nothing,
 * told, acked, own, affected, fixed, silent, not-ours. It moves by one of the three
 * answers, if something vouches for who gave it; by an analyst; and by the clock.
 */

#ifndef SLUIS_STORE_CHOICES_H
#define SLUIS_STORE_CHOICES_H

#include "db.h"

/* Steps of filing a mail. how: "signature", "dmarc"; "none" moves nothing. */
bool choices_keep(Db *db, gint64 message, guint answer, const char *how, GError **error);
bool choices_heard(Db *db, gint64 party, GError **error);

/* A step: an analyst's word. */
bool choices_set(Db *db, gint64 party, int analyst, const char *state, GError **error);

/* Those that have not answered what was forwarded to them: party, case_no (int), tag,
 * inbox, severity (text), number, epoch, participant (int), name, title, language
 * (text), told, nudged (time). */
Rows *choices_silent(Db *db, GError **error);

/* Steps: it is reminded, it is called. Not fresh: it was before, or has answered. */
bool choices_nudge(Db *db, gint64 party, bool *fresh, GError **error);
bool choices_silence(Db *db, gint64 party, bool *fresh, GError **error);

#endif
