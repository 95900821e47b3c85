/* learnt - see learnt.h */

#include "learnt.h"

#include <string.h>

#define HALF 40		/* lessons of which half as much is believed as of many */
#define WORDS 3		/* named to people */

G_STATIC_ASSERT(VERDICT_CLASSES <= LEARNER_LABELS);
G_STATIC_ASSERT(VERDICT_MOTIVES <= LEARNER_LABELS);

/* Adds to weights; false: nothing is known. */
static bool
weigh(const Learnt *learnt, double most, const Traits *traits, double *weights, guint count)
{
	double likely[LEARNER_LABELS];

	if (learnt->learner == NULL || learnt->lessons == 0 || !learner_judge(learnt->learner,
	    traits, likely))
		return false;
	for (guint i = 0; i < count; i++)
		weights[i] = most * likely[i] * learnt->lessons / (learnt->lessons + HALF);
	return true;
}

static guint
greatest(const double *weights, guint count)
{
	guint best = 0;

	for (guint i = 1; i < count; i++)
		if (weights[i] > weights[best])
			best = i;
	return best;
}

/* A trait without what stands before its word. */
static const char *
word_of(const char *trait)
{
	const char *colon = strrchr(trait, ':');

	return colon != NULL ? colon + 1 : trait;
}

/* The word that speaks most for that class, and is not said yet; what is strong is a
 * rule, which tells its name itself. */
static const char *
best_word(const Learner *learner, guint class, const GPtrArray *words, const Traits *traits, const char *said)
{
	const char *best = NULL;
	double most = 0;

	for (guint i = traits->strong; i < traits->count; i++) {
		const LearnerRow *row = learner_row(learner, traits->of[i]);
		const char *word = word_of(g_ptr_array_index(words, i));
		double weight = row != NULL ? (double)(row->of[class] * row->telling) : 0;

		if (weight <= most || strstr(said, word) != NULL)
			continue;
		best = word;
		most = weight;
	}
	return best;
}

/* "decided so before (bounty, reward)" */
static char *
name_with_words(const char *name, const Learner *learner, guint class, const GPtrArray *words,
    const Traits *traits)
{
	g_autoptr(GString) said = g_string_new(NULL);

	for (guint i = 0; i < WORDS; i++) {
		const char *word = best_word(learner, class, words, traits, said->str);

		if (word != NULL)
			g_string_append_printf(said, "%s%s", i == 0 ? "" : ", ", word);
	}
	return said->len > 0 ? g_strdup_printf("%s (%s)", name, said->str) : g_strdup(name);
}

void
learnt_weigh(Verdict *verdict, const char *name, double most, const Learnt *classes,
    const Learnt *motives, const GPtrArray *words, const Traits *traits)
{
	Weights weights = { 0 };
	g_autofree char *whole = NULL;
	bool class = weigh(classes, most, traits, weights.class, VERDICT_CLASSES);
	bool motive = weigh(motives, most, traits, weights.motive, VERDICT_MOTIVES);

	if (!class && !motive)
		return;
	whole = class ? name_with_words(name, classes->learner, greatest(weights.class, VERDICT_CLASSES),
	    words, traits) : g_strdup(name);
	verdict_add(verdict, whole, &weights);
	verdict_decide(verdict);
}
