/* learner - see learner.h */

#include "learner.h"

#include <math.h>
#include <string.h>

#define ROUNDS 30
#define STEP 0.5
#define DECAY 0.0005		/* of a weight, each time it is looked at */
#define LEAST_LESSONS 2
#define COMMON 0.5		/* how telling what all have is */
#define STRONG 0.4		/* what a strong trait counts */
#define WEAK 1.0		/* and all weak ones together */
#define SURE 0.97		/* of a lesson: nothing is to be learnt from it this round */

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

/* What the weak traits of a mail are divided by: a long mail is not more sure of
 * itself than a short one. Takes the sum of the squares of how telling they are. */
static double
length_of(double squares)
{
	return squares > 0 ? sqrt(squares) / WEAK : 1;
}

bool
learner_judge(const Learner *learner, const Traits *traits, double *likely)
{
	const LearnerRow *first = learner_row(learner, 0);
	double sums[LEARNER_LABELS] = { 0 }, squares = 0;
	guint known = 0;

	for (guint i = 0; i < traits->count; i++) {
		const LearnerRow *row = learner_row(learner, traits->of[i]);

		known += row != NULL;
		if (row != NULL && i >= traits->strong)
			squares += (double)(row->telling * row->telling);
	}
	if (known == 0)
		return false;
	for (guint i = 0; i < traits->count; i++) {
		const LearnerRow *row = learner_row(learner, traits->of[i]);

		if (row != NULL)
			add_row(sums, row, i < traits->strong ? STRONG : (double)row->telling / length_of(squares));
	}
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
	LearnerRow *rows, *moved;	/* by place; how far each was moved already */
	guint **known;		/* of each lesson, places, ended by 0; */
	guint *strong;		/* how many of them are strong */
	double *length;		/* and what the others are divided by */
	double weight[LEARNER_LABELS];	/* a rare label counts as much as a frequent one */
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

		training->rows[i].telling = (float)(COMMON + log((1.0 + training->count) / (1.0 + times)));
	}
}

/* What the weak ones of these places are divided by. */
static double
length_at(const Training *training, const guint *places, guint strong)
{
	double squares = 0;

	for (guint i = strong; places[i] != 0; i++) {
		double telling = (double)training->rows[places[i]].telling;

		squares += telling * telling;
	}
	return length_of(squares);
}

static void
place_lessons(Training *training)
{
	guint many[LEARNER_LABELS] = { 0 }, labels = 0;

	training->known = g_new0(guint *, training->count);
	training->strong = g_new0(guint, training->count);
	training->length = g_new0(double, training->count);
	for (guint i = 0; i < training->count; i++) {
		const Lesson *lesson = &training->lessons[i];
		guint *places = training->known[i] = g_new0(guint, lesson->traits.count + 1);

		for (guint j = 0; j < lesson->traits.count; j++) {
			*places = GPOINTER_TO_UINT(g_hash_table_lookup(training->places, &lesson->traits.of[j]));
			training->strong[i] += *places != 0 && j < lesson->traits.strong;
			places += *places != 0;
		}
		training->length[i] = length_at(training, training->known[i], training->strong[i]);
		labels += many[lesson->label]++ == 0;
	}
	for (guint i = 0; i < LEARNER_LABELS; i++)
		training->weight[i] = many[i] == 0 ? 0 :
		    sqrt((double)training->count / ((double)labels * many[i]));
}

/* One row goes against the error, the less the farther it has been moved. */
static void
move_row(Training *training, guint place, const double *error, double scale)
{
	LearnerRow *row = &training->rows[place], *moved = &training->moved[place];

	for (guint i = 0; i < LEARNER_LABELS; i++) {
		double slope = error[i] * scale + DECAY * (double)row->of[i];

		moved->of[i] += (float)(slope * slope);
		row->of[i] -= (float)(STEP * slope / sqrt((double)moved->of[i] + 1e-6));
	}
}

/* What the trait at that place counts for in a lesson. */
static double
scale_in(const Training *training, guint lesson, guint trait)
{
	const LearnerRow *row = &training->rows[training->known[lesson][trait]];

	return trait < training->strong[lesson] ? STRONG : (double)row->telling / training->length[lesson];
}

static void
learn_one(Training *training, guint lesson)
{
	guint label = training->lessons[lesson].label;
	const guint *places = training->known[lesson];
	double sums[LEARNER_LABELS] = { 0 };

	add_row(sums, &training->rows[0], 1);
	for (guint i = 0; places[i] != 0; i++)
		add_row(sums, &training->rows[places[i]], scale_in(training, lesson, i));
	shares(sums);
	if (sums[label] > SURE)
		return;
	sums[label] -= 1;
	for (guint i = 0; i < LEARNER_LABELS; i++)
		sums[i] *= training->weight[label];
	move_row(training, 0, sums, 1);
	for (guint i = 0; places[i] != 0; i++)
		move_row(training, places[i], sums, scale_in(training, lesson, i));
}

/* Each round in another order, so that none has the last word. */
static void
learn_all(Training *training)
{
	const guint count = training->count;
	g_autofree guint *order = g_new(guint, count);
	guint32 dice = 1;

	for (guint i = 0; i < count; i++)
		order[i] = i;
	for (guint round = 0; round < ROUNDS; round++) {
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
	training.moved = g_new0(LearnerRow, training.traits->len);
	see_what_tells(&training);
	place_lessons(&training);
	learn_all(&training);
	learner = keep_heaviest(&training);
	for (guint i = 0; i < count; i++)
		g_free(training.known[i]);
	g_free(training.known);
	g_free(training.strong);
	g_free(training.length);
	g_free(training.rows);
	g_free(training.moved);
	g_array_unref(training.traits);
	g_hash_table_unref(training.places);
	g_hash_table_unref(training.seen);
	return learner;
}
