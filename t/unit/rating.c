/* rating - precision, recall and F1 as one adds them up by hand */

#include "rating.h"

#include <string.h>

#include "verdict.h"

enum { VULNERABILITY = 0, LEAK = 1, ACQUISITION = 8, SPAM = 12 };

static void
rate(Rating *rating, guint classes, guint class)
{
	const Labelled labelled = { .classes = classes, .motive = LABELLED_NO_MOTIVE };

	rating_class(rating, &labelled, class);
}

/* Four vulnerabilities, of which one was taken for spam and one for a leak; two
 * spams, of which one was taken for a vulnerability. */
static Rating
rated(void)
{
	Rating rating = { .words = verdict_classes() };

	rate(&rating, 1U << VULNERABILITY, VULNERABILITY);
	rate(&rating, 1U << VULNERABILITY, VULNERABILITY);
	rate(&rating, 1U << VULNERABILITY, SPAM);
	rate(&rating, 1U << VULNERABILITY, LEAK);
	rate(&rating, 1U << SPAM, SPAM);
	rate(&rating, 1U << SPAM, VULNERABILITY);
	return rating;
}

static void
test_shares(void)
{
	Rating rating = rated();

	g_assert_cmpfloat_with_epsilon(rating_precision(&rating, VULNERABILITY), 2.0 / 3, 1e-9);
	g_assert_cmpfloat_with_epsilon(rating_recall(&rating, VULNERABILITY), 2.0 / 4, 1e-9);
	g_assert_cmpfloat_with_epsilon(rating_f1(&rating, VULNERABILITY), 4.0 / 7, 1e-9);
	g_assert_cmpfloat_with_epsilon(rating_f1(&rating, SPAM), 0.5, 1e-9);
	g_assert_cmpfloat(rating_f1(&rating, LEAK), ==, 0);
	/* only of the classes there are mails of: nobody wrote of a leak */
	g_assert_cmpfloat_with_epsilon(rating_macro_f1(&rating), (4.0 / 7 + 0.5) / 2, 1e-9);
	g_assert_cmpuint(rating.right, ==, 3);
	g_assert_cmpuint(rating.all, ==, 6);
}

static void
test_lost(void)
{
	Rating rating = rated();

	g_assert_cmpuint(rating.reports, ==, 4);
	g_assert_cmpuint(rating.lost, ==, 1);
	rate(&rating, 1U << LEAK, ACQUISITION);
	g_assert_cmpuint(rating.lost, ==, 2);
	/* what may be spam as well is no report that must not be lost */
	rate(&rating, 1U << LEAK | 1U << SPAM, SPAM);
	g_assert_cmpuint(rating.reports, ==, 5);
	g_assert_cmpuint(rating.lost, ==, 2);
}

static void
test_several(void)
{
	Rating rating = { .words = verdict_classes() };

	rate(&rating, 1U << LEAK | 1U << SPAM, SPAM);
	rate(&rating, 1U << LEAK | 1U << SPAM, ACQUISITION);
	g_assert_cmpuint(rating.seen[SPAM][SPAM], ==, 1);
	g_assert_cmpuint(rating.seen[LEAK][ACQUISITION], ==, 1);
	g_assert_cmpuint(rating.right, ==, 1);
}

static void
test_motives(void)
{
	const Labelled said = { .classes = 1, .motive = 2 }, unsaid = { .classes = 1, .motive = LABELLED_NO_MOTIVE };
	Rating rating = { .words = verdict_motives() };
	g_autofree char *table = NULL;

	rating_motive(&rating, &said, 2);
	rating_motive(&rating, &said, 3);
	rating_motive(&rating, &unsaid, 3);
	g_assert_cmpuint(rating.all, ==, 2);
	g_assert_cmpuint(rating.reports, ==, 0);
	table = rating_table(&rating);
	g_assert_nonnull(strstr(table, "\nreward            .    .    1    1"));
	g_assert_nonnull(strstr(table, "1.000  0.500  0.667\n"));
}

static void
test_nothing(void)
{
	Rating rating = { .words = verdict_classes() };

	g_assert_cmpfloat(rating_macro_f1(&rating), ==, 0);
	g_assert_cmpfloat(rating_precision(&rating, SPAM), ==, 0);
}

static void
test_worth(void)
{
	const Labelled low = { .low_value = true }, good = { .of_value = true }, neither = { 0 };
	Rating rating = { .words = verdict_classes() };

	rating_worth(&rating, &low, true);
	rating_worth(&rating, &low, false);
	rating_worth(&rating, &good, false);
	rating_worth(&rating, &neither, true);
	g_assert_cmpuint(rating.worth[1][1], ==, 1);
	g_assert_cmpuint(rating.worth[1][0], ==, 1);
	g_assert_cmpuint(rating.worth[0][0], ==, 1);
	g_assert_cmpuint(rating.worth[0][1], ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/rating/shares", test_shares);
	g_test_add_func("/rating/lost", test_lost);
	g_test_add_func("/rating/several", test_several);
	g_test_add_func("/rating/motives", test_motives);
	g_test_add_func("/rating/nothing", test_nothing);
	g_test_add_func("/rating/worth", test_worth);
	return g_test_run();
}
