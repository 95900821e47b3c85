/* calls - see calls.h */

#include "calls.h"

#include <string.h>

#include "error.h"
#include "options.h"
#include "times.h"

#define CLOCK_MOST (5 * G_TIME_SPAN_MINUTE)

const Column calls_columns[] = {
	{ "PARTICIPANT", "participant", PRINT_TEXT },
	{ "NAME", "name", PRINT_TEXT },
	{ "PHONE", "phone", PRINT_TEXT },
	{ "HOURS", "hours", PRINT_TEXT },
	{ "UNTIL", "due", PRINT_TEXT },
	{ "MAILS", "mails", PRINT_NUMBER },
	{ "WHY", "why", PRINT_TEXT },
	{ "OVER", "closed", PRINT_TEXT },
	{ "HOW", "how", PRINT_TEXT },
	{ NULL }
};

Json *
calls_json(const Rows *rows, guint row)
{
	static const char *const texts[] = {
		"participant", "address", "name", "phone", "hours", "why", "how",
	};
	static const char *const times[] = { "since", "due", "closed" };
	Json *json = json_new_object();

	json_put_int(json, "id", rows_int(rows, row, "id"));
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i], rows_text(rows, row, texts[i]));
	for (guint i = 0; i < G_N_ELEMENTS(times); i++)
		json_put_time(json, times[i], rows_time(rows, row, times[i]));
	json_put_int(json, "mails", rows_int(rows, row, "mails"));
	return json;
}

void
calls_count(Json *json, const Rows *rows)
{
	gint64 now = g_get_real_time(), late = 0;

	for (guint i = 0; i < rows_count(rows); i++)
		late += rows_time(rows, i, "due") < now;
	json_put_int(json, "calls", rows_count(rows));
	json_put_int(json, "calls_late", late);
	json_put_time(json, "call_due", rows_count(rows) > 0 ? rows_time(rows, 0, "due") : 0);
}

const OrderOption calls_told_options[] = { { "time", "TIME" }, { NULL } };

/* When they were told: now, unless it says otherwise; never tomorrow. */
static gint64
time_of(const Order *order, GError **error)
{
	const char *text = order_text(order, "time");
	gint64 now = g_get_real_time(), time = text != NULL ? times_parse_rfc3339(text) : now;

	if (time == 0)
		program_usage(error, "--time: expected a time such as 2026-11-24T09:50:00Z, "
		    "not \"%s\"", text);
	else if (time > now + CLOCK_MOST)
		error_set(error, SLUIS_ERROR_REFUSED, "%s is still to come", text);
	else
		return time;
	return 0;
}

bool
calls_told(const Order *order, GError **error)
{
	static const char *const ways[] = { "phone", "portal", "person", NULL };
	const char *party = order_word(order, 1), *how = order_word(order, 2);
	g_autoptr(Db) db = NULL;
	gint64 time, dropped;

	if (!g_strv_contains(ways, how))
		return program_usage(error, "expected phone, portal or person, not \"%s\"", how);
	time = time_of(order, error);
	if (time == 0)
		return false;
	db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	dropped = db != NULL ? phone_told(db, order_word(order, 0), party, how, time, error) : -1;
	return dropped >= 0 && print_line(error, "%s was told; %" G_GINT64_FORMAT
	    " mails that waited for a key are dropped", party, dropped);
}
