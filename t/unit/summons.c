/* When somebody has to have called, in words and in time. */

#include "summons.h"

#include "times.h"

#define ZONE "Europe/Amsterdam"

static void
test_call_by(void)
{
	static const struct {
		const char *severity, *now, *by;
	} cases[] = {
		{ "critical", "2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z" },
		{ "9.8",      "2026-11-24T22:30:00Z", "2026-11-25T00:30:00Z" },
		{ "high",     "2026-11-24T09:00:00Z", "2026-11-24T22:59:59Z" },
		{ "7.0",      "2026-11-28T09:00:00Z", "2026-11-28T22:59:59Z" },	/* a Saturday */
		{ "6.9",      "2026-11-24T09:00:00Z", "2026-11-26T22:59:59Z" },
		{ "medium",   "2026-11-27T09:00:00Z", "2026-12-01T22:59:59Z" },	/* over a weekend */
		{ NULL,       "2026-10-23T09:00:00Z", "2026-10-27T22:59:59Z" },	/* and a clock change */
		{ "",         "2026-11-24T09:00:00Z", "2026-11-26T22:59:59Z" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		gint64 by = summons_call_by(cases[i].severity, times_parse_rfc3339(cases[i].now), ZONE, NULL);
		g_autofree char *text = times_rfc3339(by);

		g_assert_cmpstr(text, ==, cases[i].by);
	}
}

static void
test_moment(void)
{
	static const struct {
		const char *time, *language, *text;
	} cases[] = {
		{ "2026-11-26T22:59:59Z", "en", "Thursday 26 November" },
		{ "2026-11-26T22:59:59Z", "nl", "donderdag 26 november" },
		{ "2026-11-24T11:00:00Z", "nl", "24 november 2026, 12:00" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = summons_moment(times_parse_rfc3339(cases[i].time), ZONE,
		    cases[i].language);

		g_assert_cmpstr(text, ==, cases[i].text);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/summons/call-by", test_call_by);
	g_test_add_func("/summons/moment", test_moment);
	return g_test_run();
}
