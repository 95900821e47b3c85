/* holidays - Easter, and what is counted from it */

#include "holidays.h"

static void
test_easter(void)
{
	static const struct {
		guint year, month, day;
	} cases[] = {
		{ 1818, 3, 22 }, { 1943, 4, 25 }, { 2000, 4, 23 }, { 2024, 3, 31 }, { 2025, 4, 20 },
		{ 2026, 4, 5 }, { 2027, 3, 28 }, { 2028, 4, 16 }, { 2035, 3, 25 }, { 2038, 4, 25 },
		{ 2049, 4, 18 }, { 2285, 3, 22 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		GDate easter = holidays_easter(cases[i].year);

		g_assert_cmpuint(g_date_get_month(&easter), ==, cases[i].month);
		g_assert_cmpuint(g_date_get_day(&easter), ==, cases[i].day);
		g_assert_cmpuint(g_date_get_weekday(&easter), ==, G_DATE_SUNDAY);
	}
}

static bool
has(const Holidays *holidays, int year, int month, int day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	return holidays_has(holidays, &date);
}

static void
test_days(void)
{
	static const char *const days[] = { "01-01", "04-27", "easter-2", "easter+39", "2026-12-24", "02-29" };
	g_autoptr(Holidays) holidays = holidays_new();

	for (gsize i = 0; i < G_N_ELEMENTS(days); i++)
		g_assert_true(holidays_add(holidays, days[i]));
	g_assert_true(has(holidays, 2026, 1, 1));
	g_assert_true(has(holidays, 2031, 4, 27));
	g_assert_true(has(holidays, 2026, 4, 3));	/* Good Friday */
	g_assert_true(has(holidays, 2026, 5, 14));	/* Ascension */
	g_assert_true(has(holidays, 2026, 12, 24));
	g_assert_true(has(holidays, 2028, 2, 29));
	g_assert_false(has(holidays, 2027, 12, 24));
	g_assert_false(has(holidays, 2027, 4, 3));
	g_assert_false(has(holidays, 2026, 4, 5));
	g_assert_false(has(NULL, 2026, 1, 1));
}

static void
test_no_days(void)
{
	static const char *const none[] = { "", "1", "13-01", "04-31", "00-10", "easter2", "easter+", "easter+x",
		"easter+999", "2026-02-29", "01-01x", "christmas", "2026-12", "-1-01" };
	g_autoptr(Holidays) holidays = holidays_new();

	for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
		g_test_message("%s", none[i]);
		g_assert_false(holidays_add(holidays, none[i]));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/holidays/easter", test_easter);
	g_test_add_func("/holidays/days", test_days);
	g_test_add_func("/holidays/no-days", test_no_days);
	return g_test_run();
}
