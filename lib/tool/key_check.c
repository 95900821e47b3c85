/* key_check - see key_check.h */

#include "key_check.h"

#include "error.h"
#include "options.h"
#include "print.h"
#include "reach.h"

#define DAYS 60				/* looked ahead, unless --days says otherwise */
#define DAYS_MOST 36500

static const Column columns[] = {
	{ "FROM", "from", PRINT_TEXT },
	{ "WHO", "who", PRINT_TEXT },
	{ "NAME", "name", PRINT_TEXT },
	{ "ADDRESS", "address", PRINT_TEXT },
	{ "CASES", "receives", PRINT_FLAG },
	{ "WHY", "reason", PRINT_TEXT },
	{ "KEY", "fingerprint", PRINT_TEXT },
	{ NULL }
};

static bool
days_of(const Order *order, gint64 *days, GError **error)
{
	const char *text = order_text(order, "days");
	guint64 number = DAYS;

	if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, DAYS_MOST, &number, NULL))
		return program_usage(error, "--days: expected a number of days, not \"%s\"", text);
	*days = (gint64)number;
	return true;
}

/* People read "now" where there is no time to come. */
static Json *
reach_json(const Order *order, const Reach *reach)
{
	bool reached = reach->unusable == NULL && reach->returned == NULL;
	g_autofree char *returned = reach->returned == NULL ? NULL :
	    g_strconcat("mails come back: ", reach->returned, NULL);
	Json *json = json_new_object();

	json_put_text(json, "who", reach->analyst ? "analyst" :
	    reach->deputy_of != NULL ? "deputy" : "contact");
	json_put_text(json, "name", reach->name);
	json_put_text(json, "address", reach->address);
	json_put_text(json, "deputy_of", reach->deputy_of);
	json_put_bool(json, "receives", reach->receives);
	json_put_bool(json, "reached", reached);
	if (reached)
		json_put_time(json, "from", reach->until);
	else
		json_put_text(json, "from", order->json ? NULL : "now");
	json_put_text(json, "reason", reach->unusable != NULL ? reach->unusable :
	    returned != NULL ? returned : "expires");
	json_put_text(json, "fingerprint", reach->fingerprint);
	return json;
}

bool
key_check_reach(const Order *order, GError **error)
{
	g_autoptr(Db) opened = order->session != NULL ? NULL :
	    db_open(order->settings->db_conninfo, "sluis_adm", error);
	Db *db = order->session != NULL ? order->session : opened;
	g_autoptr(GPtrArray) list = db != NULL ? reach_list(db, error) : NULL;
	g_autoptr(Json) array = json_new_array();
	gint64 days = DAYS;
	guint lost = 0;

	if (list == NULL || !days_of(order, &days, error))
		return false;
	for (guint i = 0; i < list->len; i++) {
		const Reach *reach = g_ptr_array_index(list, i);

		if (reach->returned == NULL &&
		    reach_lasts(reach, g_get_real_time() + days * G_TIME_SPAN_DAY))
			continue;
		lost += reach->receives && (reach->unusable != NULL || reach->returned != NULL);
		json_add(array, reach_json(order, reach));
	}
	if (!print_list(order, array, columns, error))
		return false;
	return lost == 0 || error_set(error, SLUIS_ERROR_REFUSED,
	    "%u who receive cases cannot be written to now", lost);
}
