/*
 * learnt - what was learnt, as one more sign of a verdict
 *
 * Rules are written beforehand; decisions are made afterwards. What they teach
 * speaks like a rule, with a weight of its own that grows with the number of
 * lessons and never beyond what rules.yaml allows it. Its name tells the words it
 * went by.
 */

#ifndef SLUIS_MAIL_LEARNT_H
#define SLUIS_MAIL_LEARNT_H

#include <glib.h>

#include "learner.h"
#include "verdict.h"

/* What was learnt of one question, and of how many lessons; learner may be NULL. */
typedef struct {
	const Learner *learner;
	guint lessons;
} Learnt;

/* words: of char *, what each of the traits was. name and most: as in
 * rules.yaml. The verdict is decided anew. */
void learnt_weigh(Verdict *verdict, const char *name, double most, const Learnt *classes,
    const Learnt *motives, const GPtrArray *words, const Traits *traits);

#endif
