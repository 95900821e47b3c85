/* folds - no letter is judged by what the same letter taught */

#include "folds.h"

/* The second is the first with another word at its end; the third shares half of it,
 * which is not more than half. */
static const guint64 traits[][4] = {
	{ 1, 2, 3, 4 }, { 1, 2, 3, 9 }, { 1, 2, 30, 40 }, { 50, 60, 70, 80 }, { 51, 61, 71, 81 },
};

static void
fill(Lesson *lessons)
{
	for (guint i = 0; i < G_N_ELEMENTS(traits); i++)
		lessons[i] = (Lesson){ { traits[i], 4, 0 }, i % 2 };
}

static void
test_alike(void)
{
	Lesson lessons[G_N_ELEMENTS(traits)];
	g_autoptr(GArray) parts = NULL;
	static const guint want[] = { 0, 0, 1, 2, 3 };

	fill(lessons);
	parts = folds_part(lessons, G_N_ELEMENTS(traits), 10);
	g_assert_cmpuint(parts->len, ==, G_N_ELEMENTS(want));
	for (guint i = 0; i < parts->len; i++)
		g_assert_cmpuint(g_array_index(parts, guint, i), ==, want[i]);
}

static void
test_most(void)
{
	Lesson lessons[G_N_ELEMENTS(traits)];
	g_autoptr(GArray) parts = NULL;

	fill(lessons);
	parts = folds_part(lessons, G_N_ELEMENTS(traits), 2);
	for (guint i = 0; i < parts->len; i++)
		g_assert_cmpuint(g_array_index(parts, guint, i), <, 2);
	g_assert_cmpuint(g_array_index(parts, guint, 3), ==, 0);
}

/* A long letter that quotes a short one whole is another. */
static void
test_longer(void)
{
	static const guint64 longer[] = { 1, 2, 3, 4, 5, 6, 7, 8, 10 };
	const Lesson lessons[] = { { { traits[0], 4, 0 }, 0 }, { { longer, G_N_ELEMENTS(longer), 0 }, 0 } };
	g_autoptr(GArray) parts = folds_part(lessons, 2, 10);

	g_assert_cmpuint(g_array_index(parts, guint, 1), ==, 1);
}

static void
test_without(void)
{
	Lesson lessons[G_N_ELEMENTS(traits)];
	g_autoptr(GArray) parts = NULL;
	g_autoptr(Learner) all = NULL, some = NULL;
	guint taught = 0;

	fill(lessons);
	lessons[4].label = LEARNER_LABELS;
	parts = folds_part(lessons, G_N_ELEMENTS(traits), 10);
	all = folds_train_without(lessons, parts, 0, 9, &taught);
	g_assert_cmpuint(taught, ==, 4);
	g_assert_nonnull(learner_row(all, 3));
	some = folds_train_without(lessons, parts, 0, 0, &taught);
	g_assert_cmpuint(taught, ==, 2);
	g_assert_null(learner_row(some, 3));
	g_clear_pointer(&some, learner_free);
	some = folds_train_without(lessons, parts, 3, 9, &taught);
	g_assert_cmpuint(taught, ==, 1);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/folds/alike", test_alike);
	g_test_add_func("/folds/most", test_most);
	g_test_add_func("/folds/longer", test_longer);
	g_test_add_func("/folds/without", test_without);
	return g_test_run();
}
