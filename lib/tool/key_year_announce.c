/* key_year_announce - who is told of a new team key: sluis key announce, subscriber */

#include "key_year.h"

#include <string.h>

#include "canonical.h"
#include "compose.h"
#include "dispatch.h"
#include "error.h"
#include "keyfile.h"
#include "letterform.h"
#include "options.h"
#include "print.h"
#include "template.h"
#include "times.h"
#include "tools.h"
#include "updates.h"

#define AT_ONCE 32		/* letters made and filed together */
#define LANGUAGES 2

static const char *const languages[LANGUAGES] = { "en", "nl" };

const OrderOption announce_options[] = { { "dry-run", NULL }, { NULL } };
const OrderOption subscriber_options[] = { { "language", "en|nl" }, { NULL } };

/* What is said, made once: the key, the words, and for those without a key of
 * their own a signature over them in each language. */
typedef struct {
	const Settings *settings;
	char *fingerprint;
	const char *template;
	GHashTable *values[LANGUAGES];
	char *signatures[LANGUAGES];
	GBytes *block;			/* the key, armoured */
	char *name;			/* of the file it is enclosed as */
} News;

static void
news_clear(News *news)
{
	for (guint i = 0; i < LANGUAGES; i++) {
		g_clear_pointer(&news->values[i], g_hash_table_unref);
		g_free(news->signatures[i]);
	}
	g_clear_pointer(&news->block, g_bytes_unref);
	g_free(news->fingerprint);
	g_free(news->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(News, news_clear)

static guint
language_of(const News *news, const char *language)
{
	const char *wanted = language != NULL ? language : news->settings->team_language;

	for (guint i = 0; i < LANGUAGES; i++)
		if (strcmp(languages[i], wanted) == 0)
			return i;
	return 0;
}

/* The first day of its year, or that of the change. */
static gint64
day_of(const Year *year, const Generation *key, const Generation *before)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(year->settings->team_zone);
	g_autoptr(GDateTime) first = NULL;

	if (before != NULL && before->until != 0)
		return before->until;
	first = g_date_time_new(zone, key->year, 1, 1, 0, 0, 0);
	return g_date_time_to_unix(first) * G_USEC_PER_SEC;
}

static GHashTable *
values_of(const Year *year, const Generation *key, const char *former, ChangedWhy why, gint64 day,
    const char *language)
{
	const Settings *settings = year->settings;
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	g_hash_table_insert(values, g_strdup("fingerprint"), g_strdup(key->fingerprint));
	g_hash_table_insert(values, g_strdup("key_place"), g_strdup(settings->team_key_place));
	g_hash_table_insert(values, g_strdup("former"), g_strdup(former));
	g_hash_table_insert(values, g_strdup("master"), g_strdup(year->master));
	g_hash_table_insert(values, g_strdup("day"), times_day(day, settings->team_zone, language));
	if (why != CHANGED_YEAR)
		return values;
	g_hash_table_insert(values, g_strdup("year"), g_strdup_printf("%d", key->year));
	g_hash_table_insert(values, g_strdup("grace"), g_strdup_printf("%" G_GINT64_FORMAT,
	    settings->key_grace / (24 * 60 * 60)));
	return values;
}

/* By the key that signs today. */
static char *
sign(const Year *year, const char *text, GError **error)
{
	g_autoptr(GBytes) block = team_ring_sign(year->ring, year->generations->current, text, error);
	g_autofree char *whole = block == NULL ? NULL :
	    g_strndup(g_bytes_get_data(block, NULL), g_bytes_get_size(block));
	const char *start = whole != NULL ? strstr(whole, "\n-----BEGIN PGP SIGNATURE-----\n") : NULL;
	g_autofree char *signature = start != NULL ? g_strdup(start + 1) : NULL;
	g_autofree char *again = signature != NULL ? letterform_block(text, signature) : NULL;

	if (block == NULL)
		return NULL;
	if (again != NULL && strcmp(again, whole) == 0)
		return g_steal_pointer(&signature);
	error_set(error, SLUIS_ERROR_SETUP, "gpg signs a text in another form than is sent: gpg.conf of "
	    "the key ring must say personal-digest-preferences SHA512");
	return NULL;
}

static bool
say(News *news, const Year *year, const Generation *key, const Generation *before, GError **error)
{
	const char *former = before != NULL ? before->fingerprint : year->generations->current;
	ChangedWhy why = before != NULL && before->until != 0 ? before->why : CHANGED_YEAR;

	news->template = why == CHANGED_YEAR ? "announce" :
	    why == CHANGED_LOST ? "announce-lost" : "announce-stolen";
	for (guint i = 0; i < LANGUAGES; i++) {
		g_autoptr(Text) text = NULL;

		news->values[i] = values_of(year, key, former, why, day_of(year, key, before), languages[i]);
		text = template_fill(news->settings->text_folder, languages[i], news->template,
		    news->values[i], error);
		news->signatures[i] = text != NULL ? sign(year, text->body, error) : NULL;
		if (news->signatures[i] == NULL)
			return false;
	}
	return true;
}

/* The key that comes, or came: nobody is told of one that is not certified. */
static const Generation *
key_of(Year *year, GError **error)
{
	const Generation *key = generations_next(year->generations);
	g_autofree char *former = NULL, *master = NULL;

	if (key == NULL)
		key = generations_find(year->generations, year->generations->current);
	if (key == NULL || year_before(year, key) == NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "there is no news: the team has the key it began with");
		return NULL;
	}
	if (!year_missing(year, key, &former, &master, error))
		return NULL;
	if (former == NULL && master == NULL)
		return key;
	error_set(error, SLUIS_ERROR_REFUSED, "nobody is told of %s before it is certified: %s",
	    key->fingerprint, master != NULL ? master : former);
	return NULL;
}

/* All that needs the ring; afterwards it is let go. */
static bool
news_make(News *news, const Settings *settings, GError **error)
{
	g_autoptr(Year) year = year_open(settings, NULL, error);
	const Generation *key = year != NULL ? key_of(year, error) : NULL;
	g_autoptr(GBytes) public = key != NULL ? year_public(year, key->fingerprint, error) : NULL;
	char *block;

	if (public == NULL)
		return false;
	news->settings = settings;
	news->fingerprint = g_strdup(key->fingerprint);
	news->name = g_strdup_printf("team-key-%d.asc", key->year);
	block = keyfile_armour(public);
	news->block = g_bytes_new_take(block, strlen(block));
	return say(news, year, key, year_before(year, key), error);
}

/* --- the letters --- */

static bool
add_words(const News *news, Dispatch *dispatch, const Addressee *to, GError **error)
{
	guint n = language_of(news, to->language);
	Letter *letter = dispatch->letter;

	dispatch->language = g_strdup(languages[n]);
	dispatch->values = g_hash_table_ref(news->values[n]);
	if (!letterform_fill(letter, news->settings->text_folder, languages[n], news->template,
	    news->values[n], error))
		return false;
	if (to->encryption == NULL) {
		dispatch->template = news->template;
		dispatch->signature = g_strdup(news->signatures[n]);
		return true;
	}
	dispatch->certificate = g_bytes_ref(to->certificate);
	dispatch->subkey = g_strdup(to->encryption);
	letter->outer_subject = g_strdup("[...]");
	letter->enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	g_ptr_array_add(letter->enclosures, enclosure_new(news->name, "application/pgp-keys",
	    news->block));
	return true;
}

static Dispatch *
letter_to(const News *news, const Tools *tools, const Addressee *to, GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new("announcement");
	const Inbox *inbox = g_ptr_array_index(news->settings->inboxes, 0);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strconcat("key ", news->fingerprint, NULL);
	dispatch->target = g_strdup(to->target);
	dispatch->envelope_sender = g_strdup("");
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(news->settings->team_name);
	letter->to = g_strdup(to->address);
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(tools->tokens, tools_domain(inbox->address));
	return add_words(news, dispatch, to, error) ? g_steal_pointer(&dispatch) : NULL;
}

/* Some letters, in one transaction. *fresh: how many of them are news. */
static bool
file_some(const Tools *tools, Db *db, GPtrArray *letters, guint *fresh, GError **error)
{
	if (!dispatch_finish(tools, letters, error) || !db_begin(db, error))
		return false;
	for (guint i = 0; i < letters->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(letters, i);

		if (!dispatch_file(tools, db, dispatch, error)) {
			db_rollback(db);
			return false;
		}
		*fresh += !dispatch->again;
	}
	return db_commit(db, error);
}

static bool
file_all(const News *news, Db *db, const GPtrArray *to, GError **error)
{
	g_autoptr(Tools) tools = tools_open(news->settings, TOOLS_LETTERS, error);
	guint fresh = 0;

	if (tools == NULL)
		return false;
	for (guint at = 0; at < to->len; at += AT_ONCE) {
		g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);

		for (guint i = at; i < MIN(at + AT_ONCE, to->len); i++) {
			Dispatch *dispatch = letter_to(news, tools, g_ptr_array_index(to, i), error);

			if (dispatch == NULL)
				return false;
			g_ptr_array_add(letters, dispatch);
		}
		if (!file_some(tools, db, letters, &fresh, error))
			return false;
	}
	return print_line(error, "%u are told of %s; %u had been told before.", fresh, news->fingerprint,
	    to->len - fresh);
}

static bool
print_addressees(const Order *order, const News *news, const GPtrArray *to, GError **error)
{
	static const Column columns[] = {
		{ "ADDRESS", "address", PRINT_TEXT }, { "HOW", "how", PRINT_TEXT },
		{ "LANGUAGE", "language", PRINT_TEXT }, { "WHO", "target", PRINT_TEXT }, { NULL }
	};
	g_autoptr(Json) array = json_new_array();

	for (guint i = 0; i < to->len; i++) {
		const Addressee *one = g_ptr_array_index(to, i);
		Json *json = json_new_object();

		json_put_text(json, "address", one->address);
		json_put_text(json, "how", one->encryption != NULL ? "encrypted" : "signed, in clear");
		json_put_text(json, "language", languages[language_of(news, one->language)]);
		json_put_text(json, "target", one->target);
		json_add(array, json);
	}
	return print_list(order, array, columns, error);
}

bool
key_announce(const Order *order, GError **error)
{
	g_autoptr(Db) own = order->session == NULL ?
	    db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;
	Db *db = own != NULL ? own : order->session;
	g_auto(News) news = { .settings = order->settings };
	g_autoptr(GPtrArray) to = db != NULL ? updates_addressees(db, error) : NULL;

	if (to == NULL || !news_make(&news, order->settings, error))
		return false;
	return order_flag(order, "dry-run") ? print_addressees(order, &news, to, error) :
	    file_all(&news, db, to, error);
}

/* --- who asked for it --- */

static bool
list_subscribers(const Order *order, Db *db, GError **error)
{
	static const Column columns[] = {
		{ "ADDRESS", "address", PRINT_TEXT }, { "LANGUAGE", "language", PRINT_TEXT },
		{ "ADDED", "added", PRINT_TEXT }, { NULL }
	};
	g_autoptr(Rows) rows = updates_subscribers(db, error);
	g_autoptr(Json) array = json_new_array();

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		Json *json = json_new_object();

		json_put_text(json, "address", rows_text(rows, i, "address"));
		json_put_text(json, "language", rows_text(rows, i, "language"));
		json_put_time(json, "added", rows_time(rows, i, "added"));
		json_add(array, json);
	}
	return rows != NULL && print_list(order, array, columns, error);
}

static bool
put_subscriber(const Order *order, Db *db, GError **error)
{
	g_autofree char *address = canonical_address(order_word(order, 1));
	const char *typed = order_text(order, "language");
	const char *language = typed != NULL ? typed : order->settings->team_language;
	bool fresh;

	if (address == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "expected a mail address, not \"%s\"",
		    order_word(order, 1));
	if (strcmp(language, "en") != 0 && strcmp(language, "nl") != 0)
		return program_usage(error, "--language: en or nl is meant, not \"%s\"", language);
	return updates_subscribe(db, address, language, &fresh, error) && print_line(error, "%s %s.",
	    address, fresh ? "hears of every new key of the team" : "was there already");
}

bool
key_subscriber(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	const char *what = order_word(order, 0), *address = order_word(order, 1);

	if (db == NULL)
		return false;
	if (strcmp(what, "list") == 0 && address == NULL)
		return list_subscribers(order, db, error);
	if (strcmp(what, "add") == 0 && address != NULL)
		return put_subscriber(order, db, error);
	if (strcmp(what, "remove") == 0 && address != NULL)
		return updates_unsubscribe(db, address, error);
	return program_usage(error, "wanted: add ADDRESS, list, or remove ADDRESS");
}
