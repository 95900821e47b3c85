/* clock - the days that count in all open cases: sluis clock list */

#include "nouns.h"

#include "clocks.h"
#include "print.h"

static const Column in_list[] = {
	{ "CASE", "case", PRINT_TEXT },
	{ "WHAT", "kind", PRINT_TEXT },
	{ "DUE", "due", PRINT_TEXT },
	{ "STATE", "state", PRINT_TEXT },
	{ "OWNER", "owner", PRINT_TEXT },
	{ "BY", "who", PRINT_TEXT },
	{ "TOLD", "told", PRINT_TEXT },
	{ NULL }
};

static const char *
state_of(const Rows *rows, guint row, gint64 now)
{
	if (rows_bool(rows, row, "met"))
		return "met";
	return rows_time(rows, row, "due") <= now ? "over" : "runs";
}

static Json *
line_json(const Rows *rows, guint row, gint64 now)
{
	Json *json = json_new_object();

	json_put_int(json, "id", rows_int(rows, row, "id"));
	json_put_text(json, "case", rows_text(rows, row, "tag"));
	json_put_text(json, "kind", rows_text(rows, row, "kind"));
	json_put_time(json, "due", rows_time(rows, row, "due"));
	json_put_text(json, "state", state_of(rows, row, now));
	json_put_text(json, "owner", rows_text(rows, row, "owner"));
	json_put_text(json, "who", rows_text(rows, row, "who"));
	json_put_time(json, "told", rows_time(rows, row, "told"));
	return json;
}

static bool
clock_list(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Rows) rows = db != NULL ? clocks_list(db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();
	gint64 now = g_get_real_time();

	if (rows == NULL)
		return false;
	for (guint i = 0; i < rows_count(rows); i++)
		json_add(array, line_json(rows, i, now));
	return print_list(order, array, in_list, error);
}

const Verb clock_verbs[] = {
	{ .noun = "clock", .name = "list", .has_json = true, .run = clock_list,
	  .summary = "the days that count in cases that are not closed, the next first" },
	{ 0 }
};
