/* times - points in time as people and mails write them; see times.h */

#include "times.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Names are ours and not the locale's: a mail's language is the reader's. */
typedef struct {
	const char *language;
	const char *days[7];		/* from Monday */
	const char *months[12];
} Names;

static const Names names[] = {
	{ "en",
	  { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" },
	  { "January", "February", "March", "April", "May", "June", "July", "August",
	    "September", "October", "November", "December" } },
	{ "nl",
	  { "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag" },
	  { "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus",
	    "september", "oktober", "november", "december" } },
};

static const Names *
names_of(const char *language)
{
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (g_strcmp0(names[i].language, language) == 0)
			return &names[i];
	return &names[0];
}

static GDateTime *
local_time(gint64 time, const char *zone)
{
	g_autoptr(GTimeZone) there = g_time_zone_new_identifier(zone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);

	return there != NULL ? g_date_time_to_timezone(utc, there) : g_steal_pointer(&utc);
}

char *
times_rfc3339(gint64 time)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);

	return g_date_time_format(utc, "%Y-%m-%dT%H:%M:%SZ");
}

char *
times_rfc5322(gint64 time)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);

	return g_strdup_printf("%.3s, %02d %.3s %04d %02d:%02d:%02d +0000",
	    names[0].days[g_date_time_get_day_of_week(utc) - 1],
	    g_date_time_get_day_of_month(utc),
	    names[0].months[g_date_time_get_month(utc) - 1], g_date_time_get_year(utc),
	    g_date_time_get_hour(utc), g_date_time_get_minute(utc),
	    g_date_time_get_second(utc));
}

gint64
times_parse_rfc3339(const char *text)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, NULL);

	if (time == NULL)
		return 0;
	return g_date_time_to_unix(time) * G_USEC_PER_SEC + g_date_time_get_microsecond(time);
}

char *
times_long(gint64 time, const char *zone, const char *language)
{
	g_autoptr(GDateTime) local = local_time(time, zone);

	return g_strdup_printf("%d %s %d, %02d:%02d", g_date_time_get_day_of_month(local),
	    names_of(language)->months[g_date_time_get_month(local) - 1],
	    g_date_time_get_year(local), g_date_time_get_hour(local),
	    g_date_time_get_minute(local));
}

char *
times_day(gint64 time, const char *zone, const char *language)
{
	g_autoptr(GDateTime) local = local_time(time, zone);
	const Names *words = names_of(language);

	return g_strdup_printf("%s %d %s", words->days[g_date_time_get_day_of_week(local) - 1],
	    g_date_time_get_day_of_month(local),
	    words->months[g_date_time_get_month(local) - 1]);
}

char *
times_date(gint64 time, const char *zone, const char *language)
{
	g_autoptr(GDateTime) local = local_time(time, zone);

	return g_strdup_printf("%d %s %d", g_date_time_get_day_of_month(local),
	    names_of(language)->months[g_date_time_get_month(local) - 1],
	    g_date_time_get_year(local));
}

char *
times_clock(gint64 time, const char *zone)
{
	g_autoptr(GDateTime) local = local_time(time, zone);

	return g_date_time_format(local, "%H:%M");
}

int
times_year(gint64 time, const char *zone)
{
	g_autoptr(GDateTime) local = local_time(time, zone);

	return g_date_time_get_year(local);
}

static GDate
date_of(GDateTime *local)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)g_date_time_get_day_of_month(local),
	    (GDateMonth)g_date_time_get_month(local), (GDateYear)g_date_time_get_year(local));
	return date;
}

static gint64
end_of(const GDate *date, GTimeZone *zone)
{
	g_autoptr(GDateTime) end = g_date_time_new(zone, g_date_get_year(date),
	    (int)g_date_get_month(date), g_date_get_day(date), 23, 59, 59);

	return g_date_time_to_unix(end) * G_USEC_PER_SEC;
}

/* Counted in local dates and not in hours, so that a change of the clock in
 * between neither adds nor takes a day. */
gint64
times_working_days(gint64 time, guint days, const char *zone, const Holidays *holidays)
{
	g_autoptr(GDateTime) local = local_time(time, zone);
	GDate date = date_of(local);

	while (days > 0) {
		g_date_add_days(&date, 1);
		if (g_date_get_weekday(&date) <= G_DATE_FRIDAY && !holidays_has(holidays, &date))
			days--;
	}
	return end_of(&date, g_date_time_get_timezone(local));
}

/* "2026-12-01" or "1-12-2026". */
static bool
read_date(const char *word, GDate *date)
{
	unsigned year, month, day;
	int length = 0;
	bool iso = strspn(word, "0123456789") == 4;

	if (iso ? sscanf(word, "%4u-%2u-%2u%n", &year, &month, &day, &length) != 3 :
	    sscanf(word, "%2u-%2u-%4u%n", &day, &month, &year, &length) != 3)
		return false;
	if (word[length] != '\0' || year < 2000 || day == 0 || day > 31 || month == 0 || month > 12 ||
	    !g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
		return false;
	g_date_set_dmy(date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
	return true;
}

/* The next day of that name, and not today. */
static bool
read_weekday(const char *word, GDate *date)
{
	guint today = g_date_get_weekday(date);

	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		for (guint day = 0; day < 7; day++)
			if (g_ascii_strcasecmp(word, names[i].days[day]) == 0) {
				g_date_add_days(date, (day + 7 - today) % 7 + 1);
				return true;
			}
	return false;
}

static bool
read_name(const char *word, GDate *date)
{
	static const struct {
		const char *name;
		guint days;
	} near[] = { { "today", 0 }, { "vandaag", 0 }, { "tomorrow", 1 }, { "morgen", 1 } };

	for (gsize i = 0; i < G_N_ELEMENTS(near); i++)
		if (g_ascii_strcasecmp(word, near[i].name) == 0) {
			g_date_add_days(date, near[i].days);
			return true;
		}
	return read_weekday(word, date);
}

gint64
times_read_day(const char *word, gint64 now, const char *zone, const Holidays *holidays)
{
	g_autoptr(GDateTime) local = local_time(now, zone);
	GDate date = date_of(local), today = date;
	guint64 days;

	if (word[0] == '+')
		return g_ascii_string_to_unsigned(word + 1, 10, 1, 1000, &days, NULL) ?
		    times_working_days(now, (guint)days, zone, holidays) : 0;
	if (!read_date(word, &date) && !read_name(word, &date))
		return 0;
	return g_date_compare(&date, &today) < 0 ? 0 : end_of(&date, g_date_time_get_timezone(local));
}

gint64
times_at(gint64 day, const char *clock, const char *zone)
{
	g_autoptr(GDateTime) local = local_time(day, zone);
	g_autoptr(GDateTime) moment = NULL;
	unsigned hour, minute;
	int length = 0;

	if (sscanf(clock, "%2u:%2u%n", &hour, &minute, &length) != 2 || clock[length] != '\0' ||
	    hour > 23 || minute > 59)
		return 0;
	moment = g_date_time_new(g_date_time_get_timezone(local), g_date_time_get_year(local),
	    g_date_time_get_month(local), g_date_time_get_day_of_month(local), (int)hour, (int)minute, 0);
	return g_date_time_to_unix(moment) * G_USEC_PER_SEC;
}
