/* audit - what was ordered by mail, and what became of it: sluis audit list */

#include "nouns.h"

#include "admin.h"
#include "print.h"

static const Column in_list[] = {
	{ "ID", "id", PRINT_NUMBER },
	{ "AT", "at", PRINT_TEXT },
	{ "WHO", "who", PRINT_TEXT },
	{ "WHAT", "what", PRINT_TEXT },
	{ "CASE", "case", PRINT_TEXT },
	{ "RECEPTION", "reception", PRINT_NUMBER },
	{ "DETAIL", "detail", PRINT_TEXT },
	{ NULL }
};

static Json *
line_json(const Rows *rows, guint row)
{
	Json *json = json_new_object();

	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_time(json, "at", rows_time(rows, row, "at"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_text(json, "what", rows_text(rows, row, "what"));
	json_put_text(json, "case", rows_text(rows, row, "tag"));
	if (rows_null(rows, row, "reception"))
		json_put_null(json, "reception");
	else
		json_put_int(json, "reception", rows_int(rows, row, "reception"));
	json_put_text(json, "detail", rows_text(rows, row, "detail"));
	return json;
}

static bool
audit_list(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Rows) rows = db != NULL ? admin_audit(db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++)
		json_add(array, line_json(rows, i));
	return print_list(order, array, in_list, error);
}

const Verb audit_verbs[] = {
	{ .noun = "audit", .name = "list", .has_json = true, .run = audit_list,
	  .summary = "what was ordered by mail, newest first" },
	{ 0 }
};
