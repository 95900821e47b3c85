/* ids - row numbers in and out; see ids.h */

#include "ids.h"

Params *
params_id(Params *params, gint64 id)
{
	return id != 0 ? params_int(params, id) : params_null(params);
}

GArray *
ids_query(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, sql, params, error);
	GArray *ids;

	if (rows == NULL)
		return NULL;
	ids = g_array_sized_new(FALSE, FALSE, sizeof(gint64), rows_count(rows));
	for (guint i = 0; i < rows_count(rows); i++) {
		gint64 id = rows_int(rows, i, "id");

		g_array_append_val(ids, id);
	}
	return ids;
}

gint64
id_query(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Rows) row = db_row(db, sql, params, error);

	return row != NULL ? rows_int(row, 0, "id") : -1;
}
