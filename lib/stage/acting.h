/*
 * acting - an answer by mail that is carried out
 *
 * What an analyst ordered is planned first, verb by verb, from the table in
 * acting.c: each act looks at the case, says what it does, and leaves steps for
 * the transaction that files the mail, and letters for the outbox. One refusal
 * and nothing is done at all. An answer that may not change anything, though it
 * is rightly signed and fresh, is kept whole until it is confirmed; and every
 * answer gets one short letter back, signed and encrypted, that says what was
 * done, what was not and why, with a fresh one-time word.
 */

#ifndef SLUIS_STAGE_ACTING_H
#define SLUIS_STAGE_ACTING_H

#include "acts.h"
#include "authority.h"
#include "command.h"
#include "run.h"
#include "sides.h"

typedef struct Acting Acting;

/* Something to be filed; what is the step's own. */
typedef bool (*StepFile)(const Acting *acting, gconstpointer what, GError **error);

/* A word for the ledger, not filed yet: may these two meet? */
typedef struct {
	const Side *party, *other;	/* the acting's own */
	const char *state;		/* asked, given, withdrawn */
} Meeting;

struct Acting {
	Run *run;
	const GPtrArray *analysts;	/* of Correspondent: all that are active */
	Authority *authority;
	GHashTable *words;		/* of the team's language */
	CaseNow *now;			/* the case as it is; NULL: about none */
	GPtrArray *sides;		/* of Side: its parties; NULL until they are asked for */
	GArray *meetings;		/* of Meeting: what this answer puts on record of contacts */
	const Json *found;		/* triage that is a step of this answer; NULL */
	GPtrArray *steps;
	GPtrArray *done;		/* char *: what was done, each a few words */
	GPtrArray *waiting;		/* char *: what was seen of each letter that waits for a word */
	GPtrArray *agreed;		/* char *: of an answer that is confirmed, what was shown of
					 * its letters when it was kept; NULL */
	GPtrArray *attached;		/* of Enclosure: what came with the order and is to travel;
					 * NULL: nothing, or not looked for */
	gint64 ordered;			/* the reception that had the order, if this one only
					 * confirms it; 0 */
	GString *shown;			/* what was asked to be seen; "" */
	GPtrArray *enclosures;		/* of Enclosure: what travels with the receipt; NULL */
	char *refusal;			/* why nothing is done; NULL */
	bool held;			/* kept whole until it is confirmed */
	bool settled;			/* a kept answer is done, or dropped: a word further on is
					 * about letters */
	GPtrArray *meant;		/* char *: of each /confirm and /drop in it, in their order, the
					 * orders it stands for, if it has to wait itself */
	char *receipt;			/* what was written back; NULL: nothing */
};

void acting_free(Acting *acting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Acting, acting_free)

/* Plans it all into run->acting, and the letters into run->dispatches. */
bool acting_answer(Run *run, const GPtrArray *analysts, GError **error);

/* The steps, within the transaction that files the mail: before its letters are
 * filed, since the one-time word in a receipt is bound to what the case then is. */
bool acting_file(const Run *run, GError **error);

/*
 * For the acts.
 */

/* A word of the team's language; the key itself if there is none. */
const char *acting_word(const Acting *acting, const char *key);

/* A few words on what was done: the word of that key, and more, which may be
 * NULL and is cleaned. */
void acting_did(Acting *acting, const char *key, const char *more);

/* Nothing of the answer is done, because: the word of that key, and more. True:
 * it is a finding, not an error. */
bool acting_refuse(Acting *acting, const char *key, const char *more);

/* free may be NULL. */
void acting_step(Acting *acting, StepFile file, gpointer what, GDestroyNotify free);

/* There must be a case; refuses if not. */
bool acting_has_case(Acting *acting);

/* The same, and its parties are there; false with an error as well. */
bool acting_has_sides(Acting *acting, GError **error);

/* An analyst by handle, or "me"; refuses, and NULL, if there is none. */
const Correspondent *acting_analyst(Acting *acting, const char *name);

/* When what is released now leaves, and how it is stopped until then; embargoed: no
 * sooner than the embargo of the case is over. */
char *acting_leaves(const Acting *acting, bool embargoed);

/* The reception that had the order. */
gint64 acting_ordered(const Acting *acting);

/* Keeps a text of the analyst's inside the case, as a note of that kind; the word
 * for it is "did-KIND". Nothing for an empty one. */
bool acting_keep_text(Acting *acting, const char *kind, const char *text);

/* Plans these commands; used for an answer, and for one that is confirmed. */
bool acting_plan(Acting *acting, const GPtrArray *commands, GError **error);

#endif
