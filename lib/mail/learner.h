/*
 * learner - what decisions of people teach
 *
 * A logistic regression with one answer of several (softmax), over traits that
 * are there or not. It is trained anew from all lessons, in an order that only
 * depends on them, so the same lessons give the same. Traits are numbers: keyed
 * hashes of what they were. Those that only one lesson has teach nothing about
 * others and are left out, and of the rest only the heaviest are kept.
 */

#ifndef SLUIS_MAIL_LEARNER_H
#define SLUIS_MAIL_LEARNER_H

#include <stdbool.h>
#include <glib.h>

#define LEARNER_LABELS 13	/* as many classes as there are, and more than motives */
#define LEARNER_MOST 30000	/* traits it keeps */

/* The first few, what rules said of it, all count the same, for they mean the same in
 * every mail; a word counts the more the fewer lessons have it. */
typedef struct {
	const guint64 *of;	/* each once; borrowed */
	guint count, strong;
} Traits;

typedef struct {
	Traits traits;
	guint label;		/* less than LEARNER_LABELS */
} Lesson;

typedef struct Learner Learner;

typedef struct {
	float of[LEARNER_LABELS];
	float telling;		/* more the fewer lessons have it */
} LearnerRow;

/* Nothing learnt; rows may be put into it. */
Learner *learner_new(void);
Learner *learner_train(const Lesson *lessons, guint count);
void learner_free(Learner *learner);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Learner, learner_free)

/* What each trait speaks for; trait 0 is what speaks before any. */
void learner_put(Learner *learner, guint64 trait, const LearnerRow *row);
const LearnerRow *learner_row(const Learner *learner, guint64 trait);	/* NULL: not known */
/* Calls with each, in no order. */
void learner_each(const Learner *learner, void (*call)(guint64 trait, const LearnerRow *row, gpointer data),
    gpointer data);

/* How likely each label is; they add up to 1. False: it knows none of these traits,
 * and likely is untouched. */
bool learner_judge(const Learner *learner, const Traits *traits, double *likely);

#endif
