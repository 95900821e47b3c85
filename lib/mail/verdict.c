/* verdict - see verdict.h */

#include "verdict.h"

#include "cvss.h"

#define DOUBT 2.0
#define LOW_VALUE (-1.0)	/* and below */

typedef struct {
	char *name;
	Weights weights;
} Sign;

static const char *const classes[] = {
	"vulnerability", "leak", "incident", "extortion", "handover", "question", "media", "job",
	"acquisition", "feed", "bounce", "automatic", "spam", NULL
};
static const char *const motives[] = {
	"good-faith", "extortion", "reward", "attention", "job", "acquisition", "unknown", NULL
};
static const char *const severities[] = { "", "low", "medium", "high", "critical", NULL };

G_STATIC_ASSERT(G_N_ELEMENTS(classes) == VERDICT_CLASSES + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(motives) == VERDICT_MOTIVES + 1);

const char *const *
verdict_classes(void)
{
	return classes;
}

const char *const *
verdict_motives(void)
{
	return motives;
}

const char *const *
verdict_severities(void)
{
	return severities;
}

static void
sign_clear(gpointer data)
{
	Sign *sign = data;

	g_free(sign->name);
}

Verdict *
verdict_new(const Weights *before, double vector)
{
	Verdict *verdict = g_new0(Verdict, 1);

	verdict->before = *before;
	verdict->vector = vector;
	verdict->class = classes[0];
	verdict->motive = motives[0];
	verdict->severity = g_strdup("");
	verdict->reasons = g_ptr_array_new_with_free_func(g_free);
	verdict->skipped = g_ptr_array_new_with_free_func(g_free);
	verdict->signs = g_array_new(FALSE, FALSE, sizeof(Sign));
	g_array_set_clear_func(verdict->signs, sign_clear);
	return verdict;
}

void
verdict_free(Verdict *verdict)
{
	if (verdict == NULL)
		return;
	g_free(verdict->severity);
	g_ptr_array_unref(verdict->reasons);
	g_ptr_array_unref(verdict->skipped);
	g_array_unref(verdict->signs);
	g_free(verdict);
}

void
verdict_add(Verdict *verdict, const char *name, const Weights *weights)
{
	Sign sign = { g_strdup(name), *weights };

	g_array_append_val(verdict->signs, sign);
}

Verdict *
verdict_copy(const Verdict *verdict)
{
	Verdict *copy = verdict_new(&verdict->before, verdict->vector);

	for (guint i = 0; i < verdict->signs->len; i++) {
		const Sign *sign = &g_array_index(verdict->signs, Sign, i);

		verdict_add(copy, sign->name, &sign->weights);
	}
	for (guint i = 0; i < verdict->skipped->len; i++)
		g_ptr_array_add(copy->skipped, g_strdup(g_ptr_array_index(verdict->skipped, i)));
	verdict_decide(copy);
	return copy;
}

guint
verdict_count(const Verdict *verdict)
{
	return verdict->signs->len;
}

const char *
verdict_sign(const Verdict *verdict, guint sign)
{
	return g_array_index(verdict->signs, Sign, sign).name;
}

static Weights
sum_up(const Verdict *verdict)
{
	Weights sums = verdict->before;

	for (guint i = 0; i < verdict->signs->len; i++) {
		const Weights *more = &g_array_index(verdict->signs, Sign, i).weights;

		for (gsize j = 0; j < VERDICT_CLASSES; j++)
			sums.class[j] += more->class[j];
		for (gsize j = 0; j < VERDICT_MOTIVES; j++)
			sums.motive[j] += more->motive[j];
		sums.worth += more->worth;
	}
	return sums;
}

/* The word with the greatest sum, and its share: its square in the sum of all
 * squares and of some doubt, so that one weak sign alone gives no certainty. */
static gsize
winner(const double *sums, gsize count, double *share)
{
	double all = DOUBT;
	gsize best = 0;

	for (gsize i = 1; i < count; i++)
		if (sums[i] > sums[best])
			best = i;
	for (gsize i = 0; i < count; i++)
		all += sums[i] > 0 ? sums[i] * sums[i] : 0;
	*share = sums[best] > 0 ? sums[best] * sums[best] / all : 0;
	return best;
}

typedef struct {
	const Sign *sign;
	double weight;
	guint order;
} Reason;

static gint
reason_compare(gconstpointer a, gconstpointer b)
{
	const Reason *one = a, *other = b;

	if (one->weight != other->weight)
		return one->weight > other->weight ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

/* The signs that spoke for what was found, the loudest first; what speaks for
 * the motive only comes behind. */
static void
set_reasons(Verdict *verdict, gsize class, gsize motive)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(Reason));

	for (guint i = 0; i < verdict->signs->len; i++) {
		const Sign *sign = &g_array_index(verdict->signs, Sign, i);
		Reason reason = { sign, MAX(sign->weights.class[class], 0) +
		    MAX(sign->weights.motive[motive], 0) / 10, i };

		if (reason.weight > 0)
			g_array_append_val(found, reason);
	}
	g_array_sort(found, reason_compare);
	g_ptr_array_set_size(verdict->reasons, 0);
	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(verdict->reasons, g_strdup(g_array_index(found, Reason, i).sign->name));
}

/* A vector says more than words do. Words count of those signs that spoke for the
 * class. */
static void
set_severity(Verdict *verdict, gsize class)
{
	guint words = 0;

	for (guint i = 0; i < verdict->signs->len; i++) {
		const Weights *weights = &g_array_index(verdict->signs, Sign, i).weights;

		if (weights->class[class] > 0)
			words = MAX(words, weights->severity);
	}
	g_free(verdict->severity);
	verdict->severity = g_strdup(verdict->claimed >= 0 ? cvss_word(verdict->claimed) :
	    severities[words]);
}

void
verdict_decide(Verdict *verdict)
{
	static const char *const acted_on[] = { "vulnerability", "leak", "incident", "handover", NULL };
	Weights sums = sum_up(verdict);
	gsize class = winner(sums.class, VERDICT_CLASSES, &verdict->score);
	gsize motive = winner(sums.motive, VERDICT_MOTIVES, &verdict->motive_score);

	verdict->class = classes[class];
	verdict->motive = motives[motive];
	verdict->claimed = g_strv_contains(acted_on, verdict->class) ? verdict->vector : -1;
	verdict->low_value = class == 0 && sums.worth <= LOW_VALUE;
	set_reasons(verdict, class, motive);
	set_severity(verdict, class);
}
