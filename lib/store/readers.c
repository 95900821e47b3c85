/* readers - see readers.h */

#include "readers.h"

#include "ids.h"

void
reader_free(Reader *reader)
{
	if (reader == NULL)
		return;
	g_free(reader->owner);
	g_free(reader);
}

GPtrArray *
readers_of(Db *db, guint case_no, const char *role, int participant, const char *class,
    GError **error)
{
	Params *params = params_text(params_int(params_new(), case_no), role);
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.readers($1, $2, $3, $4)",
	    params_text(params_id(params, participant), class), error);
	GPtrArray *readers;

	if (rows == NULL)
		return NULL;
	readers = g_ptr_array_new_with_free_func((GDestroyNotify)reader_free);
	for (guint i = 0; i < rows_count(rows); i++) {
		Reader *reader = g_new0(Reader, 1);

		reader->analyst = (int)rows_int(rows, i, "analyst");
		reader->reads = rows_bool(rows, i, "reads");
		reader->duty = rows_bool(rows, i, "duty");
		reader->owner = g_strdup(rows_text(rows, i, "owner"));
		g_ptr_array_add(readers, reader);
	}
	return readers;
}

int
readers_may(Db *db, int analyst, gint64 message, GError **error)
{
	g_autoptr(Rows) row = db_query(db, "select sluis.may_read($1, $2) as may",
	    params_int(params_int(params_new(), analyst), message), error);

	return row != NULL ? rows_bool(row, 0, "may") : -1;
}
