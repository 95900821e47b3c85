/* key_publish_check - is what others see of our keys what they should see? sluis
 * key check --published */

#include "key_year.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "print.h"
#include "times.h"

#define MOST (4 * 1024 * 1024)

static const Column columns[] = {
	{ "STATE", "state", PRINT_TEXT },
	{ "CHECK", "check", PRINT_TEXT },
	{ "WHY", "text", PRINT_TEXT },
	{ "WHERE", "where", PRINT_TEXT },
	{ NULL }
};

/* One published thing being looked at. */
typedef struct {
	Year *year;
	Json *findings;
	const char *where;
} Look;

/* why NULL: it is as it should be. */
static void
find(const Look *look, const char *check, const char *why)
{
	Json *one = json_new_object();

	json_put_text(one, "where", look->where);
	json_put_text(one, "check", check);
	json_put_text(one, "state", why == NULL ? "good" : "wrong");
	json_put_text(one, "text", why != NULL ? why : "");
	json_add(look->findings, one);
}

static bool
certified_by(const Look *look, GBytes *seen, GBytes *by, const char *fingerprint,
    const char *check, GError **error)
{
	g_autofree char *why = NULL;

	if (!team_certified(look->year->settings->run_folder, seen, by, fingerprint, &why, error))
		return false;
	find(look, check, why);
	return true;
}

static bool
look_at_certifications(const Look *look, const Generation *key, GBytes *seen, GError **error)
{
	Year *year = look->year;
	const Generation *before = key != NULL ? year_before(year, key) : NULL;
	g_autoptr(GBytes) by = NULL;

	if (!certified_by(look, seen, year->master_key, year->master, "certified by the master key",
	    error))
		return false;
	if (before == NULL || (before->until != 0 && before->why != CHANGED_YEAR))
		return true;
	by = team_ring_export(year->ring, before->fingerprint, error);
	return by != NULL && certified_by(look, seen, by, before->fingerprint,
	    "certified by the key before", error);
}

static bool
same_texts(const GPtrArray *one, GPtrArray *other)
{
	if (one->len != other->len)
		return false;
	for (guint i = 0; i < one->len; i++)
		if (!g_ptr_array_find_with_equal_func(other, g_ptr_array_index(one, i), g_str_equal, NULL))
			return false;
	return true;
}

/* The key itself: what the copy says of it, held against the ring. */
static bool
look_at_key(const Look *look, const char *fingerprint, GBytes *seen, GError **error)
{
	Year *year = look->year;
	g_autoptr(GBytes) ours = team_ring_export(year->ring, fingerprint, error);
	g_autoptr(Certificate) wanted = ours != NULL ?
	    pgp_certificate(year->inspector, ours, error) : NULL;
	g_autoptr(Certificate) have = wanted != NULL ?
	    pgp_certificate(year->inspector, seen, error) : NULL;

	if (have == NULL)
		return false;
	find(look, "usable", have->unusable);
	find(look, "user ids", same_texts(have->user_ids, wanted->user_ids) ? NULL :
	    "others than the key has");
	find(look, "subkeys", same_texts(have->subkeys, wanted->subkeys) ? NULL :
	    "others than the key has");
	find(look, "expiry", have->expires == wanted->expires ? NULL : "an old copy, or another's");
	return look_at_certifications(look, generations_find(year->generations, fingerprint), seen,
	    error);
}

/* A former key that is to be seen as revoked. */
static bool
look_at_former(const Look *look, const Generation *key, GBytes *bundle, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) seen = team_pick(look->year->settings->run_folder, bundle,
	    key->fingerprint, &because);
	g_autoptr(Certificate) have = NULL;

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (seen == NULL)
		return true;
	have = pgp_certificate(look->year->inspector, seen, error);
	if (have != NULL)
		find(look, "former key revoked", g_strcmp0(have->unusable, "revoked") == 0 ? NULL :
		    key->fingerprint);
	return have != NULL;
}

static bool
look_at_formers(const Look *look, GBytes *bundle, GError **error)
{
	const Generations *generations = look->year->generations;

	for (guint i = 0; i < generations->keys->len; i++) {
		const Generation *key = g_ptr_array_index(generations->keys, i);

		if (generation_is_former(generations, key) &&
		    (key->why != CHANGED_YEAR || key->retired != 0) &&
		    !look_at_former(look, key, bundle, error))
			return false;
	}
	return true;
}

static bool
look_at_keys(const Look *look, GBytes *bundle, GError **error)
{
	const char *current = look->year->generations->current;
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) seen = team_pick(look->year->settings->run_folder, bundle, current, &because);

	if (seen == NULL && because != NULL && !error_is(because, SLUIS_ERROR_REFUSED)) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	find(look, "the key of today", seen != NULL ? NULL :
	    because != NULL ? because->message : "not in it");
	return seen == NULL || (look_at_key(look, current, seen, error) &&
	    look_at_formers(look, bundle, error));
}

/* "Expires: ..." in what was signed. */
static const char *
security_trouble(GBytes *text)
{
	g_autofree char *copy = g_strndup(g_bytes_get_data(text, NULL), g_bytes_get_size(text));
	const char *field = strstr(copy, "Expires: ");
	g_autofree char *value = field != NULL ?
	    g_strndup(field + strlen("Expires: "), strcspn(field + strlen("Expires: "), "\r\n")) : NULL;
	gint64 end = value != NULL ? times_parse_rfc3339(value) : 0;

	if (end == 0)
		return "it does not say when it expires";
	if (end < g_get_real_time())
		return "it has expired";
	return end > g_get_real_time() + 366 * G_TIME_SPAN_DAY ? "it expires in more than a year" : NULL;
}

static bool
look_at_security(const Look *look, GBytes *block, GError **error)
{
	Year *year = look->year;
	g_autoptr(GBytes) ours = team_ring_export(year->ring, year->generations->current, error);
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) text = NULL;

	if (ours == NULL)
		return false;
	text = team_verify(year->settings->run_folder, block, ours, &because);
	if (text == NULL && !error_is(because, SLUIS_ERROR_REFUSED)) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	find(look, "signed by the team's key", text != NULL ? NULL : because->message);
	if (text != NULL)
		find(look, "expiry", security_trouble(text));
	return true;
}

static bool
look_at_file(Look *look, const char *folder, const char *name,
    bool (*act)(const Look *look, GBytes *bytes, GError **error), GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) bytes = file_read(path, MOST, &because);

	look->where = name;
	if (bytes != NULL)
		return act(look, bytes, error);
	find(look, "there", because->message);
	return true;
}

static bool
look_at_folder(Look *look, const char *folder, GError **error)
{
	Year *year = look->year;
	g_autoptr(TeamKey) key = team_ring_key(year->ring, year->generations->current, error);

	if (key == NULL || !look_at_file(look, folder, "team-keys.asc", look_at_keys, error) ||
	    !look_at_file(look, folder, "security.txt", look_at_security, error))
		return false;
	for (guint i = 0; i < 2 * key->addresses->len; i++) {
		g_autofree char *name = publish_place(g_ptr_array_index(key->addresses, i / 2), i % 2 == 0,
		    error);

		if (name == NULL || !look_at_file(look, folder, name, look_at_keys, error))
			return false;
	}
	return true;
}

Json *
published_look(Year *year, const char *path, GError **error)
{
	g_autoptr(Json) findings = json_new_array();
	Look look = { .year = year, .findings = findings, .where = path };
	g_autoptr(GBytes) bytes = NULL;
	bool done;

	if (!year_master(year, error))
		return NULL;
	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		done = look_at_folder(&look, path, error);
	} else {
		bytes = g_str_has_prefix(path, "-----BEGIN ") ? g_bytes_new(path, strlen(path)) :
		    file_read(path, MOST, error);
		look.where = "the copy";
		done = bytes != NULL && look_at_keys(&look, bytes, error);
	}
	return done ? g_steal_pointer(&findings) : NULL;
}

bool
key_published(const Order *order, GError **error)
{
	g_autoptr(Year) year = year_look(order->settings, error);
	g_autoptr(Json) findings = year != NULL ?
	    published_look(year, order_text(order, "published"), error) : NULL;
	guint wrong = 0;

	if (findings == NULL || !print_list(order, findings, columns, error))
		return false;
	for (guint i = 0; i < json_length(findings); i++)
		wrong += strcmp(json_text(json_at(findings, i), "state"), "wrong") == 0;
	return wrong == 0 || error_set(error, SLUIS_ERROR_REFUSED,
	    "what is published is not what it should be: %u of %u checks", wrong,
	    json_length(findings));
}
