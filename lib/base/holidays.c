/* holidays - see holidays.h */

#include "holidays.h"

#include <stdio.h>
#include <string.h>

#define FURTHEST 200		/* days from Easter */

/* One of three forms; what is not given is 0. */
typedef struct {
	guint year, month, day;
	bool easter;
	int from_easter;
} Holiday;

struct Holidays {
	GArray *days;		/* of Holiday */
};

Holidays *
holidays_new(void)
{
	Holidays *holidays = g_new0(Holidays, 1);

	holidays->days = g_array_new(FALSE, FALSE, sizeof(Holiday));
	return holidays;
}

void
holidays_free(Holidays *holidays)
{
	if (holidays == NULL)
		return;
	g_array_unref(holidays->days);
	g_free(holidays);
}

static bool
read_easter(const char *word, Holiday *holiday)
{
	gint64 days;

	holiday->easter = true;
	if (*word == '\0')
		return true;
	if ((*word != '+' && *word != '-') || !g_ascii_isdigit(word[1]) ||
	    !g_ascii_string_to_signed(word + (*word == '+'), 10, -FURTHEST, FURTHEST, &days, NULL))
		return false;
	holiday->from_easter = (int)days;
	return true;
}

/* Of every year a leap year is asked, so that 29 February may be one. */
static bool
read_date(const char *word, Holiday *holiday)
{
	int length = 0;
	bool whole = strlen(word) > strlen("01-01");
	int got = whole ? sscanf(word, "%4u-%2u-%2u%n", &holiday->year, &holiday->month,
	    &holiday->day, &length) : sscanf(word, "%2u-%2u%n", &holiday->month, &holiday->day, &length);

	return got == (whole ? 3 : 2) && word[length] == '\0' && holiday->month <= 12 &&
	    holiday->day <= 31 && g_date_valid_dmy((GDateDay)holiday->day,
	    (GDateMonth)holiday->month, (GDateYear)(whole ? holiday->year : 2000));
}

bool
holidays_add(Holidays *holidays, const char *day)
{
	Holiday holiday = { 0 };

	if (g_str_has_prefix(day, "easter") ? !read_easter(day + strlen("easter"), &holiday) :
	    !read_date(day, &holiday))
		return false;
	g_array_append_val(holidays->days, holiday);
	return true;
}

/* The Gregorian computus, by its anonymous form of 1876 (Meeus, Astronomical
 * Algorithms, chapter 8), whose letters these are. */
GDate
holidays_easter(guint year)
{
	guint a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4;
	guint f = (b + 8) / 25, g = (b - f + 1) / 3, h = (19 * a + b - d - g + 15) % 30;
	guint i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	guint m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(n % 31 + 1), (GDateMonth)(n / 31), (GDateYear)year);
	return date;
}

static bool
is_day(const Holiday *holiday, const GDate *date, const GDate *easter)
{
	if (holiday->easter)
		return g_date_days_between(easter, date) == holiday->from_easter;
	return g_date_get_month(date) == (GDateMonth)holiday->month &&
	    g_date_get_day(date) == holiday->day &&
	    (holiday->year == 0 || g_date_get_year(date) == holiday->year);
}

bool
holidays_has(const Holidays *holidays, const GDate *date)
{
	GDate easter = holidays_easter(g_date_get_year(date));

	for (guint i = 0; holidays != NULL && i < holidays->days->len; i++)
		if (is_day(&g_array_index(holidays->days, Holiday, i), date, &easter))
			return true;
	return false;
}
