/*
 * kept - an answer that waits whole until its analyst confirms it
 *
 * Its own text, sealed, and with it what each letter looked like that was shown
 * with the preview: who confirms the answer has seen those, and need not confirm
 * them once more, as long as they have not become others (T-40). What of the mail
 * itself is to travel is kept as well, and which mail it was.
 */

#ifndef SLUIS_STAGE_KEPT_H
#define SLUIS_STAGE_KEPT_H

#include "acts.h"
#include "tools.h"

typedef struct {
	char *own;
	GPtrArray *letters;		/* char *: see Relayed */
	GPtrArray *attached;		/* of Enclosure; NULL: nothing */
	gint64 reception;		/* the order came with it */
} KeptAnswer;

void kept_answer_free(KeptAnswer *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KeptAnswer, kept_answer_free)

GBytes *kept_seal(const Tools *tools, const KeptAnswer *kept, GBytes **wrapped);
KeptAnswer *kept_open(const Tools *tools, const HeldAnswer *held, GError **error);

#endif
