/* key_year_verbs - sluis key list, rotate, certify, switch, retire; see key_year.h */

#include "key_year.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "keyfile.h"
#include "options.h"
#include "print.h"
#include "times.h"
#include "updates.h"

#define FILE_MOST (1024 * 1024)

static const Column in_list[] = {
	{ "KEY", "fingerprint", PRINT_TEXT },
	{ "STATE", "state", PRINT_TEXT },
	{ "YEAR", "year", PRINT_TEXT },
	{ "ALGORITHM", "algorithm", PRINT_TEXT },
	{ "EXPIRES", "expires", PRINT_TEXT },
	{ "UNUSABLE", "unusable", PRINT_TEXT },
	{ "CERTIFIED BY", "certified", PRINT_TEXTS },
	{ "STILL WRITTEN TO", "mails", PRINT_NUMBER },
	{ "TOLD", "told", PRINT_NUMBER },
	{ "USER IDS", "user_ids", PRINT_TEXTS },
	{ NULL }
};

const OrderOption rotate_options[] = {
	{ "year", "YYYY" }, { "algorithm", "cv25519|rsa4096" }, { "emergency", NULL },
	{ "lost", NULL }, { "rehearse", NULL }, { NULL }
};

/* --- list --- */

static const char *
state_of(const Generations *generations, const char *fingerprint)
{
	const Generation *key = generations_find(generations, fingerprint);

	if (g_str_equal(generations->current, fingerprint))
		return "current";
	if (key == NULL)
		return "unknown";
	if (key->retired != 0)
		return "retired";
	return key->until == 0 ? "next" : key->why == CHANGED_YEAR ? "former" : changed_word(key->why);
}

static void
put_counts(Json *json, const Rows *stragglers, const char *fingerprint)
{
	for (guint i = 0; stragglers != NULL && i < rows_count(stragglers); i++) {
		if (strcmp(rows_text(stragglers, i, "fingerprint"), fingerprint) != 0)
			continue;
		json_put_int(json, "mails", rows_int(stragglers, i, "mails"));
		json_put_int(json, "told", rows_int(stragglers, i, "told"));
		return;
	}
	json_put_int(json, "mails", 0);
	json_put_int(json, "told", 0);
}

/* Who has certified it, as far as can be said: without a master key nothing is
 * said of that. */
static void
put_certified(Year *year, Json *json, const char *fingerprint)
{
	const Generation *key = generations_find(year->generations, fingerprint);
	g_autoptr(GPtrArray) by = g_ptr_array_new();
	g_autofree char *former = NULL, *master = NULL;

	if (key != NULL && year_missing(year, key, &former, &master, NULL)) {
		const Generation *before = year_before(year, key);

		if (former == NULL && before != NULL && before->why == CHANGED_YEAR)
			g_ptr_array_add(by, (gpointer)"the key before");
		if (master == NULL)
			g_ptr_array_add(by, (gpointer)"the master key");
	}
	json_put_texts(json, "certified", by);
}

static Json *
key_json(Year *year, const TeamKey *from, const Rows *stragglers, GError **error)
{
	const Generation *key = generations_find(year->generations, from->fingerprint);
	g_autoptr(GBytes) bytes = team_ring_export(year->ring, from->fingerprint, error);
	g_autoptr(Certificate) certificate = bytes != NULL ?
	    pgp_certificate(year->inspector, bytes, error) : NULL;
	g_autofree char *number = key != NULL && key->year != 0 ?
	    g_strdup_printf("%d", key->year) : NULL;
	Json *json;

	if (certificate == NULL)
		return NULL;
	json = keyfile_json(certificate);
	json_put_text(json, "state", state_of(year->generations, from->fingerprint));
	json_put_text(json, "year", number);
	json_put_time(json, "until", key != NULL ? key->until : 0);
	json_put_time(json, "retired", key != NULL ? key->retired : 0);
	json_put_bool(json, "decrypts", from->has_secret);
	put_certified(year, json, from->fingerprint);
	put_counts(json, stragglers, from->fingerprint);
	return json;
}

/* The current one first, and then from the newest on. */
static bool
add_keys(Year *year, Json *array, const Rows *stragglers, bool current, GError **error)
{
	g_autoptr(GPtrArray) keys = team_ring_keys(year->ring, error);

	for (guint i = keys != NULL ? keys->len : 0; i > 0; i--) {
		const TeamKey *key = g_ptr_array_index(keys, i - 1);
		Json *json;

		if (g_str_equal(key->fingerprint, year->generations->current) != current)
			continue;
		json = key_json(year, key, stragglers, error);
		if (json == NULL)
			return false;
		json_add(array, json);
	}
	return keys != NULL;
}

bool
key_list(const Order *order, GError **error)
{
	g_autoptr(Year) year = year_look(order->settings, error);
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_work", NULL);
	g_autoptr(Rows) stragglers = db != NULL ? updates_stragglers(db, NULL) : NULL;
	g_autoptr(Json) array = json_new_array();

	return year != NULL && add_keys(year, array, stragglers, true, error) &&
	    add_keys(year, array, stragglers, false, error) &&
	    print_list(order, array, in_list, error);
}

/* --- rotate --- */

/* The year that is, or the one that comes. */
static bool
year_of(const Order *order, int *number, GError **error)
{
	const char *text = order_text(order, "year");
	int now = times_year(g_get_real_time(), order->settings->team_zone);
	guint64 value = 0;

	if (text == NULL)
		return program_usage(error, "--year YYYY is missing");
	if (!g_ascii_string_to_unsigned(text, 10, (guint64)now, (guint64)now + 1, &value, NULL))
		return program_usage(error, "--year: %d or %d is meant, not \"%s\"", now, now + 1, text);
	*number = (int)value;
	return true;
}

static bool
write_request(Year *year, const Generation *key, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/request-%d.asc", year->home, key->year);
	g_autofree char *text = year_request(year, key, error);

	return text != NULL && file_write(path, text, strlen(text), 0600, error) &&
	    print_line(error, "Now it is the master key's turn; all it takes is in:\n  %s\n"
	    "Carry it to the machine with the master key and do what it says, then:\n"
	    "  sluis key certify certified.asc", path);
}

static bool
rotate_at_once(Year *year, int number, const char *algorithm, ChangedWhy why, GError **error)
{
	g_autofree char *left = NULL;
	const Generation *key = year_replace(year, number, algorithm, why, &left, error);
	const Generation *former = key != NULL ? year_before(year, key) : NULL;

	if (key == NULL)
		return false;
	if (left != NULL && !print_line(error, "The former key is NOT revoked: %s\n"
	    "Type its revocation in from the recovery sheet and import it:\n"
	    "  sluis key escrow --read revocation >revocation.asc\n"
	    "  gpg --homedir %s --import revocation.asc", left, year->home))
		return false;
	return print_line(error, "%s signs now and is written to. %s is %s.\nNext:\n"
	    "  sluis key publish FOLDER       and bring it out: the revocation first\n"
	    "  sluis key escrow               a new recovery sheet, and --check it", key->fingerprint,
	    former != NULL ? former->fingerprint : "The former key", left != NULL ? "given up" : "revoked") && write_request(year, key, error) &&
	    print_line(error, "After that:\n  sluis key announce");
}

static bool
rotate(Year *year, int number, const char *algorithm, GError **error)
{
	const Generation *key = year_make(year, number, algorithm, error);

	return key != NULL && print_line(error, "%s is made for %d, and certified by the key of "
	    "today.", key->fingerprint, key->year) && write_request(year, key, error);
}

bool
key_rotate(const Order *order, GError **error)
{
	const char *algorithm = order_text(order, "algorithm");
	ChangedWhy why = order_flag(order, "lost") ? CHANGED_LOST : CHANGED_STOLEN;
	g_autoptr(Year) year = NULL;
	int number = 0;

	if (!year_of(order, &number, error))
		return false;
	if (order_flag(order, "lost") && !order_flag(order, "emergency"))
		return program_usage(error, "--lost goes with --emergency");
	if (order_flag(order, "rehearse"))
		return key_rehearse(order, error);
	year = year_open(order->settings, NULL, error);
	if (year == NULL || !year_master(year, error))
		return false;
	if (algorithm == NULL)
		algorithm = order->settings->key_algorithm;
	return order_flag(order, "emergency") ?
	    rotate_at_once(year, number, algorithm, why, error) :
	    rotate(year, number, algorithm, error);
}

/* --- certify, switch, retire --- */

bool
key_certify(const Order *order, GError **error)
{
	const char *word = order_word(order, 0);
	g_autoptr(GBytes) bytes = g_str_has_prefix(word, "-----BEGIN ") ?
	    g_bytes_new(word, strlen(word)) : file_read(word, FILE_MOST, error);
	g_autoptr(Year) year = bytes != NULL ? year_open(order->settings, NULL, error) : NULL;
	const Generation *key = year != NULL ? year_certify(year, bytes, error) : NULL;

	if (key == NULL)
		return false;
	return print_line(error, "The master key certifies %s.\nNext:\n  %s", key->fingerprint,
	    g_str_equal(key->fingerprint, year->generations->current) ?
	    "sluis key publish FOLDER; sluis key announce" :
	    "sluis key announce; and when its year begins: sluis key switch");
}

bool
key_switch(const Order *order, GError **error)
{
	g_autoptr(Year) year = year_open(order->settings, NULL, error);
	g_autofree char *former = year != NULL ? g_strdup(year->generations->current) : NULL;

	if (year == NULL || !year_switch(year, error))
		return false;
	return print_line(error, "%s signs from now on and is written to.\n"
	    "%s decrypts for three years and signs no more.\nNext:\n"
	    "  sluis key escrow               a new recovery sheet, and --check it\n"
	    "  sluis key publish FOLDER       and bring it out\n"
	    "  sluis key announce             to whoever has not heard yet", year->generations->current,
	    former);
}

bool
key_retire(const Order *order, GError **error)
{
	g_autoptr(Year) year = year_open(order->settings, NULL, error);
	g_autofree char *name = g_ascii_strup(order_word(order, 0), -1);

	return year != NULL && year_retire(year, name, error) &&
	    print_line(error, "%s is revoked, and its secret half is gone.\nNext:\n"
	    "  sluis key publish FOLDER       and bring the revocation out", name);
}
