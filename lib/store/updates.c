/* updates - see updates.h */

#include "updates.h"

bool
updates_count(Db *db, const char *fingerprint, gint64 reception, bool *counts,
    GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.count_straggler($1, $2) as counts",
	    params_int(params_text(params_new(), fingerprint), reception), error);

	if (row != NULL)
		*counts = rows_bool(row, 0, "counts");
	return row != NULL;
}

Rows *
updates_stragglers(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_stragglers()", NULL, error);
}

bool
updates_subscribe(Db *db, const char *address, const char *language, bool *fresh,
    GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.put_subscriber($1, $2) as fresh",
	    params_text(params_text(params_new(), address), language), error);

	if (row != NULL)
		*fresh = rows_bool(row, 0, "fresh");
	return row != NULL;
}

bool
updates_unsubscribe(Db *db, const char *address, GError **error)
{
	return db_do(db, "select sluis.remove_subscriber($1)",
	    params_text(params_new(), address), error);
}

Rows *
updates_subscribers(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_subscribers()", NULL, error);
}

void
addressee_free(Addressee *addressee)
{
	if (addressee == NULL)
		return;
	g_free(addressee->target);
	g_free(addressee->address);
	g_free(addressee->language);
	g_free(addressee->encryption);
	g_clear_pointer(&addressee->certificate, g_bytes_unref);
	g_free(addressee);
}

GPtrArray *
updates_addressees(Db *db, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.list_addressees()", NULL, error);
	GPtrArray *all;

	if (rows == NULL)
		return NULL;
	all = g_ptr_array_new_with_free_func((GDestroyNotify)addressee_free);
	for (guint i = 0; i < rows_count(rows); i++) {
		Addressee *one = g_new0(Addressee, 1);

		one->target = g_strdup(rows_text(rows, i, "target"));
		one->address = g_strdup(rows_text(rows, i, "address"));
		one->language = g_strdup(rows_text(rows, i, "language"));
		one->encryption = g_strdup(rows_text(rows, i, "encryption"));
		one->certificate = rows_bytes(rows, i, "bytes");
		g_ptr_array_add(all, one);
	}
	return all;
}
