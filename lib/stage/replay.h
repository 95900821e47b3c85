/*
 * replay - a ciphertext that came before, elsewhere (T-26)
 *
 * Who sees a mail encrypted to us can wrap its ciphertext anew, send it under a
 * name of his own, and be answered with what he cannot read. So every
 * ciphertext is known by its session key, and one that came first in another
 * case, or from another party, makes its mail one that causes nothing: the team
 * hears that it came and not a word of it, the sender nothing at all, and what
 * is to leave from its case is held. The same mail through another inbox, or
 * again from the same party in the same case, is none.
 */

#ifndef SLUIS_STAGE_REPLAY_H
#define SLUIS_STAGE_REPLAY_H

#include "run.h"

/* Finds session_keys and before of a run whose placement is known, and takes
 * back what it may not cause. Keeps whoever has the same ciphertext waiting to
 * the end of the session. */
bool replay_look(Run *run, GError **error);

/* Steps of filing: its session keys with that case and party (0: none); and,
 * if it came before, the events that say so. */
bool replay_note(Run *run, guint case_no, gint64 party, GError **error);
bool replay_tell(Run *run, GError **error);

#endif
