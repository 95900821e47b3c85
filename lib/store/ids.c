/* ids - row numbers in and out; see ids.h */

#include "ids.h"

#include "text.h"

Params *
params_id(Params *params, gint64 id)
{
	return id != 0 ? params_int(params, id) : params_null(params);
}

Params *
params_ids(Params *params, const GArray *ids)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < ids->len; i++)
		g_ptr_array_add(words, g_strdup_printf("%" G_GINT64_FORMAT, g_array_index(ids, gint64, i)));
	return params_texts(params, words);
}

Params *
params_hashes(Params *params, const GPtrArray *hashes)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < hashes->len; i++) {
		GBytes *hash = g_ptr_array_index(hashes, i);

		g_ptr_array_add(words, text_hex(g_bytes_get_data(hash, NULL), g_bytes_get_size(hash)));
	}
	return params_texts(params, words);
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
