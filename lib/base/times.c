/* times - points in time as people and mails write them; see times.h */

#include "times.h"

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

/* Counted in local dates and not in hours, so that a change of the clock in
 * between neither adds nor takes a day. */
gint64
times_working_days(gint64 time, guint days, const char *zone)
{
	g_autoptr(GDateTime) local = local_time(time, zone);
	g_autoptr(GDateTime) end = NULL;
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)g_date_time_get_day_of_month(local),
	    (GDateMonth)g_date_time_get_month(local), (GDateYear)g_date_time_get_year(local));
	while (days > 0) {
		g_date_add_days(&date, 1);
		if (g_date_get_weekday(&date) <= G_DATE_FRIDAY)
			days--;
	}
	end = g_date_time_new(g_date_time_get_timezone(local), g_date_get_year(&date),
	    (int)g_date_get_month(&date), g_date_get_day(&date), 23, 59, 59);
	return g_date_time_to_unix(end) * G_USEC_PER_SEC;
}
