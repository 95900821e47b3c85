/* key_year - the steps of the year; see key_year.h */

#include "key_year.h"

#include <string.h>

#include "armour.h"
#include "error.h"
#include "file.h"
#include "keyfile.h"
#include "template.h"
#include "times.h"

#define MASTER_MOST (1024 * 1024)

/* A key outlives its year by two months, so that a change that comes late does
 * not shut people out. */
#define LAST_MONTH 3

static Year *
open_ring(const Settings *settings, const char *home, GError **error)
{
	g_autoptr(Year) year = g_new0(Year, 1);

	year->settings = settings;
	year->home = g_strdup(home);
	year->inspector = pgp_inspector(settings->run_folder, error);
	if (year->inspector == NULL)
		return NULL;
	year->ring = team_ring_open(home, settings->run_folder, error);
	year->generations = year->ring != NULL ? generations_load(home, error) : NULL;
	return year->generations != NULL ? g_steal_pointer(&year) : NULL;
}

Year *
year_look(const Settings *settings, GError **error)
{
	g_autoptr(Year) year = open_ring(settings, settings->gnupg_home, error);

	if (year != NULL && *settings->team_key != '\0') {
		g_free(year->generations->current);
		year->generations->current = g_strdup(settings->team_key);
	}
	return g_steal_pointer(&year);
}

Year *
year_open(const Settings *settings, const char *home, GError **error)
{
	if (*settings->team_key != '\0') {
		error_set(error, SLUIS_ERROR_REFUSED, "%s names the team's key, so that nothing can "
		    "follow it: take the row keys.team out; the file team of the key ring names it too",
		    settings->file);
		return NULL;
	}
	return open_ring(settings, home != NULL ? home : settings->gnupg_home, error);
}

void
year_close(Year *year)
{
	if (year == NULL)
		return;
	g_clear_pointer(&year->generations, generations_free);
	g_clear_pointer(&year->ring, team_ring_close);
	g_clear_pointer(&year->inspector, pgp_free);
	g_clear_pointer(&year->master_key, g_bytes_unref);
	g_free(year->master);
	g_free(year->home);
	g_free(year);
}

bool
year_master(Year *year, GError **error)
{
	const Settings *settings = year->settings;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Certificate) key = NULL;

	if (year->master != NULL)
		return true;
	if (*settings->master_key == '\0' || *settings->master_file == '\0')
		return error_set(error, SLUIS_ERROR_SETUP, "%s does not say which master key certifies "
		    "the team's: keys.master and keys.master_file", settings->file);
	bytes = file_read(settings->master_file, MASTER_MOST, error);
	key = bytes != NULL ? pgp_certificate_minimise(year->inspector, bytes, error) : NULL;
	if (key == NULL)
		return error_because(error, SLUIS_ERROR_SETUP, "the master key");
	if (!g_str_equal(key->fingerprint, settings->master_key))
		return error_set(error, SLUIS_ERROR_SETUP, "%s: this is %s, and keys.master says %s",
		    settings->master_file, key->fingerprint, settings->master_key);
	if (g_strcmp0(key->unusable, "revoked") == 0)
		return error_set(error, SLUIS_ERROR_SETUP, "%s: the master key is revoked",
		    settings->master_file);
	year->master = g_strdup(key->fingerprint);
	year->master_key = g_bytes_ref(key->bytes);
	return true;
}

static GPtrArray *
user_ids(const Year *year, const TeamKey *from)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	const GPtrArray *inboxes = year->settings->inboxes;

	for (guint i = 0; i < from->user_ids->len; i++)
		g_ptr_array_add(ids, g_strdup(g_ptr_array_index(from->user_ids, i)));
	for (guint i = 0; i < inboxes->len; i++) {
		const Inbox *inbox = g_ptr_array_index(inboxes, i);

		if (!g_ptr_array_find_with_equal_func(from->addresses, inbox->address, g_str_equal, NULL))
			g_ptr_array_add(ids, g_strdup(inbox->address));
	}
	return ids;
}

/* One that was begun and not noted, because that was cut short, is newer than
 * the current one and in no list. */
static char *
stray(Year *year, gint64 since, GError **error)
{
	g_autoptr(GPtrArray) keys = team_ring_keys(year->ring, error);

	for (guint i = 0; keys != NULL && i < keys->len; i++) {
		const TeamKey *key = g_ptr_array_index(keys, i);

		if (key->created > since && key->has_primary && !key->revoked &&
		    generations_find(year->generations, key->fingerprint) == NULL)
			return g_strdup(key->fingerprint);
	}
	return NULL;
}

/* gpg writes what takes a key back when the key is there. One that was cut off
 * before that nobody has seen, and is given up. */
static bool
is_whole(Year *year, char **begun, GError **error)
{
	g_autoptr(GBytes) revocation = *begun != NULL ?
	    team_ring_revocation(year->ring, *begun, NULL) : NULL;

	if (*begun == NULL || revocation != NULL)
		return true;
	if (!team_ring_drop(year->ring, *begun, error))
		return false;
	g_clear_pointer(begun, g_free);
	return true;
}

Generation *
year_begin(Year *year, int number, const char *algorithm, gint64 since, GError **error)
{
	g_autoptr(TeamKey) current = team_ring_key(year->ring, year->generations->current, error);
	g_autoptr(GDateTime) end = g_date_time_new_utc(number + 1, LAST_MONTH, 1, 0, 0, 0);
	g_autoptr(GPtrArray) ids = current != NULL ? user_ids(year, current) : NULL;
	g_autofree char *begun = NULL;
	g_autofree char *fingerprint = NULL;
	GError *because = NULL;
	Generation *key;

	if (current == NULL)
		return NULL;
	begun = stray(year, MAX(since, current->created), &because);
	if (because != NULL || !is_whole(year, &begun, &because)) {
		g_propagate_error(error, because);
		return NULL;
	}
	fingerprint = team_ring_make(year->ring, ids, algorithm, g_date_time_to_unix(end), begun, error);
	if (fingerprint == NULL)
		return NULL;
	generations_add(year->generations, year->generations->current);
	key = generations_add(year->generations, fingerprint);
	key->year = number;
	return key;
}

static bool
certify_by_current(Year *year, const Generation *key, GError **error)
{
	const char *current = year->generations->current;
	g_autoptr(GBytes) by = team_ring_export(year->ring, current, error);
	g_autoptr(GBytes) certificate = by != NULL ?
	    team_ring_export(year->ring, key->fingerprint, error) : NULL;
	g_autofree char *why = NULL;

	if (certificate == NULL || !team_certified(year->settings->run_folder, certificate, by,
	    current, &why, error))
		return false;
	return why == NULL || team_ring_certify(year->ring, key->fingerprint, current, error);
}

Generation *
year_make(Year *year, int number, const char *algorithm, GError **error)
{
	Generation *key = generations_next(year->generations);

	if (key != NULL && key->year != number) {
		error_set(error, SLUIS_ERROR_REFUSED, "a key for %d was made and waits: sluis key certify, "
		    "then sluis key switch", key->year);
		return NULL;
	}
	if (key == NULL) {
		key = year_begin(year, number, algorithm, 0, error);
		if (key == NULL || !generations_save(year->generations, year->home, error))
			return NULL;
	}
	return certify_by_current(year, key, error) ? key : NULL;
}

bool
year_revoke(Year *year, const char *fingerprint, GError **error)
{
	g_autoptr(GBytes) packets = team_ring_revocation(year->ring, fingerprint, error);

	return packets != NULL && team_ring_import(year->ring, packets, error);
}

Generation *
year_before(const Year *year, const Generation *key)
{
	const GPtrArray *keys = year->generations->keys;
	Generation *before = NULL;

	if (key->until == 0 && !g_str_equal(key->fingerprint, year->generations->current))
		return generations_find(year->generations, year->generations->current);
	for (guint i = 0; i < keys->len && g_ptr_array_index(keys, i) != key; i++) {
		Generation *one = g_ptr_array_index(keys, i);

		if (generation_is_former(year->generations, one) &&
		    (before == NULL || one->until >= before->until))
			before = one;
	}
	return before;
}

/* The key before the one it is about: the current one where nothing is noted. */
static const char *
name_before(const Year *year, const Generation *key)
{
	const Generation *before = year_before(year, key);
	bool is_current = g_str_equal(key->fingerprint, year->generations->current);

	return before != NULL ? before->fingerprint : is_current ? NULL : year->generations->current;
}

bool
year_missing(Year *year, const Generation *key, char **by_former, char **by_master,
    GError **error)
{
	const char *run = year->settings->run_folder;
	const char *before = name_before(year, key);
	const Generation *former = before != NULL ? generations_find(year->generations, before) : NULL;
	g_autoptr(GBytes) certificate = team_ring_export(year->ring, key->fingerprint, error);
	g_autoptr(GBytes) by = NULL;

	*by_former = *by_master = NULL;
	if (certificate == NULL || !year_master(year, error) ||
	    !team_certified(run, certificate, year->master_key, year->master, by_master, error))
		return false;
	if (before == NULL || (former != NULL && former->until != 0 && former->why != CHANGED_YEAR))
		return true;
	by = team_ring_export(year->ring, before, error);
	return by != NULL && team_certified(run, certificate, by, before, by_former, error);
}

GBytes *
year_public(Year *year, const char *fingerprint, GError **error)
{
	g_autoptr(GPtrArray) others = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	g_autoptr(GPtrArray) keys = team_ring_keys(year->ring, error);
	g_autoptr(GBytes) certificate = keys != NULL ?
	    team_ring_export(year->ring, fingerprint, error) : NULL;

	if (certificate == NULL)
		return NULL;
	if (year->master_key != NULL)
		g_ptr_array_add(others, g_bytes_ref(year->master_key));
	for (guint i = 0; i < keys->len; i++) {
		const TeamKey *key = g_ptr_array_index(keys, i);
		GBytes *one;

		if (g_str_equal(key->fingerprint, fingerprint))
			continue;
		one = team_ring_export(year->ring, key->fingerprint, error);
		if (one == NULL)
			return NULL;
		g_ptr_array_add(others, one);
	}
	return team_cleaned(year->settings->run_folder, certificate, others, error);
}

char *
year_request(Year *year, const Generation *key, GError **error)
{
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autoptr(TeamKey) about = team_ring_key(year->ring, key->fingerprint, error);
	g_autoptr(GBytes) public = about != NULL && year_master(year, error) ?
	    year_public(year, key->fingerprint, error) : NULL;
	g_autoptr(GString) ids = g_string_new(NULL);
	g_autofree char *block = NULL;
	g_autoptr(Text) text = NULL;

	if (public == NULL)
		return NULL;
	for (guint i = 0; i < about->user_ids->len; i++)
		g_string_append_printf(ids, "   %s\n", (char *)g_ptr_array_index(about->user_ids, i));
	g_hash_table_insert(values, (gpointer)"fingerprint", g_strdup(key->fingerprint));
	g_hash_table_insert(values, (gpointer)"year", g_strdup_printf("%d", key->year));
	g_hash_table_insert(values, (gpointer)"user_ids", g_strdup(ids->str));
	g_hash_table_insert(values, (gpointer)"master", g_strdup(year->master));
	text = template_fill(year->settings->text_folder, year->settings->team_language, "certify",
	    values, error);
	block = keyfile_armour(public);
	return text != NULL ? g_strconcat(text->subject, "\n\n", text->body, "\n", block, NULL) : NULL;
}

/* It says nothing of user ids the key has not got. */
static bool
same_user_ids(Year *year, const Certificate *certified, GError **error)
{
	g_autoptr(TeamKey) ours = team_ring_key(year->ring, certified->fingerprint, error);

	for (guint i = 0; ours != NULL && i < certified->user_ids->len; i++) {
		const char *id = g_ptr_array_index(certified->user_ids, i);

		if (!g_ptr_array_find_with_equal_func(ours->user_ids, id, g_str_equal, NULL))
			return error_set(error, SLUIS_ERROR_REFUSED,
			    "it certifies the user id \"%s\", which the key has not got", id);
	}
	return ours != NULL;
}

static Generation *
wanted(Year *year, const Certificate *certified, GError **error)
{
	Generation *key = generations_find(year->generations, certified->fingerprint);
	const Generation *next = generations_next(year->generations);

	if (key != NULL && (key == next ||
	    g_str_equal(key->fingerprint, year->generations->current)))
		return key;
	error_set(error, SLUIS_ERROR_REFUSED, "it is about another key, %s%s%s",
	    certified->fingerprint, next != NULL ? ", and wanted is " : "",
	    next != NULL ? next->fingerprint : "");
	return NULL;
}

/* What is read as a certificate has lost what others say of it, which is what
 * the file is about. */
static GBytes *
with_certifications(GBytes *file)
{
	gsize length;
	const char *text = g_bytes_get_data(file, &length);
	GBytes *binary = armour_open(text, length);

	return binary != NULL ? binary : g_bytes_ref(file);
}

Generation *
year_certify(Year *year, GBytes *file, GError **error)
{
	g_autoptr(GPtrArray) master = g_ptr_array_new();
	g_autoptr(Certificate) certified = NULL;
	g_autoptr(GBytes) whole = with_certifications(file);
	g_autoptr(GBytes) clean = NULL;
	g_autofree char *why = NULL;
	Generation *key;

	if (!year_master(year, error))
		return NULL;
	certified = pgp_certificate(year->inspector, file, error);
	key = certified != NULL ? wanted(year, certified, error) : NULL;
	if (key == NULL || !same_user_ids(year, certified, error) ||
	    !team_certified(year->settings->run_folder, whole, year->master_key,
	    year->master, &why, error))
		return NULL;
	if (why != NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "not certified by the master key %s: %s",
		    year->master, why);
		return NULL;
	}
	g_ptr_array_add(master, year->master_key);
	clean = team_cleaned(year->settings->run_folder, whole, master, error);
	return clean != NULL && team_ring_import(year->ring, clean, error) ? key : NULL;
}

static bool
complain(const char *by_former, const char *by_master, GError **error)
{
	if (by_master != NULL)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "the master key has not certified it: %s; sluis key certify FILE", by_master);
	return by_former == NULL || error_set(error, SLUIS_ERROR_REFUSED,
	    "the key of today has not certified it: %s; sluis key rotate goes on", by_former);
}

bool
year_switch(Year *year, GError **error)
{
	Generation *key = generations_next(year->generations);
	g_autofree char *by_former = NULL, *by_master = NULL;
	Generation *former;

	if (key == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "there is no new key: sluis key rotate --year YYYY");
	if (!year_missing(year, key, &by_former, &by_master, error) ||
	    !complain(by_former, by_master, error))
		return false;
	former = generations_add(year->generations, year->generations->current);
	former->until = g_get_real_time();
	former->why = CHANGED_YEAR;
	return generations_switch(year->generations, year->home, key->fingerprint, error);
}

bool
year_retire(Year *year, const char *fingerprint, GError **error)
{
	Generation *key = generations_find(year->generations, fingerprint);
	g_autofree char *day = NULL;

	if (key == NULL || !generation_is_former(year->generations, key))
		return error_set(error, SLUIS_ERROR_REFUSED, "%s is no former key of the team: "
		    "sluis key list", fingerprint);
	day = times_rfc3339(generation_retires(key));
	if (generation_retires(key) > g_get_real_time())
		return error_set(error, SLUIS_ERROR_REFUSED, "%s decrypts until %.10s: what was sent to "
		    "it before then would be lost", key->fingerprint, day);
	if (!year_revoke(year, key->fingerprint, error) ||
	    !team_ring_forget(year->ring, key->fingerprint, error))
		return false;
	if (key->retired == 0)
		key->retired = g_get_real_time();
	return generations_save(year->generations, year->home, error);
}
