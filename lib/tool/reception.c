/* reception - the mails as they were taken: sluis reception list, show, raw, retry */

#include "nouns.h"

#include "admin.h"
#include "options.h"
#include "print.h"
#include "upkeep.h"
#include "vault.h"

static const Column in_list[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "RECEIVED", "received", PRINT_TEXT },
	{ "INBOX", "inbox", PRINT_TEXT },
	{ "STATE", "state", PRINT_TEXT },
	{ "SIZE", "size", PRINT_NUMBER },
	{ "CASE", "case", PRINT_TEXT },
	{ "CLASS", "class", PRINT_TEXT },
	{ "ENCRYPTION", "encryption", PRINT_TEXT },
	{ "SIGNATURE", "signature", PRINT_TEXT },
	{ "REASON", "reason", PRINT_TEXT },
	{ NULL }
};

static const Column in_full[] = {
	{ "reception", "id", PRINT_NUMBER },
	{ "state", "state", PRINT_TEXT },
	{ "reason", "reason", PRINT_TEXT },
	{ "tries", "tries", PRINT_NUMBER },
	{ "received", "received", PRINT_TEXT },
	{ "inbox", "inbox", PRINT_TEXT },
	{ "sender", "sender", PRINT_TEXT },
	{ "recipient", "recipient", PRINT_TEXT },
	{ "queue id", "queue_id", PRINT_TEXT },
	{ "size", "size", PRINT_NUMBER },
	{ "sha256", "sha256", PRINT_TEXT },
	{ "case", "case", PRINT_TEXT },
	{ "class", "class", PRINT_TEXT },
	{ "motive", "motive", PRINT_TEXT },
	{ "encryption", "encryption", PRINT_TEXT },
	{ "signature", "signature", PRINT_TEXT },
	{ "signer", "signer", PRINT_TEXT },
	{ NULL }
};

static Json *
reception_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	static const char *const texts[][2] = {
		{ "state", "state" }, { "inbox", "inbox" }, { "reason", "reason" },
		{ "case", "tag" }, { "class", "class" }, { "motive", "motive" },
		{ "encryption", "encryption" }, { "signature", "signature" },
	};
	static const char *const sealed[] = { "sender", "recipient", "queue_id", "sha256" };
	g_autoptr(Json) json = json_new_object();
	g_autoptr(Json) envelope = vault_json(vault, rows, row, "wrapped", "envelope",
	    "envelope", error);
	g_autoptr(Extract) extract = envelope == NULL ? NULL :
	    vault_extract(vault, rows, row, "extract_wrapped", "extract", error);

	if (extract == NULL)
		return NULL;
	json_put_int(json, "id", rows_int(rows, row, "id"));
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i][0], rows_text(rows, row, texts[i][1]));
	for (guint i = 0; i < G_N_ELEMENTS(sealed); i++)
		json_put_text(json, sealed[i], json_text(envelope, sealed[i]));
	if (rows_bool(rows, row, "hidden"))	/* named to nobody (T-49) */
		json_put_text(json, "sender", HIDDEN_NAME);
	json_put_int(json, "size", rows_int(rows, row, "size"));
	json_put_int(json, "tries", rows_int(rows, row, "tries"));
	json_put_time(json, "received", rows_time(rows, row, "received"));
	json_put_text(json, "signer", extract->signer);
	return g_steal_pointer(&json);
}

static bool
reception_list(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Rows) rows = vault != NULL ? admin_receptions(vault->db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		Json *json = reception_json(vault, rows, i, error);

		if (json == NULL)
			return false;
		json_add(array, json);
	}
	return print_list(order, array, in_list, error);
}

/* The row that was asked for; *vault is the caller's. */
static Rows *
reception_row(const Order *order, Vault **vault, GError **error)
{
	gint64 id = order_number(order, 0, error);

	if (id == 0)
		return NULL;
	*vault = vault_open(order->settings, error);
	return *vault != NULL ? admin_reception((*vault)->db, id, error) : NULL;
}

static bool
reception_show(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = NULL;
	g_autoptr(Rows) rows = reception_row(order, &vault, error);
	g_autoptr(Json) json = rows != NULL ? reception_json(vault, rows, 0, error) : NULL;

	return json != NULL && print_record(order, json, in_full, error);
}

static bool
reception_raw(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = NULL;
	g_autoptr(Rows) rows = reception_row(order, &vault, error);
	g_autoptr(GBytes) raw = NULL;

	if (rows != NULL)
		raw = order_flag(order, "sealed") ?
		    vault_sealed(vault, rows, 0, "wrapped", "blob", error) :
		    vault_blob(vault, rows, 0, "wrapped", "blob", "raw", error);
	return raw != NULL && print_bytes(raw, error);
}

static bool
retry_parked(Db *db, GError **error)
{
	gint64 count = upkeep_retry_parked(db, error);

	return count >= 0 && print_line(error, "%" G_GINT64_FORMAT " are tried again", count);
}

static bool
reception_retry(const Order *order, GError **error)
{
	bool all = order_flag(order, "parked");
	gint64 id = all ? 0 : order_number(order, 0, error);
	g_autoptr(Db) db = NULL;

	if (all && order_word(order, 0) != NULL)
		return program_usage(error, "an ID or --parked, not both");
	if (!all && id == 0)
		return false;
	db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	if (db == NULL)
		return false;
	return all ? retry_parked(db, error) : admin_retry_reception(db, id, error);
}

static const OrderOption raw_options[] = { { "sealed", NULL }, { NULL } };
static const OrderOption retry_options[] = { { "parked", NULL }, { NULL } };

const Verb reception_verbs[] = {
	{ .noun = "reception", .name = "list", .has_json = true, .run = reception_list,
	  .summary = "the mails that were taken, newest first" },
	{ .noun = "reception", .name = "show", .words = "ID", .least = 1, .most = 1,
	  .has_json = true, .run = reception_show, .summary = "all that is known of one" },
	{ .noun = "reception", .name = "raw", .words = "ID", .least = 1, .most = 1,
	  .options = raw_options, .run = reception_raw,
	  .summary = "its bytes as they came, or as they are kept, to stdout" },
	{ .noun = "reception", .name = "retry", .words = "[ID]", .most = 1,
	  .options = retry_options, .run = reception_retry,
	  .summary = "try a parked one again, or all of them" },
	{ 0 }
};
