/*
 * times - points in time as people and mails write them
 *
 * A time is a gint64 of microseconds since 1970 UTC, as g_get_real_time()
 * gives it. People read the team's zone, machines read UTC.
 */

#ifndef SLUIS_BASE_TIMES_H
#define SLUIS_BASE_TIMES_H

#include <glib.h>

#include "holidays.h"

char *times_rfc3339(gint64 time);		/* 2026-11-24T01:11:09Z */
char *times_rfc5322(gint64 time);		/* Tue, 24 Nov 2026 01:11:09 +0000 */
gint64 times_parse_rfc3339(const char *text);	/* 0 if it is none */

/* "24 November 2026, 02:11" and "Tuesday 1 December", in that language (nl,
 * en; others as en) and zone. */
char *times_long(gint64 time, const char *zone, const char *language);
char *times_day(gint64 time, const char *zone, const char *language);
char *times_date(gint64 time, const char *zone, const char *language);	/* 23 January 2027 */
char *times_clock(gint64 time, const char *zone);	/* 02:11 */
int times_year(gint64 time, const char *zone);

/* The end of the n-th working day (Monday to Friday, and no holiday; NULL: there
 * are none) after that time. */
gint64 times_working_days(gint64 time, guint days, const char *zone, const Holidays *holidays);

/*
 * A day as people write it, today or later: "2026-12-01", "1-12-2026", "+5"
 * (working days), "friday", "today", "tomorrow", also in Dutch. The end of that
 * day in the zone; 0 if it is none, or past.
 */
gint64 times_read_day(const char *word, gint64 now, const char *zone, const Holidays *holidays);

/* The same day at "14:30"; 0 if that is no time. */
gint64 times_at(gint64 day, const char *clock, const char *zone);

#endif
