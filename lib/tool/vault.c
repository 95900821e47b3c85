/* vault - see vault.h */

#include "vault.h"

#include "error.h"
#include "reception.h"

Vault *
vault_open(const Settings *settings, GError **error)
{
	g_autoptr(Vault) vault = g_new0(Vault, 1);

	if (!seal_init(error))
		return NULL;
	vault->secret = seal_key_load(settings->key_folder, "storage.key", error);
	if (vault->secret == NULL)
		return NULL;
	vault->public = seal_public(vault->secret);
	vault->db = db_open(settings->db_conninfo, "sluis_adm", error);
	return vault->db != NULL ? g_steal_pointer(&vault) : NULL;
}

void
vault_close(Vault *vault)
{
	if (vault == NULL)
		return;
	g_clear_pointer(&vault->db, db_close);
	seal_key_free(vault->public);
	seal_key_free(vault->secret);
	g_free(vault);
}

/* NULL without an error where there is nothing to open: it was erased. */
static GBytes *
vault_bytes(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error)
{
	g_autoptr(GBytes) key_bytes = rows_bytes(rows, row, wrapped);
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, column);
	g_autoptr(SealKey) key = NULL;

	if (key_bytes == NULL || sealed == NULL)
		return NULL;
	key = seal_unwrap(key_bytes, vault->public, vault->secret, error);
	return key != NULL ? unseal_small(key, purpose, sealed, error) : NULL;
}

Json *
vault_json(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autoptr(GBytes) bytes = vault_bytes(vault, rows, row, wrapped, column, purpose, &why);

	if (bytes != NULL)
		return json_parse(bytes, error);
	if (why == NULL)
		return json_new_object();
	g_propagate_error(error, g_steal_pointer(&why));
	return NULL;
}

char *
vault_text(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error)
{
	g_autoptr(GBytes) bytes = vault_bytes(vault, rows, row, wrapped, column, purpose, error);

	return bytes != NULL ?
	    g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)) : NULL;
}

Extract *
vault_extract(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, GError **error)
{
	g_autoptr(GBytes) key = rows_bytes(rows, row, wrapped);
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, column);

	if (key == NULL || sealed == NULL)
		return extract_new();
	return extract_open(key, sealed, vault->public, vault->secret, error);
}

GBytes *
vault_blob(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, const char *purpose, GError **error)
{
	g_autoptr(GBytes) key_bytes = rows_bytes(rows, row, wrapped);
	g_autoptr(SealKey) key = NULL;
	g_autoptr(GPtrArray) chunks = NULL;

	if (key_bytes == NULL || rows_null(rows, row, column)) {
		error_set(error, SLUIS_ERROR_REFUSED, "it was erased");
		return NULL;
	}
	key = seal_unwrap(key_bytes, vault->public, vault->secret, error);
	if (key == NULL)
		return NULL;
	chunks = blob_read(vault->db, rows_text(rows, row, column), error);
	return chunks != NULL ? unseal_chunks(key, purpose, chunks, error) : NULL;
}

GBytes *
vault_sealed(const Vault *vault, const Rows *rows, guint row,
    const char *wrapped, const char *column, GError **error)
{
	g_autoptr(GBytes) key = rows_bytes(rows, row, wrapped);
	g_autoptr(GPtrArray) chunks = NULL;
	GByteArray *all;

	if (key == NULL || rows_null(rows, row, column)) {
		error_set(error, SLUIS_ERROR_REFUSED, "it was erased");
		return NULL;
	}
	chunks = blob_read(vault->db, rows_text(rows, row, column), error);
	if (chunks == NULL)
		return NULL;
	g_ptr_array_insert(chunks, 0, g_steal_pointer(&key));
	all = g_byte_array_new();
	for (guint i = 0; i < chunks->len; i++) {
		gsize length;
		gconstpointer bytes = g_bytes_get_data(g_ptr_array_index(chunks, i), &length);

		g_byte_array_append(all, bytes, (guint)length);
	}
	return g_byte_array_free_to_bytes(all);
}
