/*
 * digest - what each participant's contacts are told at night
 *
 * A letter to each of them in their language, encrypted to their key; one digest a
 * participant and local date (T-62), filed whole in one transaction. Who has no
 * usable key gets a note with nothing in it the same night, and somebody of ours has
 * to call when something is due (T-64). None goes when there is nothing to say.
 */

#ifndef SLUIS_STAGE_DIGEST_H
#define SLUIS_STAGE_DIGEST_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

/* Makes those that are due at that time, if nobody else is at it. Trouble with one
 * is no reason to leave the others; the first is told. */
bool digest_all(const Tools *tools, gint64 now, GError **error);

/* What a participant would get at that time, as text, in the language of its first
 * contact. NULL with SETUP for who gets none. *empty: nothing would go. */
char *digest_preview(const Tools *tools, const char *participant, gint64 now, bool *empty,
    GError **error);

/* The same as a letter to that address, an analyst's or one of its contacts', whether
 * it is empty or not. It counts as none. */
bool digest_trial(const Tools *tools, const char *participant, const char *address, gint64 now,
    GError **error);

#endif
