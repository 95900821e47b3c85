/* advisory_send - an advisory to those who use the product: sluis advisory */

#include "nouns.h"

#include <string.h>

#include "account.h"
#include "advising.h"
#include "enclose.h"
#include "error.h"
#include "file.h"
#include "hold.h"
#include "options.h"
#include "print.h"
#include "times.h"

/* What was typed counts instead of what the file says. */
static bool
take_typed(const Order *order, Advisory *advisory, GError **error)
{
	g_autoptr(GPtrArray) products = order_texts(order, "product"), versions = order_texts(order, "release");

	if (versions != NULL && products == NULL)
		return program_usage(error, "--release wants a --product");
	if (products != NULL)
		advisory_set_products(advisory, products, versions);
	return true;
}

static GPtrArray *
addressees(const Order *order, Db *db, const Advisory *advisory, GError **error)
{
	const Advised advised = {
		.everybody = order_flag(order, "all"),
		.kind = order_text(order, "kind"), .umbrella = order_text(order, "umbrella"),
	};
	g_autoptr(GPtrArray) all = NULL;

	if (!addressees_are_named(advisory, &advised)) {
		error_set(error, SLUIS_ERROR_REFUSED, "it names no product: say --product, or --all, --kind or "
		    "--umbrella");
		return NULL;
	}
	all = addressees_of(db, advisory, &advised, error);
	if (all == NULL || all->len > 0)
		return g_steal_pointer(&all);
	error_set(error, SLUIS_ERROR_REFUSED, "it is for nobody: no participant lists that product");
	return NULL;
}

static Json *
addressees_json(const GPtrArray *all)
{
	Json *array = json_new_array();

	for (guint i = 0; i < all->len; i++) {
		const Addressee *one = g_ptr_array_index(all, i);
		Json *json = json_new_object();

		json_put_text(json, "name", one->name);
		json_put_text(json, "title", one->title);
		json_put_text(json, "kind", one->kind);
		json_put_text(json, "product", one->product);
		json_put_bool(json, "doubtful", one->doubtful);
		json_add(array, json);
	}
	return array;
}

static bool
print_addressees(const Order *order, const GPtrArray *all, GError **error)
{
	static const Column columns[] = {
		{ "PARTICIPANT", "name", PRINT_TEXT }, { "TITLE", "title", PRINT_TEXT },
		{ "KIND", "kind", PRINT_TEXT }, { "PRODUCT", "product", PRINT_TEXT },
		{ "DOUBTFUL", "doubtful", PRINT_FLAG }, { NULL }
	};
	g_autoptr(Json) array = addressees_json(all);

	return print_list(order, array, columns, error);
}

static Json *
filed_json(const AdviseFiled *filed, gint64 released, const GPtrArray *to)
{
	Json *json = json_new_object(), *letters = json_new_array();

	for (guint i = 0; i < filed->letters->len; i++) {
		const Dispatch *dispatch = g_ptr_array_index(filed->letters, i);
		Json *letter = json_new_object();

		json_put_int(letter, "id", dispatch->id);
		json_put_text(letter, "to", dispatch->letter->to);
		json_add(letters, letter);
	}
	json_put_text(json, "case", filed->tag);
	json_put_text(json, "confirm", filed->hash);
	json_put_int(json, "released", released);
	json_put_time(json, "embargo", filed->embargo);
	json_put(json, "participants", addressees_json(to));
	json_put(json, "letters", letters);
	return json;
}

/* "; not before 24 November 2026, 14:00" */
static char *
until(const Order *order, const AdviseFiled *filed)
{
	g_autofree char *moment = filed->embargo == 0 ? NULL :
	    times_long(filed->embargo, order->settings->team_zone, "en");

	return moment == NULL ? g_strdup("") : g_strdup_printf("; not before %s, when the embargo is over", moment);
}

/* The second step: the same once more, by its name. */
static bool
finish(const Order *order, Db *db, const Advising *advising, const AdviseFiled *filed, GError **error)
{
	g_autofree char *later = until(order, filed);
	bool confirmed = order_text(order, "confirm") != NULL;
	gint64 released = confirmed ?
	    advised_release(db, filed->cause, hold_name(HOLD_ADVISORY), error) : 0;
	g_autoptr(Json) json = filed_json(filed, released, advising->to);

	if (released < 0)
		return false;
	if (order->json)
		return print_record(order, json, NULL, error);
	if (confirmed)
		return print_line(error, "%s: %" G_GINT64_FORMAT " letters may leave%s; sluis outbox list shows the others",
		    filed->tag, released, later);
	return print_line(error, "%s: %u letters to %u participants are held%s; to let them go, the same with "
	    "--confirm %s", filed->tag, filed->letters->len, advising->to->len, later, filed->hash);
}

static bool
check_confirmed(const Order *order, const Advising *advising, GError **error)
{
	g_autofree char *hash = advising_hash(advising);
	const char *typed = order_text(order, "confirm");

	return typed == NULL || g_ascii_strcasecmp(typed, hash) == 0 || error_set(error, SLUIS_ERROR_REFUSED,
	    "%s was about other words or other addressees; now it is %s", typed, hash);
}

static bool
send_it(const Order *order, Db *db, const Advising *advising, GError **error)
{
	g_autoptr(Tools) tools = NULL;
	g_autoptr(AdviseFiled) filed = NULL;
	bool done;

	if (!check_confirmed(order, advising, error))
		return false;
	tools = tools_open(order->settings, TOOLS_LETTERS, error);
	filed = tools != NULL ? advising_file(tools, db, advising, error) : NULL;
	done = filed != NULL && finish(order, db, advising, filed, error);
	if (tools != NULL)
		pgp_leave(tools->pgp);
	return done;
}

/* The file itself, if machines read it, and what is attached, named by us. NULL with an
 * error. */
static GPtrArray *
enclosures(const Order *order, const Advisory *advisory, GBytes *file, GError **error)
{
	g_autoptr(GPtrArray) files = order_texts(order, "attach");
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	gsize sum = 0;

	if (advisory->is_csaf)
		g_ptr_array_add(all, enclosure_new("advisory.json", "application/json", file));
	for (guint i = 0; files != NULL && i < files->len; i++) {
		const char *path = g_ptr_array_index(files, i);
		const char *type = enclosure_type(path);
		g_autofree char *name = enclosure_name("advisory", i + 1, type);
		g_autoptr(GBytes) bytes = file_read(path, ADVISE_MOST - sum, error);

		if (bytes == NULL)
			return NULL;
		sum += g_bytes_get_size(bytes);
		g_ptr_array_add(all, enclosure_new(name, type, bytes));
	}
	return g_steal_pointer(&all);
}

static bool
advisory_run(const Order *order, GError **error)
{
	g_autoptr(Db) own = order->session == NULL ?
	    db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;
	Db *db = own != NULL ? own : order->session;
	g_autoptr(GBytes) file = db != NULL ? file_read(order_word(order, 0), ADVISE_MOST, error) : NULL;
	g_autoptr(Advisory) advisory = file != NULL ? advisory_read(file, error) : NULL;
	g_autoptr(GPtrArray) to = NULL, with = NULL;
	Advising advising = { .advisory = advisory, .file = file, .named = order_text(order, "case"),
	    .early = order_flag(order, "early") };

	if (advisory == NULL || !take_typed(order, advisory, error))
		return false;
	to = addressees(order, db, advisory, error);
	with = to != NULL ? enclosures(order, advisory, file, error) : NULL;
	if (with == NULL)
		return false;
	advising.to = to;
	advising.enclosures = with;
	return order_flag(order, "dry-run") ? print_addressees(order, to, error) :
	    send_it(order, db, &advising, error);
}

static const OrderOption options[] = {
	{ "product", "NAME" }, { "release", "VERSION" }, { "all", NULL }, { "kind", "KIND" },
	{ "umbrella", "NAME" }, { "case", "TAG" }, { "attach", "FILE" }, { "early", NULL }, { "confirm", "HASH" }, { "dry-run", NULL }, { NULL }
};

const Verb advisory_verbs[] = {
	{ .noun = "advisory", .words = "FILE", .least = 1, .most = 1, .options = options,
	  .user = ACCOUNT_WORK, .wants_session = true, .has_json = true, .run = advisory_run,
	  .summary = "tell those who use a product, or all, what to do; in two steps" },
	{ 0 }
};
