/*
 * chosen - one of the three answers to a report, and what follows from it
 *
 * An organisation that was told of a weakness answers that it handles it with us,
 * does so by itself, or that it is not its own. The answer counts if a good, fresh
 * signature vouches for it, or if it comes from a known contact and our own checker
 * found that it really does; then it is noted where the organisation is. Else it is
 * shown to analysts and moves nothing. In both cases all its contacts who receive
 * cases hear of it, so that the others can say that it is not so: an answer somebody
 * else gave in their name is found out by those it harms.
 */

#ifndef SLUIS_STAGE_CHOSEN_H
#define SLUIS_STAGE_CHOSEN_H

#include "run.h"

typedef struct Chosen {
	guint answer;			/* 1 to 3 */
	const char *how;		/* what vouches for it: "signature", "dmarc", "none" */
	char *name;			/* of the contact who gave it, or an address */
} Chosen;

void chosen_free(Chosen *chosen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Chosen, chosen_free)

/* Finds the answer, if the mail gives one, and writes to the contacts. */
bool chosen_look(Run *run, GError **error);

/* "P. Jansen says 1: ...", for the notice; NULL if there is none. */
char *chosen_line(const Chosen *chosen, GHashTable *words);

/* What nobody vouched for, after a party's state: "(says 1, unverified)"; "". */
char *chosen_said(const Side *side, GHashTable *words);

/* A step of the transaction that files the mail: an organisation that has written is
 * not silent, whatever it says. */
bool chosen_file(const Run *run, gint64 message, GError **error);

#endif
