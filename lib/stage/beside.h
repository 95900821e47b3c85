/*
 * beside - what stands beside the words of a mail: who else got it, and a number
 *
 * Whoever writes to us and to others has told them. Their addresses are shown and
 * matched against the parties of the case: where two parties are on one mail they
 * write to each other, and the case is marked, since from then on neither is hidden
 * from the other. Nobody's Cc is ever answered: we write to whom we know by the
 * directory, or to the reporter. The number a desk gave to what we wrote is
 * suggested, to be kept with /ref.
 */

#ifndef SLUIS_STAGE_BESIDE_H
#define SLUIS_STAGE_BESIDE_H

#include "run.h"

typedef struct Beside {
	GPtrArray *others;		/* of Mailbox, without inboxes of ours and its sender */
	GPtrArray *names;		/* char *, for each: of the party or participant; "" */
	GPtrArray *sides;		/* of Side: of the case; NULL: a case of its own */
	GPtrArray *direct;		/* of Side, borrowed: all on this mail, if two are */
	char *handle, *number;		/* of the sender's party, and what it calls the matter; NULL */
} Beside;

void beside_free(Beside *beside);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Beside, beside_free)

bool beside_look(Run *run, GError **error);

/* Lines for the notice. */
void beside_tell(const Run *run, GHashTable *words, GString *out);

/* A step of filing. */
bool beside_file(const Run *run, GError **error);

/* What a party calls the matter; NULL if it said nothing. */
char *beside_number(const Tools *tools, const Side *side, GError **error);

#endif
