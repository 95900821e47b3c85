/* expiry - see expiry.h */

#include "expiry.h"

static void
expiry_free(gpointer data)
{
	Expiry *expiry = data;

	g_free(expiry->target);
	g_free(expiry->participant);
	correspondent_free(expiry->who);
	g_free(expiry);
}

GPtrArray *
expiry_list(Db *db, gint64 at, guint days, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.expiring_keys($1, $2)",
	    params_int(params_time(params_new(), at), days), error);
	GPtrArray *list;

	if (rows == NULL)
		return NULL;
	list = g_ptr_array_new_with_free_func(expiry_free);
	for (guint i = 0; i < rows_count(rows); i++) {
		Expiry *expiry = g_new0(Expiry, 1);

		expiry->target = g_strdup(rows_text(rows, i, "target"));
		expiry->participant = g_strdup(rows_text(rows, i, "participant"));
		expiry->who = correspondent_read(rows, i);
		expiry->warned = (int)rows_int(rows, i, "warned");
		g_ptr_array_add(list, expiry);
	}
	return list;
}

bool
expiry_note(Db *db, const Expiry *expiry, int step, GError **error)
{
	Params *params = params_text(params_text(params_new(), expiry->target),
	    expiry->who->fingerprint);

	params_time(params, expiry->who->expires);
	return db_do(db, "select sluis.note_key_warning($1, $2, $3, $4)",
	    params_int(params, step), error);
}

bool
expiry_take_clock(Db *db, bool *taken, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.take_clock() as taken", NULL, error);

	*taken = row != NULL && rows_bool(row, 0, "taken");
	return row != NULL;
}
