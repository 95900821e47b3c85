/* blob - something large and sealed, kept in chunks; see blob.h */

#include "blob.h"

#include <sys/random.h>

#include "error.h"

char *
blob_id(void)
{
	guint8 b[16];

	/* Once the kernel has its seed, 16 bytes always come at once and whole. */
	if (getrandom(b, sizeof(b), 0) != (gssize)sizeof(b))
		g_error("no random bytes");
	b[6] = (guint8)((b[6] & 0x0f) | 0x40);
	b[8] = (guint8)((b[8] & 0x3f) | 0x80);
	return g_strdup_printf("%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
	    b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
	    b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]);
}

bool
blob_add_part(Db *db, const char *blob, guint n, GBytes *chunk, GError **error)
{
	Params *params = params_new();

	params_text(params, blob);
	params_int(params, n);
	params_bytes(params, chunk);
	return db_do(db, "select sluis.accept_part($1, $2, $3)", params, error);
}

bool
blob_add(Db *db, const char *blob, const GPtrArray *chunks, GError **error)
{
	bool good = true;

	for (guint i = 0; i < chunks->len && good; i++)
		good = blob_add_part(db, blob, i, g_ptr_array_index(chunks, i), error);
	return good;
}

GPtrArray *
blob_read(Db *db, const char *blob, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select bytes from sluis.read_blob($1)",
	    params_text(params_new(), blob), error);
	GPtrArray *chunks;

	if (rows == NULL)
		return NULL;
	if (rows_count(rows) == 0) {
		error_set(error, SLUIS_ERROR_SETUP, "sealed bytes are missing from the database");
		return NULL;
	}
	chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(chunks, rows_bytes(rows, i, "bytes"));
	return chunks;
}

GPtrArray *
blob_of_reception(Db *db, gint64 reception, GBytes **wrapped, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.raw_of($1)",
	    params_int(params_new(), reception), error);

	if (rows == NULL)
		return NULL;
	if (rows_count(rows) == 0) {
		error_set(error, SLUIS_ERROR_REFUSED, "this mail was erased");
		return NULL;
	}
	*wrapped = rows_bytes(rows, 0, "wrapped");
	return blob_read(db, rows_text(rows, 0, "blob"), error);
}

char *
blob_write(Db *db, const GPtrArray *chunks, GError **error)
{
	g_autofree char *blob = blob_id();

	return blob_add(db, blob, chunks, error) ? g_steal_pointer(&blob) : NULL;
}
