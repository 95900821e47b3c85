/* analyst - who works on cases: sluis analyst add, list, show, test, remove */

#include "nouns.h"

#include "account.h"
#include "admin.h"
#include "canonical.h"
#include "error.h"
#include "keyfile.h"
#include "options.h"
#include "print.h"
#include "trial.h"

static const Column in_list[] = {
	{ "NAME", "name", PRINT_TEXT },
	{ "ADDRESS", "address", PRINT_TEXT },
	{ "ACTIVE", "active", PRINT_FLAG },
	{ "TESTED", "tested", PRINT_TEXT },
	{ "SIGNED", "test_signed", PRINT_FLAG },
	{ "ENCRYPTED", "test_encrypted", PRINT_FLAG },
	{ "WORD", "test_nonce", PRINT_FLAG },
	{ "SUBJECT", "test_subject", PRINT_FLAG },
	{ "READS", "reads", PRINT_TEXTS },
	{ NULL }
};

static const Column in_full[] = {
	{ "name", "name", PRINT_TEXT },
	{ "address", "address", PRINT_TEXT },
	{ "active", "active", PRINT_FLAG },
	{ "added", "added", PRINT_TEXT },
	{ "test sent", "test_sent", PRINT_TEXT },
	{ "answered", "tested", PRINT_TEXT },
	{ "signed", "test_signed", PRINT_FLAG },
	{ "encrypted", "test_encrypted", PRINT_FLAG },
	{ "word came back", "test_nonce", PRINT_FLAG },
	{ "Subject protected", "test_subject", PRINT_FLAG },
	{ "reads", "reads", PRINT_TEXTS },
	{ NULL }
};

/* What --reads names; "none" closes them all. NULL: it was not typed. */
static GPtrArray *
compartments(const Order *order)
{
	GPtrArray *reads = order_texts(order, "reads");

	for (guint i = 0; reads != NULL && i < reads->len; i++)
		if (g_strcmp0(g_ptr_array_index(reads, i), "none") == 0)
			g_ptr_array_set_size(reads, 0);
	return reads;
}

static bool
put_analyst(Db *db, const char *name, const char *address, const GPtrArray *reads,
    Keyfiles *keyfiles, const Json *vouched, GError **error)
{
	CertificateRecord record = { .contact = 0 };
	GHashTableIter keys;
	gpointer certificate;
	bool fresh;

	record.analyst = admin_put_analyst(db, name, address, reads, &fresh, error);
	if (record.analyst == 0)
		return false;
	entry_fill(vouched, key_fields, &record, NULL);
	g_hash_table_iter_init(&keys, keyfiles->by_fingerprint);
	while (g_hash_table_iter_next(&keys, NULL, &certificate))
		if (!keyfile_pin(keyfiles, db, certificate, record, &fresh, error))
			return false;
	return true;
}

static bool
read_keys(const Order *order, Keyfiles *keyfiles, GError **error)
{
	g_autoptr(GPtrArray) files = order_texts(order, "key");

	for (guint i = 0; files != NULL && i < files->len; i++)
		if (keyfile_read(keyfiles, NULL, g_ptr_array_index(files, i), error) == NULL)
			return false;
	return true;
}

static bool
analyst_add(const Order *order, GError **error)
{
	const char *typed = order_text(order, "address");
	g_autofree char *name = canonical_handle(order_word(order, 0));
	g_autofree char *address = canonical_address(typed != NULL ? typed : "");
	g_autoptr(Keyfiles) keyfiles = keyfiles_new(order->settings);
	g_autoptr(GPtrArray) reads = compartments(order);
	g_autoptr(Json) vouched = NULL;
	g_autoptr(Db) db = NULL;

	if (name == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "name: expected letters, digits "
		    "and '-', at most 32, not \"%s\"", order_word(order, 0));
	if (typed == NULL)
		return program_usage(error, "--address ADDRESS is missing");
	if (address == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "--address: expected a mail address, not \"%s\"", typed);
	vouched = keyfile_vouched(order, error);
	if (vouched == NULL || !read_keys(order, keyfiles, error))
		return false;
	db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	if (db == NULL || !db_begin(db, error))
		return false;
	if (put_analyst(db, name, address, reads, keyfiles, vouched, error))
		return db_commit(db, error);
	db_rollback(db);
	return false;
}

/* A trial that waits for its answer says nothing yet. */
static void
put_finding(Json *json, const char *key, const Rows *trials, guint row, const char *column)
{
	if (rows_null(trials, row, column))
		json_put_null(json, key);
	else
		json_put_bool(json, key, rows_bool(trials, row, column));
}

static void
put_trial(Json *json, const Rows *trials, gint64 analyst)
{
	static const char *const findings[][2] = {
		{ "test_signed", "signed" }, { "test_encrypted", "encrypted" },
		{ "test_nonce", "nonce" }, { "test_subject", "subject" },
	};
	guint row = 0;

	while (row < rows_count(trials) && rows_int(trials, row, "analyst") != analyst)
		row++;
	if (row == rows_count(trials)) {
		json_put_null(json, "test_sent");
		json_put_null(json, "tested");
	} else {
		json_put_time(json, "test_sent", rows_time(trials, row, "sent"));
		json_put_time(json, "tested", rows_time(trials, row, "answered"));
	}
	for (guint i = 0; i < G_N_ELEMENTS(findings); i++)
		if (row == rows_count(trials))
			json_put_null(json, findings[i][0]);
		else
			put_finding(json, findings[i][0], trials, row, findings[i][1]);
}

static Json *
analyst_json(const Rows *rows, guint row, const Rows *certificates, const Rows *trials)
{
	Json *json = json_new_object(), *keys = json_new_array();
	g_autoptr(GPtrArray) reads = rows_texts(rows, row, "reads");

	json_put_text(json, "name", rows_text(rows, row, "name"));
	json_put_text(json, "address", rows_text(rows, row, "address"));
	json_put_bool(json, "active", rows_bool(rows, row, "active"));
	json_put_time(json, "added", rows_time(rows, row, "added"));
	put_trial(json, trials, rows_int(rows, row, "id"));
	json_put_texts(json, "reads", reads);
	for (guint i = 0; i < rows_count(certificates); i++)
		if (!rows_null(certificates, i, "analyst") &&
		    rows_int(certificates, i, "analyst") == rows_int(rows, row, "id"))
			json_add(keys, keyfile_row_json(certificates, i));
	json_put(json, "keys", keys);
	return json;
}

static Json *
analysts_json(const Settings *settings, GError **error)
{
	g_autoptr(Db) db = db_open(settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Rows) rows = db != NULL ? admin_analysts(db, error) : NULL;
	g_autoptr(Rows) certificates = rows != NULL ? admin_certificates(db, error) : NULL;
	g_autoptr(Rows) trials = certificates != NULL ? admin_trials(db, error) : NULL;
	Json *array;

	if (trials == NULL)
		return NULL;
	array = json_new_array();
	for (guint i = 0; i < rows_count(rows); i++)
		json_add(array, analyst_json(rows, i, certificates, trials));
	return array;
}

static bool
analyst_list(const Order *order, GError **error)
{
	g_autoptr(Json) array = analysts_json(order->settings, error);

	return array != NULL && print_list(order, array, in_list, error);
}

static bool
analyst_show(const Order *order, GError **error)
{
	g_autoptr(Json) array = analysts_json(order->settings, error);

	if (array == NULL)
		return false;
	for (guint i = 0; i < json_length(array); i++) {
		const Json *json = json_at(array, i);

		if (g_ascii_strcasecmp(json_text(json, "name"), order_word(order, 0)) == 0)
			return print_record(order, json, in_full, error) && (order->json ||
			    print_section("keys", json_get(json, "keys"), keyfile_columns, error));
	}
	return error_set(error, SLUIS_ERROR_REFUSED,
	    "there is no analyst %s: see sluis analyst list", order_word(order, 0));
}

static const Correspondent *
analyst_named(const GPtrArray *analysts, const char *name, GError **error)
{
	for (guint i = 0; i < analysts->len; i++) {
		const Correspondent *analyst = g_ptr_array_index(analysts, i);

		if (g_ascii_strcasecmp(analyst->name, name) == 0)
			return analyst;
	}
	error_set(error, SLUIS_ERROR_REFUSED, "there is no active analyst %s: see sluis analyst list", name);
	return NULL;
}

static bool
analyst_test(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_work", error);
	g_autoptr(GPtrArray) analysts = db != NULL ? directory_analysts(db, error) : NULL;
	const Correspondent *analyst = analysts != NULL ?
	    analyst_named(analysts, order_word(order, 0), error) : NULL;
	g_autoptr(Tools) tools = analyst != NULL ? tools_open(order->settings, TOOLS_LETTERS, error) : NULL;

	return tools != NULL && trial_send(tools, db, analyst, error) &&
	    print_line(error, "A trial goes to %s; sluis analyst list shows how it is answered.",
	    analyst->address);
}

static bool
analyst_remove(const Order *order, GError **error)
{
	const char *key = order_text(order, "key"), *name = order_word(order, 0);
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);

	if (db == NULL)
		return false;
	return key != NULL ? admin_remove_certificate(db, name, key, error) :
	    admin_remove_analyst(db, name, error);
}

static const OrderOption add_options[] = {
	{ "address", "ADDRESS" }, { "key", "FILE" }, { "vouched-by", "NAME" },
	{ "vouched-how", VOUCHED_HOW }, { "reads", "legal|none" }, { NULL }
};
static const OrderOption remove_options[] = { { "key", "FINGERPRINT" }, { NULL } };

const Verb analyst_verbs[] = {
	{ .noun = "analyst", .name = "add", .words = "NAME", .least = 1, .most = 1,
	  .options = add_options, .run = analyst_add,
	  .summary = "let somebody work on cases, or change address and keys" },
	{ .noun = "analyst", .name = "list", .has_json = true, .run = analyst_list,
	  .summary = "all analysts" },
	{ .noun = "analyst", .name = "show", .words = "NAME", .least = 1, .most = 1,
	  .has_json = true, .run = analyst_show, .summary = "one with the keys" },
	{ .noun = "analyst", .name = "test", .words = "NAME", .least = 1, .most = 1,
	  .user = ACCOUNT_WORK, .run = analyst_test,
	  .summary = "send a trial, whose answer shows how the mail program answers" },
	{ .noun = "analyst", .name = "remove", .words = "NAME", .least = 1, .most = 1,
	  .options = remove_options, .run = analyst_remove,
	  .summary = "from the next mail on an analyst no more; or only a key" },
	{ 0 }
};
