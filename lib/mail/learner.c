/* learner - see learner.h */

#include "learner.h"

#include <math.h>
#include <string.h>

#define ROUNDS 40		/* at least, */
#define LOOKS 20000		/* and as many as make so many looks at a lesson */
#define STEP 0.05		/* against the error */
#define LEAST_LESSONS 2
#define SCARCE 8.0		/* so much more a label of few lessons counts, at most */
#define STRONG 0.4		/* what a strong trait counts */
#define COMMON 0.1		/* what a weak one does that all lessons have, */
#define RARE 0.2		/* and more, by the logarithm of how few have it */

struct Learner {
	GHashTable *rows;	/* guint64 -> LearnerRow, own */
};

Learner *
learner_new(void)
{
	Learner *learner = g_new0(Learner, 1);

	learner->rows = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
	return learner;
}

void
learner_free(Learner *learner)
{
	if (learner == NULL)
		return;
	g_hash_table_unref(learner->rows);
	g_free(learner);
}

void
learner_put(Learner *learner, guint64 trait, const LearnerRow *row)
{
	g_hash_table_replace(learner->rows, g_memdup2(&trait, sizeof(trait)), g_memdup2(row, sizeof(*row)));
}

const LearnerRow *
learner_row(const Learner *learner, guint64 trait)
{
	return g_hash_table_lookup(learner->rows, &trait);
}

void
learner_each(const Learner *learner, void (*call)(guint64 trait, const LearnerRow *row, gpointer data),
    gpointer data)
{
	GHashTableIter iter;
	gpointer trait, row;

	g_hash_table_iter_init(&iter, learner->rows);
	while (g_hash_table_iter_next(&iter, &trait, &row))
		call(*(guint64 *)trait, row, data);
}

static void
add_row(double *sums, const LearnerRow *row, double scale)
{
	for (guint i = 0; i < LEARNER_LABELS; i++)
		sums[i] += scale * (double)row->of[i];
}

/* Sums become shares. */
static void
shares(double *sums)
{
	double most = sums[0], all = 0;

	for (guint i = 1; i < LEARNER_LABELS; i++)
		most = MAX(most, sums[i]);
	for (guint i = 0; i < LEARNER_LABELS; i++)
		all += sums[i] = exp(sums[i] - most);
	for (guint i = 0; i < LEARNER_LABELS; i++)
		sums[i] /= all;
}

/* What a trait counts for, as one of those a mail has. */
static double
scale_of(const LearnerRow *row, bool strong)
{
	return strong ? STRONG : (double)row->telling;
}

bool
learner_judge(const Learner *learner, const Traits *traits, double *likely)
{
	const LearnerRow *first = learner_row(learner, 0);
	double sums[LEARNER_LABELS] = { 0 };
	guint known = 0;

	for (guint i = 0; i < traits->count; i++) {
		const LearnerRow *row = learner_row(learner, traits->of[i]);

		if (row != NULL)
			add_row(sums, row, scale_of(row, i < traits->strong));
		known += row != NULL;
	}
	if (known == 0)
		return false;
	if (first != NULL)
		add_row(sums, first, 1);
	shares(sums);
	memcpy(likely, sums, sizeof(sums));
	return true;
}

/* --- training: the traits of all lessons as places in one block of rows */

typedef struct {
	const Lesson *lessons;
	guint count;
	GHashTable *seen;	/* guint64 -> of how many lessons it is a trait */
	GHashTable *places;	/* guint64 -> place */
	GArray *traits;		/* of guint64, by place; the first is 0 */
	LearnerRow *rows;	/* by place */
	guint **known;		/* of each lesson, places, ended by 0; */
	guint *strong;		/* how many of them are strong */
	double weight[LEARNER_LABELS];	/* a rare label counts as much as a frequent one, up to SCARCE */
} Training;

static void
number_traits(Training *training)
{
	GHashTable *seen = training->seen;
	guint64 none = 0;

	g_array_append_val(training->traits, none);
	for (guint i = 0; i < training->count; i++) {
		for (guint j = 0; j < training->lessons[i].traits.count; j++) {
			gpointer trait = (gpointer)&training->lessons[i].traits.of[j];
			guint times = GPOINTER_TO_UINT(g_hash_table_lookup(seen, trait)) + 1;

			g_hash_table_insert(seen, trait, GUINT_TO_POINTER(times));
			if (times != LEAST_LESSONS || *(guint64 *)trait == 0)
				continue;
			g_hash_table_insert(training->places, trait, GUINT_TO_POINTER(training->traits->len));
			g_array_append_vals(training->traits, trait, 1);
		}
	}
}

/* What few have tells more of them. */
static void
see_what_tells(Training *training)
{
	for (guint i = 1; i < training->traits->len; i++) {
		gpointer trait = &g_array_index(training->traits, guint64, i);
		guint times = GPOINTER_TO_UINT(g_hash_table_lookup(training->seen, trait));

		training->rows[i].telling = (float)(COMMON + RARE * log((1.0 + training->count) / (1.0 + times)));
	}
}

static void
place_lessons(Training *training)
{
	guint many[LEARNER_LABELS] = { 0 }, labels = 0;

	training->known = g_new0(guint *, training->count);
	training->strong = g_new0(guint, training->count);
	for (guint i = 0; i < training->count; i++) {
		const Lesson *lesson = &training->lessons[i];
		guint *places = training->known[i] = g_new0(guint, lesson->traits.count + 1);

		for (guint j = 0; j < lesson->traits.count; j++) {
			*places = GPOINTER_TO_UINT(g_hash_table_lookup(training->places, &lesson->traits.of[j]));
			training->strong[i] += *places != 0 && j < lesson->traits.strong;
			places += *places != 0;
		}
		labels += many[lesson->label]++ == 0;
	}
	for (guint i = 0; i < LEARNER_LABELS; i++)
		training->weight[i] = many[i] == 0 ? 0 :
		    MIN((double)training->count / ((double)labels * many[i]), SCARCE);
}

/* One row goes against the error. */
static void
move_row(LearnerRow *row, const double *error, double scale)
{
	for (guint i = 0; i < LEARNER_LABELS; i++)
		row->of[i] -= (float)(STEP * error[i] * scale);
}

static void
learn_one(Training *training, guint lesson)
{
	guint label = training->lessons[lesson].label, strong = training->strong[lesson];
	const guint *places = training->known[lesson];
	LearnerRow *rows = training->rows;
	double sums[LEARNER_LABELS] = { 0 };

	add_row(sums, &rows[0], 1);
	for (guint i = 0; places[i] != 0; i++)
		add_row(sums, &rows[places[i]], scale_of(&rows[places[i]], i < strong));
	shares(sums);
	sums[label] -= 1;
	for (guint i = 0; i < LEARNER_LABELS; i++)
		sums[i] *= training->weight[label];
	move_row(&rows[0], sums, 1);
	for (guint i = 0; places[i] != 0; i++)
		move_row(&rows[places[i]], sums, scale_of(&rows[places[i]], i < strong));
}

/* Each round in another order, so that none has the last word. */
static void
learn_all(Training *training)
{
	const guint count = training->count, rounds = MAX(ROUNDS, LOOKS / MAX(count, 1));
	g_autofree guint *order = g_new(guint, count);
	guint32 dice = 1;

	for (guint i = 0; i < count; i++)
		order[i] = i;
	for (guint round = 0; round < rounds; round++) {
		for (guint i = count; i > 1; i--) {
			guint other, kept = order[i - 1];

			dice = dice * 1664525 + 1013904223;
			other = (dice >> 8) % i;
			order[i - 1] = order[other];
			order[other] = kept;
		}
		for (guint i = 0; i < count; i++)
			learn_one(training, order[i]);
	}
}

static double
weight_of(const LearnerRow *row)
{
	double most = 0;

	for (guint i = 0; i < LEARNER_LABELS; i++)
		most = MAX(most, fabs((double)row->of[i]));
	return most;
}

static gint
heavier(gconstpointer a, gconstpointer b, gpointer data)
{
	const LearnerRow *rows = data;
	double one = weight_of(&rows[*(const guint *)a]), other = weight_of(&rows[*(const guint *)b]);

	return one > other ? -1 : one < other;
}

static Learner *
keep_heaviest(const Training *training)
{
	Learner *learner = learner_new();
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 1; i < training->traits->len; i++)
		g_array_append_val(places, i);
	g_array_sort_with_data(places, heavier, training->rows);
	learner_put(learner, 0, &training->rows[0]);
	for (guint i = 0; i < MIN(places->len, LEARNER_MOST); i++) {
		guint place = g_array_index(places, guint, i);

		learner_put(learner, g_array_index(training->traits, guint64, place), &training->rows[place]);
	}
	return learner;
}

Learner *
learner_train(const Lesson *lessons, guint count)
{
	Training training = { .lessons = lessons, .count = count };
	Learner *learner;

	training.seen = g_hash_table_new(g_int64_hash, g_int64_equal);
	training.places = g_hash_table_new(g_int64_hash, g_int64_equal);
	training.traits = g_array_new(FALSE, FALSE, sizeof(guint64));
	number_traits(&training);
	training.rows = g_new0(LearnerRow, training.traits->len);
	see_what_tells(&training);
	place_lessons(&training);
	learn_all(&training);
	learner = keep_heaviest(&training);
	for (guint i = 0; i < count; i++)
		g_free(training.known[i]);
	g_free(training.known);
	g_free(training.strong);
	g_free(training.rows);
	g_array_unref(training.traits);
	g_hash_table_unref(training.places);
	g_hash_table_unref(training.seen);
	return learner;
}
