/*
 * authority - what an answer by mail may do
 *
 * A signature by a pinned key of an active analyst gives the right, over the
 * bytes it covers; From, tag and token give none (T-22, T-23, T-38). With a
 * fresh signature time an answer may read; to change or to send anything it
 * must have come encrypted, and carry the one-time word of a notice that this
 * analyst got of this case as it now is (T-41). What had its effect has none
 * again, however it is wrapped.
 */

#ifndef SLUIS_STAGE_AUTHORITY_H
#define SLUIS_STAGE_AUTHORITY_H

#include "acts.h"
#include "run.h"

typedef enum { AUTHORITY_NONE, AUTHORITY_READS, AUTHORITY_CHANGES } AuthorityReach;

typedef struct Authority {
	AuthorityReach reach;
	const char *because;	/* why no further: a word, explained by "authority-WORD"
				 * among the words; NULL if all is well */
	int analyst;		/* who is told of it: who signed, else whom From or the
				 * notice names; 0: nobody */
	char *handle;			/* of that analyst; "unknown" */
	guint case_no;		/* what it is about; 0: nothing in particular */
	Nonce *nonce;		/* the word it carries, if it is one of ours; NULL */
	char *notice;		/* the notice that word stands in; NULL */
	GBytes *content;	/* keyed hash of what was signed */
} Authority;

/* analysts: of Correspondent, all that are active; outlives the result. */
Authority *authority_of(const Run *run, const GPtrArray *analysts, GError **error);
void authority_free(Authority *authority);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Authority, authority_free)

#endif
