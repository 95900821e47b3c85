/* generations - see generations.h */

#include "generations.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "json.h"
#include "times.h"

#define MOST (256 * 1024)
#define KEPT_YEARS 3

static const char *const words[] = {
	[CHANGED_YEAR] = "year", [CHANGED_LOST] = "lost", [CHANGED_STOLEN] = "stolen",
};

const char *
changed_word(ChangedWhy why)
{
	return words[why];
}

bool
changed_of(const char *word, ChangedWhy *why)
{
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		if (g_strcmp0(words[i], word) == 0) {
			*why = (ChangedWhy)i;
			return true;
		}
	return false;
}

static void
generation_free(gpointer data)
{
	Generation *key = data;

	g_free(key->fingerprint);
	g_free(key);
}

void
generations_free(Generations *generations)
{
	if (generations == NULL)
		return;
	g_free(generations->current);
	g_ptr_array_unref(generations->keys);
	g_free(generations);
}

static gint64
time_of(const Json *json, const char *key)
{
	const char *text = json_text(json, key);

	return text != NULL ? times_parse_rfc3339(text) : 0;
}

static bool
take(Generations *generations, const Json *list, const char *path, GError **error)
{
	for (guint i = 0; i < json_length(list); i++) {
		const Json *one = json_at(list, i);
		const char *name = json_text(one, "key");
		const char *why = json_text(one, "why");
		Generation *key;

		if (name == NULL || strlen(name) != 40)
			return error_set(error, SLUIS_ERROR_SETUP, "%s: key %u has no fingerprint",
			    path, i + 1);
		key = generations_add(generations, name);
		key->year = (int)json_int(one, "year");
		key->until = time_of(one, "until");
		key->retired = time_of(one, "retired");
		if (why != NULL && !changed_of(why, &key->why))
			return error_set(error, SLUIS_ERROR_SETUP, "%s: \"%s\" is no reason", path, why);
	}
	return true;
}

Generations *
generations_load(const char *home, GError **error)
{
	g_autoptr(Generations) generations = g_new0(Generations, 1);
	g_autofree char *path = g_build_filename(home, "generations", NULL);
	g_autofree char *team = g_build_filename(home, "team", NULL);
	g_autoptr(GBytes) name = NULL;
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Json) list = NULL;

	generations->keys = g_ptr_array_new_with_free_func(generation_free);
	generations->current = g_strdup("");
	if (g_file_test(team, G_FILE_TEST_EXISTS)) {
		name = file_read(team, 64, error);
		if (name == NULL)
			return NULL;
		g_free(generations->current);
		generations->current = g_strstrip(g_strndup(g_bytes_get_data(name, NULL),
		    g_bytes_get_size(name)));
	}
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return g_steal_pointer(&generations);
	bytes = file_read(path, MOST, error);
	list = bytes != NULL ? json_parse(bytes, error) : NULL;
	return list != NULL && take(generations, list, path, error) ?
	    g_steal_pointer(&generations) : NULL;
}

bool
generations_save(const Generations *generations, const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "generations", NULL);
	g_autoptr(Json) list = json_new_array();
	g_autofree char *text = NULL;

	for (guint i = 0; i < generations->keys->len; i++) {
		const Generation *key = g_ptr_array_index(generations->keys, i);
		Json *one = json_new_object();

		json_put_text(one, "key", key->fingerprint);
		json_put_int(one, "year", key->year);
		json_put_time(one, "until", key->until);
		json_put_text(one, "why", key->until != 0 ? changed_word(key->why) : NULL);
		json_put_time(one, "retired", key->retired);
		json_add(list, one);
	}
	text = json_pretty(list);
	return file_write(path, text, strlen(text), 0600, error);
}

bool
generations_switch(Generations *generations, const char *home, const char *fingerprint,
    GError **error)
{
	g_autofree char *path = g_build_filename(home, "team", NULL);

	if (!generations_save(generations, home, error) ||
	    !file_write(path, fingerprint, strlen(fingerprint), 0600, error))
		return false;
	g_free(generations->current);
	generations->current = g_strdup(fingerprint);
	return true;
}

Generation *
generations_find(const Generations *generations, const char *fingerprint)
{
	for (guint i = 0; i < generations->keys->len; i++) {
		Generation *key = g_ptr_array_index(generations->keys, i);

		if (g_ascii_strcasecmp(key->fingerprint, fingerprint) == 0)
			return key;
	}
	return NULL;
}

Generation *
generations_add(Generations *generations, const char *fingerprint)
{
	Generation *key = generations_find(generations, fingerprint);

	if (key != NULL)
		return key;
	key = g_new0(Generation, 1);
	key->fingerprint = g_ascii_strup(fingerprint, -1);
	g_ptr_array_add(generations->keys, key);
	return key;
}

Generation *
generations_next(const Generations *generations)
{
	for (guint i = 0; i < generations->keys->len; i++) {
		Generation *key = g_ptr_array_index(generations->keys, i);

		if (key->until == 0 && !g_str_equal(key->fingerprint, generations->current))
			return key;
	}
	return NULL;
}

bool
generation_is_former(const Generations *generations, const Generation *key)
{
	return key->until != 0 && !g_str_equal(key->fingerprint, generations->current);
}

gint64
generation_retires(const Generation *key)
{
	g_autoptr(GDateTime) until = g_date_time_new_from_unix_utc(key->until / G_USEC_PER_SEC);
	g_autoptr(GDateTime) then = g_date_time_add_years(until, KEPT_YEARS);

	return g_date_time_to_unix(then) * G_USEC_PER_SEC;
}
