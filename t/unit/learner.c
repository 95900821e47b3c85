/* learner - what is learnt from lessons, and how it is said in a verdict */

#include "learner.h"

#include <string.h>

#include "learnt.h"

/* Two labels: 1 has trait 10, and often 11; 2 has trait 20; both have 30, one has 40. */
static const guint64 rows[][3] = {
	{ 10, 30, 11 }, { 20, 30, 0 }, { 10, 30, 11 }, { 20, 30, 0 }, { 10, 40, 0 }, { 20, 30, 0 },
};

static Learner *
taught(void)
{
	Lesson lessons[G_N_ELEMENTS(rows)];

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		lessons[i] = (Lesson){ { rows[i], 3, 0 }, 1 + i % 2 };
	return learner_train(lessons, G_N_ELEMENTS(lessons));
}

static void
learns(void)
{
	g_autoptr(Learner) learner = taught();
	const guint64 one[] = { 10, 30 }, other[] = { 20 }, unknown[] = { 40, 99 };
	double likely[LEARNER_LABELS], sum = 0;

	g_assert_true(learner_judge(learner, &(Traits){ one, 2, 0 }, likely));
	g_assert_cmpfloat(likely[1], >, 0.7);
	for (guint i = 0; i < LEARNER_LABELS; i++)
		sum += likely[i];
	g_assert_cmpfloat_with_epsilon(sum, 1, 0.001);
	g_assert_true(learner_judge(learner, &(Traits){ other, 1, 1 }, likely));
	g_assert_cmpfloat(likely[2], >, 0.7);
	/* what only one lesson has teaches nothing */
	g_assert_null(learner_row(learner, 40));
	likely[0] = 7;
	g_assert_false(learner_judge(learner, &(Traits){ unknown, 2, 0 }, likely));
	g_assert_cmpfloat(likely[0], ==, 7);
	g_assert_false(learner_judge(learner, &(Traits){ NULL, 0, 0 }, likely));
}

static void
copy_row(guint64 trait, const LearnerRow *row, gpointer copy)
{
	learner_put(copy, trait, row);
}

/* Four hundred words that all lessons have do not outweigh the one that few have. */
static void
counts(void)
{
	enum { LESSONS = 20, COMMON = 400 };
	g_autofree guint64 *traits = g_new(guint64, (gsize)LESSONS * (COMMON + 1));
	Lesson lessons[LESSONS];
	g_autoptr(Learner) learner = NULL;
	double likely[LEARNER_LABELS];

	for (guint i = 0; i < LESSONS; i++) {
		guint64 *of = traits + i * (COMMON + 1);

		for (guint j = 0; j < COMMON; j++)
			of[j] = 1000 + j;
		of[COMMON] = 10 + i % 5;
		lessons[i] = (Lesson){ { of, COMMON + 1, 0 }, i % 5 };
	}
	learner = learner_train(lessons, LESSONS);
	g_assert_cmpfloat((double)learner_row(learner, 10)->telling, >, 3 * (double)learner_row(learner, 1000)->telling);
	for (guint i = 0; i < 5; i++) {
		g_assert_true(learner_judge(learner, &lessons[i].traits, likely));
		g_assert_cmpfloat(likely[i], >, 0.9);
	}
}

/* One lesson of a label of its own does not overturn hundreds. */
static void
lone(void)
{
	enum { LESSONS = 1000 };
	static const guint64 traits[] = { 10, 11, 12 };
	Lesson lessons[LESSONS];
	g_autoptr(Learner) learner = NULL;
	double likely[LEARNER_LABELS];

	for (guint i = 0; i < LESSONS; i++)
		lessons[i] = (Lesson){ { traits, G_N_ELEMENTS(traits), 1 }, i == LESSONS - 1 ? 2 : 1 };
	learner = learner_train(lessons, LESSONS);
	g_assert_true(learner_judge(learner, &lessons[0].traits, likely));
	g_assert_cmpfloat(likely[1], >, 0.9);
}

/* The same lessons give the same, and what is put away and taken again, too. */
static void
same(void)
{
	g_autoptr(Learner) learner = taught();
	g_autoptr(Learner) again = taught();
	g_autoptr(Learner) copy = learner_new();
	const Traits traits = { rows[0], 2, 0 };
	double one[LEARNER_LABELS], two[LEARNER_LABELS], three[LEARNER_LABELS];

	learner_each(learner, copy_row, copy);
	g_assert_true(learner_judge(learner, &traits, one));
	g_assert_true(learner_judge(again, &traits, two));
	g_assert_true(learner_judge(copy, &traits, three));
	g_assert_cmpmem(one, sizeof(one), two, sizeof(two));
	g_assert_cmpmem(one, sizeof(one), three, sizeof(three));
}

static void
nothing(void)
{
	g_autoptr(Learner) learner = learner_train(NULL, 0);
	const guint64 one[] = { 10 };
	double likely[LEARNER_LABELS];

	g_assert_false(learner_judge(learner, &(Traits){ one, 1, 0 }, likely));
}

/* What was learnt is one sign, with the words it went by, and no heavier than it
 * may be. */
static void
weighs(void)
{
	g_autoptr(Learner) learner = taught();
	const Weights before = { .class = { 0.1 } }, rule = { .class = { [3] = 4 } };
	g_autoptr(Verdict) verdict = verdict_new(&before, -1);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	const Learnt classes = { learner, 1000 }, none = { NULL, 0 };

	g_ptr_array_add(words, (gpointer)"rule:x");
	g_ptr_array_add(words, (gpointer)"hours");
	g_ptr_array_add(words, (gpointer)"subject:days");
	learnt_weigh(verdict, "decided", 3, &none, &none, words, &(Traits){ rows[0], 3, 1 });
	g_assert_cmpuint(verdict_count(verdict), ==, 0);
	learnt_weigh(verdict, "decided", 3, &classes, &none, words, &(Traits){ rows[0], 3, 0 });
	g_assert_cmpstr(verdict->class, ==, verdict_classes()[1]);
	g_assert_cmpstr(verdict->reasons->pdata[0], ==, "decided (x, days)");
	verdict_add(verdict, "a rule", &rule);
	verdict_decide(verdict);
	g_assert_cmpstr(verdict->class, ==, verdict_classes()[3]);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/learner/learns", learns);
	g_test_add_func("/learner/counts", counts);
	g_test_add_func("/learner/lone", lone);
	g_test_add_func("/learner/same", same);
	g_test_add_func("/learner/nothing", nothing);
	g_test_add_func("/learner/weighs", weighs);
	return g_test_run();
}
