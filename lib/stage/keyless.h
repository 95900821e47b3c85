/*
 * keyless - a bad key is never silence (T-31)
 *
 * A letter to a contact nothing can be encrypted to is held, and goes by itself
 * when there is a key. Until then: the contact is asked in clear to call us, and
 * so are its deputies who receive no cases themselves, or, where it has none,
 * those at the organisation it takes part through; the team is told whom to call
 * and until when. The letter itself goes to one who stands in, encrypted, only if
 * the participant's record says so ("fallback: content").
 */

#ifndef SLUIS_STAGE_KEYLESS_H
#define SLUIS_STAGE_KEYLESS_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "dispatch.h"

/* Gives each of them that is held for want of a key, and is a contact's, what
 * follows from that, made final; to be called when they are final themselves. */
bool keyless_follow(const Tools *tools, Db *db, const GPtrArray *dispatches, GError **error);

#endif
