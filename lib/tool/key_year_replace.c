/*
 * key_year_replace - another key at once, for key_year.h
 *
 * The new key takes its place before the old one is revoked: whatever is killed
 * in between, there is one that signs.
 */

#include "key_year.h"

#define HOUR (60 * 60)

/* What else lay in the ring when it was lost is as good as the current one. */
static void
give_up(Year *year, const Generation *but, ChangedWhy why)
{
	gint64 now = g_get_real_time();

	for (guint i = 0; i < year->generations->keys->len; i++) {
		Generation *key = g_ptr_array_index(year->generations->keys, i);

		if (key == but || key->until != 0)
			continue;
		key->until = now;
		key->why = why;
	}
}

static bool
is_given_up(const Generation *key)
{
	return key->until != 0 && key->why != CHANGED_YEAR;
}

/* Whatever was given up and is not revoked; what cannot be, in words. */
static char *
revoke_given_up(Year *year)
{
	g_autoptr(GError) because = NULL;

	for (guint i = 0; i < year->generations->keys->len; i++) {
		const Generation *key = g_ptr_array_index(year->generations->keys, i);
		g_autoptr(TeamKey) in_ring = is_given_up(key) && because == NULL ?
		    team_ring_key(year->ring, key->fingerprint, &because) : NULL;

		if (in_ring != NULL && !in_ring->revoked)
			year_revoke(year, key->fingerprint, &because);
	}
	return because != NULL ? g_strdup(because->message) : NULL;
}

static bool
in_hour(gint64 created)
{
	return created > g_get_real_time() / G_USEC_PER_SEC - HOUR;
}

/* Was the current key, or the one that waits, made in place of one that was
 * given up just now? NULL without an error: nothing is begun. */
static Generation *
begun(Year *year, GError **error)
{
	Generation *current = generations_find(year->generations, year->generations->current);
	bool cut_short = current != NULL && is_given_up(current), follows = cut_short;
	Generation *key = cut_short ? generations_next(year->generations) : current;
	g_autoptr(TeamKey) in_ring = NULL;

	for (guint i = 0; i < year->generations->keys->len; i++)
		follows = follows || is_given_up(g_ptr_array_index(year->generations->keys, i));
	if (key == NULL || !follows)
		return NULL;
	in_ring = team_ring_key(year->ring, key->fingerprint, error);
	return in_ring != NULL && in_hour(in_ring->created) ? key : NULL;
}

Generation *
year_replace(Year *year, int number, const char *algorithm, ChangedWhy why, char **left,
    GError **error)
{
	gint64 hour_ago = g_get_real_time() / G_USEC_PER_SEC - HOUR;
	GError *because = NULL;
	Generation *key = begun(year, &because);

	if (because != NULL) {
		g_propagate_error(error, because);
		return NULL;
	}
	if (key == NULL)
		key = year_begin(year, number, algorithm, hour_ago, error);
	if (key == NULL)
		return NULL;
	give_up(year, key, why);
	if (!generations_switch(year->generations, year->home, key->fingerprint, error))
		return NULL;
	*left = revoke_given_up(year);
	return key;
}
