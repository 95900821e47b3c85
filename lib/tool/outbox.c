/* outbox - what leaves: sluis outbox list, show, release, drop */

#include "nouns.h"

#include "admin.h"
#include "print.h"
#include "vault.h"

static const Column in_list[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "FILED", "filed", PRINT_TEXT },
	{ "CASE", "case", PRINT_TEXT },
	{ "KIND", "kind", PRINT_TEXT },
	{ "TO", "to", PRINT_TEXT },
	{ "STATE", "state", PRINT_TEXT },
	{ "TRIES", "attempts", PRINT_NUMBER },
	{ "REASON", "reason", PRINT_TEXT },
	{ NULL }
};

static const Column in_full[] = {
	{ "mail", "id", PRINT_NUMBER },
	{ "kind", "kind", PRINT_TEXT },
	{ "case", "case", PRINT_TEXT },
	{ "to", "to", PRINT_TEXT },
	{ "subject", "subject", PRINT_TEXT },
	{ "message id", "message_id", PRINT_TEXT },
	{ "state", "state", PRINT_TEXT },
	{ "reason", "reason", PRINT_TEXT },
	{ "tries", "attempts", PRINT_NUMBER },
	{ "filed", "filed", PRINT_TEXT },
	{ "not before", "not_before", PRINT_TEXT },
	{ "sent", "sent", PRINT_TEXT },
	{ "final bytes", "built", PRINT_FLAG },
	{ NULL }
};

static Json *
outgoing_json(const Vault *vault, const Rows *rows, guint row, GError **error)
{
	static const char *const texts[][2] = {
		{ "case", "tag" }, { "kind", "kind" }, { "state", "state" },
		{ "reason", "reason" }, { "cause", "cause" }, { "target", "target" },
	};
	static const char *const times[] = { "filed", "not_before", "sent" };
	static const char *const sealed[] = { "to", "subject", "message_id" };
	g_autoptr(Json) json = json_new_object();
	g_autoptr(Json) record = vault_json(vault, rows, row, "wrapped", "record",
	    "record", error);

	if (record == NULL)
		return NULL;
	json_put_int(json, "id", rows_int(rows, row, "id"));
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i][0], rows_text(rows, row, texts[i][1]));
	if (rows_null(rows, row, "party"))
		json_put_null(json, "party");
	else
		json_put_int(json, "party", rows_int(rows, row, "party"));
	for (guint i = 0; i < G_N_ELEMENTS(sealed); i++)
		json_put_text(json, sealed[i], json_text(record, sealed[i]));
	if (rows_bool(rows, row, "hidden"))	/* named to nobody (T-49) */
		json_put_text(json, "to", HIDDEN_NAME);
	json_put_int(json, "attempts", rows_int(rows, row, "attempts"));
	for (guint i = 0; i < G_N_ELEMENTS(times); i++)
		json_put_time(json, times[i], rows_time(rows, row, times[i]));
	json_put_bool(json, "built", rows_bool(rows, row, "built"));
	return g_steal_pointer(&json);
}

static bool
outbox_list(const Order *order, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Rows) rows = vault != NULL ? admin_outbox(vault->db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++) {
		Json *json = outgoing_json(vault, rows, i, error);

		if (json == NULL)
			return false;
		json_add(array, json);
	}
	return print_list(order, array, in_list, error);
}

static bool
outbox_print(const Order *order, const Vault *vault, gint64 id, GError **error)
{
	g_autoptr(Rows) rows = admin_outgoing(vault->db, id, error);
	g_autoptr(Json) json = rows != NULL ? outgoing_json(vault, rows, 0, error) : NULL;

	return json != NULL && print_record(order, json, in_full, error);
}

/* One mail by its number: something is done to it, then it is shown. */
static bool
outbox_act(const Order *order, bool (*act)(Db *, gint64, GError **), GError **error)
{
	g_autoptr(Vault) vault = NULL;
	gint64 id = order_number(order, 0, error);

	if (id == 0)
		return false;
	vault = vault_open(order->settings, error);
	if (vault == NULL || (act != NULL && !act(vault->db, id, error)))
		return false;
	return outbox_print(order, vault, id, error);
}

static bool
outbox_show(const Order *order, GError **error)
{
	return outbox_act(order, NULL, error);
}

static bool
outbox_release(const Order *order, GError **error)
{
	return outbox_act(order, admin_release, error);
}

static bool
outbox_drop(const Order *order, GError **error)
{
	return outbox_act(order, admin_drop, error);
}

const Verb outbox_verbs[] = {
	{ .noun = "outbox", .name = "list", .has_json = true, .run = outbox_list,
	  .summary = "what leaves or left, newest first" },
	{ .noun = "outbox", .name = "show", .words = "ID", .least = 1, .most = 1,
	  .has_json = true, .run = outbox_show, .summary = "all that is known of one mail" },
	{ .noun = "outbox", .name = "release", .words = "ID", .least = 1, .most = 1,
	  .has_json = true, .run = outbox_release, .summary = "let a held mail go" },
	{ .noun = "outbox", .name = "drop", .words = "ID", .least = 1, .most = 1,
	  .has_json = true, .run = outbox_drop, .summary = "a held or waiting mail never leaves" },
	{ 0 }
};
