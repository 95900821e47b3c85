/* times - zones, languages, working days, also where clocks change */

#include "times.h"

#define ZONE "Europe/Amsterdam"

static void
test_machine(void)
{
	gint64 time = times_parse_rfc3339("2026-11-24T01:11:09Z");
	g_autofree char *rfc3339 = times_rfc3339(time);
	g_autofree char *rfc5322 = times_rfc5322(time);

	g_assert_cmpint(time, ==, G_GINT64_CONSTANT(1795482669) * G_USEC_PER_SEC);
	g_assert_cmpstr(rfc3339, ==, "2026-11-24T01:11:09Z");
	g_assert_cmpstr(rfc5322, ==, "Tue, 24 Nov 2026 01:11:09 +0000");
	g_assert_cmpint(times_parse_rfc3339("2026-11-24T02:11:09+01:00"), ==, time);
	g_assert_cmpint(times_parse_rfc3339("yesterday"), ==, 0);
}

static void
test_people(void)
{
	gint64 time = times_parse_rfc3339("2026-12-31T23:30:00Z");
	g_autofree char *en = times_long(time, ZONE, "en");
	g_autofree char *nl = times_long(time, ZONE, "nl");
	g_autofree char *other = times_day(time, ZONE, "xx");
	g_autofree char *day = times_day(time, ZONE, "nl");
	g_autofree char *clock = times_clock(time, ZONE);
	g_autofree char *date = times_date(time, ZONE, "nl");

	g_assert_cmpstr(en, ==, "1 January 2027, 00:30");
	g_assert_cmpstr(nl, ==, "1 januari 2027, 00:30");
	g_assert_cmpstr(other, ==, "Friday 1 January");
	g_assert_cmpstr(day, ==, "vrijdag 1 januari");
	g_assert_cmpstr(clock, ==, "00:30");
	g_assert_cmpstr(date, ==, "1 januari 2027");
	g_assert_cmpint(times_year(time, ZONE), ==, 2027);
	g_assert_cmpint(times_year(time, "UTC"), ==, 2026);
}

static void
test_working_days(void)
{
	static const struct {
		const char *from;
		guint days;
		const char *end;
	} cases[] = {
		{ "2026-11-24T01:11:09Z", 5, "2026-12-01T22:59:59Z" },
		{ "2026-11-24T01:11:09Z", 0, "2026-11-24T22:59:59Z" },
		{ "2026-11-27T12:00:00Z", 1, "2026-11-30T22:59:59Z" },
		{ "2026-11-28T12:00:00Z", 1, "2026-11-30T22:59:59Z" },
		{ "2026-10-23T21:59:00Z", 1, "2026-10-26T22:59:59Z" },	/* clock goes back */
		{ "2026-10-23T22:01:00Z", 1, "2026-10-26T22:59:59Z" },
		{ "2026-03-27T12:00:00Z", 1, "2026-03-30T21:59:59Z" },	/* and forth */
		{ "2026-04-02T12:00:00Z", 1, "2026-04-07T21:59:59Z" },	/* over Easter */
		{ "2026-12-24T12:00:00Z", 1, "2026-12-28T22:59:59Z" },	/* and Christmas */
		{ "2026-12-31T12:00:00Z", 1, "2027-01-04T22:59:59Z" },
	};
	g_autoptr(Holidays) holidays = holidays_new();

	g_assert_true(holidays_add(holidays, "easter-2") && holidays_add(holidays, "easter+1") &&
	    holidays_add(holidays, "12-25") && holidays_add(holidays, "01-01"));
	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		gint64 end = times_working_days(times_parse_rfc3339(cases[i].from),
		    cases[i].days, ZONE, holidays);
		g_autofree char *text = times_rfc3339(end);

		g_assert_cmpstr(text, ==, cases[i].end);
	}
}

/* Days as people type them, on a Tuesday. */
static void
test_read_day(void)
{
	static const struct {
		const char *word, *end;
	} cases[] = {
		{ "2026-12-01", "2026-12-01T22:59:59Z" },
		{ "1-12-2026", "2026-12-01T22:59:59Z" },
		{ "01-12-2026", "2026-12-01T22:59:59Z" },
		{ "+5", "2026-12-01T22:59:59Z" },
		{ "friday", "2026-11-27T22:59:59Z" },
		{ "Vrijdag", "2026-11-27T22:59:59Z" },
		{ "tuesday", "2026-12-01T22:59:59Z" },
		{ "monday", "2026-11-30T22:59:59Z" },
		{ "today", "2026-11-24T22:59:59Z" },
		{ "morgen", "2026-11-25T22:59:59Z" },
		{ "2027-07-01", "2027-07-01T21:59:59Z" },
		{ "2026-11-23", NULL },
		{ "31-11-2026", NULL },
		{ "2026-13-01", NULL },
		{ "+0", NULL },
		{ "+", NULL },
		{ "soon", NULL },
		{ "2026-12-01x", NULL },
		{ "", NULL },
	};
	gint64 now = times_parse_rfc3339("2026-11-24T01:11:09Z");

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		gint64 end = times_read_day(cases[i].word, now, ZONE, NULL);
		g_autofree char *text = end != 0 ? times_rfc3339(end) : NULL;

		g_test_message("%s", cases[i].word);
		g_assert_cmpstr(text, ==, cases[i].end);
	}
}

static void
test_at(void)
{
	gint64 day = times_parse_rfc3339("2026-12-01T22:59:59Z");
	g_autofree char *text = times_rfc3339(times_at(day, "14:30", ZONE));

	g_assert_cmpstr(text, ==, "2026-12-01T13:30:00Z");
	g_assert_cmpint(times_at(day, "24:00", ZONE), ==, 0);
	g_assert_cmpint(times_at(day, "14:30h", ZONE), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/times/machine", test_machine);
	g_test_add_func("/times/people", test_people);
	g_test_add_func("/times/working-days", test_working_days);
	g_test_add_func("/times/read-day", test_read_day);
	g_test_add_func("/times/at", test_at);
	return g_test_run();
}
