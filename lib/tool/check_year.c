/* check_year - is next year's team key on its way? see checkup.h */

#include "checkup.h"

#include <string.h>

#include "key_year.h"
#include "times.h"

#define EARLY (45 * G_TIME_SPAN_DAY)
#define DECEMBER 12

static int
month_of(gint64 time, const char *zone)
{
	g_autoptr(GTimeZone) where = g_time_zone_new_identifier(zone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, where);

	return g_date_time_get_month(local);
}

static void
look_at_next(Checkup *checkup, Year *year, const TeamKey *current)
{
	const char *zone = checkup->settings->team_zone;
	const Generation *one = generations_find(year->generations, current->fingerprint);
	gint64 now = g_get_real_time();
	int number = times_year(now, zone);
	bool december = month_of(now, zone) == DECEMBER && (one == NULL || one->year <= number);
	bool ends = current->expires != 0 && current->expires * G_USEC_PER_SEC < now + EARLY;
	g_autofree char *remedy = g_strdup_printf("sluis key rotate --year %d", december ? number + 1 :
	    number);

	if (generations_next(year->generations) == NULL && (december || ends))
		checkup_add(checkup, FINDING_SOON, remedy, "there is no key for %s yet",
		    december ? "next year" : "when this one ends");
}

static void
look_at_waiting(Checkup *checkup, Year *year)
{
	const Generation *next = generations_next(year->generations);
	g_autofree char *former = NULL, *master = NULL;
	g_autoptr(GError) why = NULL;

	if (next == NULL)
		return;
	if (!year_missing(year, next, &former, &master, &why))
		checkup_add(checkup, FINDING_SOON, "editor sluis.yaml", "%s", why->message);
	else if (master != NULL || former != NULL)
		checkup_add(checkup, FINDING_SOON, "sluis key certify FILE",
		    "the key for %d is not certified yet: %s", next->year, master != NULL ? master : former);
	else if (times_year(g_get_real_time(), checkup->settings->team_zone) >= next->year)
		checkup_add(checkup, FINDING_SOON, "sluis key switch",
		    "its year has begun, and the key for %d waits", next->year);
}

static void
look_at_former(Checkup *checkup, Year *year, const TeamKey *key)
{
	const Generation *one = generations_find(year->generations, key->fingerprint);
	g_autofree char *retire = g_strdup_printf("sluis key retire %s", key->fingerprint);
	g_autofree char *revoke = g_strdup_printf("gpg --homedir %s --import FILE", year->home);

	if (one == NULL || !generation_is_former(year->generations, one))
		return;
	if (one->why != CHANGED_YEAR && !key->revoked)
		checkup_add(checkup, FINDING_WRONG, revoke, "%s was %s and is not revoked",
		    key->fingerprint, changed_word(one->why));
	if (key->has_secret && generation_retires(one) <= g_get_real_time())
		checkup_add(checkup, FINDING_SOON, retire, "%s is former for three years",
		    key->fingerprint);
}

void
check_year(Checkup *checkup)
{
	g_autoptr(GError) why = NULL;
	g_autoptr(Year) year = checkup_is_new(checkup) ? NULL : year_look(checkup->settings, &why);
	g_autoptr(GPtrArray) keys = year != NULL ? team_ring_keys(year->ring, &why) : NULL;

	if (keys == NULL) {
		checkup_skip(checkup, "needs the team's key");
		return;
	}
	if (*checkup->settings->team_key != '\0')
		checkup_add(checkup, FINDING_SOON, "editor sluis.yaml", "%s names the team's key, so that "
		    "nothing can follow it: keys.team", checkup->settings->file);
	for (guint i = 0; i < keys->len; i++) {
		const TeamKey *key = g_ptr_array_index(keys, i);

		if (g_str_equal(key->fingerprint, year->generations->current))
			look_at_next(checkup, year, key);
		look_at_former(checkup, year, key);
	}
	look_at_waiting(checkup, year);
}
