/* Which warning is due how long before the end. */

#include "duty.h"

static void
test_step(void)
{
	static const struct {
		gint64 hours;
		int step;
	} cases[] = {
		{ 61 * 24, 0 }, { 60 * 24, 60 }, { 30 * 24 + 1, 60 }, { 30 * 24, 30 }, { 15 * 24, 30 },
		{ 14 * 24, 14 }, { 8 * 24, 14 }, { 7 * 24, 7 }, { 25, 7 }, { 24, 1 }, { 1, 1 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(duty_step(cases[i].hours * G_TIME_SPAN_HOUR), ==, cases[i].step);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/duty/step", test_step);
	return g_test_run();
}
