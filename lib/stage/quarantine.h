/*
 * quarantine - keys that came in a mail
 *
 * They are kept, sealed, until an operator has decided, and the notice tells of
 * each: its fingerprint, where in the mail it was, and what speaks for it.
 * Nothing is encrypted to them and nothing verified by them; only that a key
 * which came as it must may answer its own reporter, unverified, is said by
 * reporter.h, and told here (T-28).
 */

#ifndef SLUIS_STAGE_QUARANTINE_H
#define SLUIS_STAGE_QUARANTINE_H

#include "run.h"

/* What speaks for the keys of a mail from somebody whose keys are pinned. */
bool quarantine_look(Run *run, GError **error);

/* A line of the notice for each. */
void quarantine_tell(const Run *run, GHashTable *words, GString *out);

/* A step of the filing transaction, when all else is filed. */
bool quarantine_file(Run *run, GError **error);

#endif
