/*
 * comeback - a mail of ours that came back, and what follows from it
 *
 * It is tied to the row it left from, by the Message-ID among what was returned,
 * which only we can have made, or by the token it left with. The row says that it
 * bounced, and the case does; a contact who cannot be reached for good is called.
 * What mail systems write stays with analysts (T-48), and what only is late is
 * noted. No notice is sent about a notice to who it did not reach: the others are
 * told, once, and the envelope of that has no sender (T-54).
 */

#ifndef SLUIS_STAGE_COMEBACK_H
#define SLUIS_STAGE_COMEBACK_H

#include "bounce.h"
#include "returns.h"
#include "run.h"

typedef struct Comeback {
	Bounce *bounce;
	Returned *mail;			/* NULL: none of ours that is known */
	gint64 call_by;			/* somebody has to call the contact until then; 0 */
} Comeback;

void comeback_free(Comeback *comeback);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Comeback, comeback_free)

/* Reads a bounce; token: what it came back to, NULL if to none of ours. */
bool comeback_look(Run *run, const Token *token, GError **error);

/* Is that analyst to be told? */
bool comeback_concerns(const Comeback *comeback, int analyst);

/* Did it not reach somebody who wants to be named to nobody? What mail systems write
 * has their address (T-49). */
bool comeback_hides(const Comeback *comeback);

/* Lines for the notice: which mail to whom. */
void comeback_tell(const Run *run, GHashTable *words, GString *out);

/* A step of filing; and: who writes gets what we write. */
bool comeback_file(const Run *run, GError **error);

#endif
