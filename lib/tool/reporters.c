/* reporters - what is known of who reported a case, and what it is marked with:
 * sluis reporter show, mark, unmark */

#include "nouns.h"

#include <string.h>

#include "past.h"
#include "print.h"
#include "program.h"
#include "text.h"
#include "times.h"
#include "vault.h"

#define WHO "operator"
#define MARK_TIME (365 * G_TIME_SPAN_DAY)

static const Column columns[] = {
	{ "reports", "cases", PRINT_NUMBER },
	{ "first", "since", PRINT_TEXT },
	{ "confirmed", "confirmed", PRINT_NUMBER },
	{ "refuted", "refuted", PRINT_NUMBER },
	{ "unwelcome", "unwelcome", PRINT_NUMBER },
	{ "open", "open", PRINT_NUMBER },
	{ "in 90 days", "recent", PRINT_NUMBER },
	{ "in the 90 before", "before", PRINT_NUMBER },
	{ "newest", "last", PRINT_TEXT },
	{ "verdicts", "verdicts", PRINT_TEXTS },
	{ "mark", "mark", PRINT_TEXT },
	{ "until", "until", PRINT_TEXT },
	{ "marked by", "who", PRINT_TEXT },
	{ NULL }
};

static Json *
past_json(const Past *past, const char *mark)
{
	const struct {
		const char *key;
		guint number;
	} numbers[] = {
		{ "cases", past->cases }, { "confirmed", past->confirmed }, { "refuted", past->refuted },
		{ "unwelcome", past->unwelcome }, { "open", past->open }, { "recent", past->recent },
		{ "before", past->before },
	};
	Json *json = json_new_object();

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_put_int(json, numbers[i].key, numbers[i].number);
	json_put_time(json, "since", past->since);
	json_put_text(json, "last", past->last_tag);
	json_put_texts(json, "verdicts", past->verdicts);
	json_put_text(json, "mark", mark);
	json_put_time(json, "until", past->until);
	json_put_text(json, "who", past->who);
	return json;
}

static char *
open_mark(const Vault *vault, const Past *past, GError **error)
{
	g_autoptr(SealKey) key = past->mark == NULL ? NULL :
	    seal_unwrap(past->wrapped, vault->public, vault->secret, error);
	g_autoptr(GBytes) bytes = key != NULL ? unseal_small(key, "mark", past->mark, error) : NULL;

	return bytes == NULL ? NULL :
	    text_clean_line(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes));
}

static bool
reporter_show(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	gint64 reporter = vault != NULL ? past_reporter(vault->db, order_word(order, 0), error) : 0;
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(Past) past = reporter != 0 ? past_of(vault->db, reporter, none, 0, error) : NULL;
	g_autoptr(Json) json = NULL;
	g_autofree char *mark = past != NULL ? open_mark(vault, past, error) : NULL;

	if (past == NULL || (mark == NULL && past->mark != NULL))
		return false;
	json = past_json(past, mark);
	return print_record(order, json, columns, error);
}

/* A year, if nothing else is said. 0 with an error. */
static gint64
until_of(const Order *order, GError **error)
{
	const char *day = order_text(order, "until");
	gint64 now = g_get_real_time();
	gint64 until = day != NULL ? times_read_day(day, now, order->settings->team_zone, NULL) : now + MARK_TIME;

	if (until == 0)
		program_usage(error, "--until: expected a day to come such as 2027-03-01, not \"%s\"", day);
	return until;
}

static bool
reporter_mark(const Order *order, GError **error)
{
	gint64 until = until_of(order, error);
	g_autoptr(Vault) vault = until != 0 ? vault_open(order->settings, error) : NULL;
	g_autoptr(SealKey) key = NULL;
	g_autoptr(GBytes) plain = NULL, sealed = NULL, wrapped = NULL;
	g_autofree char *mark = text_clean_line(order_word(order, 1), -1);

	if (vault == NULL)
		return false;
	key = seal_data_key();
	plain = g_bytes_new(mark, strlen(mark));
	sealed = seal_small(key, "mark", plain);
	wrapped = seal_wrap(key, vault->public);
	return past_mark(vault->db, order_word(order, 0), WHO, until, wrapped, sealed, error);
}

static bool
reporter_unmark(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);

	return db != NULL && past_mark(db, order_word(order, 0), WHO, 0, NULL, NULL, error);
}

static const OrderOption mark_options[] = { { "until", "DAY" }, { NULL } };

const Verb reporter_verbs[] = {
	{ .noun = "reporter", .name = "show", .words = "TAG", .least = 1, .most = 1, .has_json = true,
	  .run = reporter_show, .summary = "what is known of who reported a case" },
	{ .noun = "reporter", .name = "mark", .words = "TAG TEXT", .least = 2, .most = 2,
	  .options = mark_options, .run = reporter_mark,
	  .summary = "what analysts see with all that its reporter sends, until that day" },
	{ .noun = "reporter", .name = "unmark", .words = "TAG", .least = 1, .most = 1,
	  .run = reporter_unmark, .summary = "take that away" },
	{ 0 }
};
