/* takeback - see takeback.h */

#include "takeback.h"

#include "certificate.h"
#include "revocation.h"
#include "untrusted.h"

/* The hashes things are found by, for as long as keys are read. */
static bool
open_index(Keyfiles *keyfiles, GError **error)
{
	if (keyfiles->index == NULL && seal_init(error))
		keyfiles->index = seal_key_load(keyfiles->settings->key_folder, "index.key", error);
	return keyfiles->index != NULL;
}

/* All of them, one behind the other: gpg keeps those that hold. */
static GBytes *
signatures_in(const Keyfiles *keyfiles, const Rows *rows, GError **error)
{
	g_autoptr(SealKey) secret = seal_key_load(keyfiles->settings->key_folder, "storage.key", error);
	g_autoptr(SealKey) public = secret != NULL ? seal_public(secret) : NULL;
	g_autoptr(GByteArray) all = g_byte_array_new();

	for (guint i = 0; i < rows_count(rows); i++) {
		g_autoptr(GBytes) wrapped = rows_bytes(rows, i, "wrapped");
		g_autoptr(GBytes) sealed = rows_bytes(rows, i, "record");
		g_autoptr(SealKey) key = public == NULL ? NULL :
		    seal_unwrap(wrapped, public, secret, error);
		g_autoptr(GBytes) one = key != NULL ? unseal_small(key, "revocation", sealed, error) : NULL;

		if (one == NULL)
			return NULL;
		g_byte_array_append(all, g_bytes_get_data(one, NULL), (guint)g_bytes_get_size(one));
	}
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

Certificate *
takeback_heed(Keyfiles *keyfiles, Db *db, const Certificate *certificate, GError **error)
{
	const Tools tools = { .index = open_index(keyfiles, error) ? keyfiles->index : NULL };
	g_autoptr(GBytes) fingerprint = tools.index != NULL ?
	    tools_hash_signer(&tools, certificate->fingerprint) : NULL;
	g_autoptr(Rows) rows = fingerprint != NULL ?
	    untrusted_revocations(db, fingerprint, error) : NULL;
	g_autoptr(GBytes) signatures = rows != NULL && rows_count(rows) > 0 ?
	    signatures_in(keyfiles, rows, error) : NULL;

	return signatures == NULL || !keyfile_engine(keyfiles, error) ? NULL :
	    certificate_taken_back(keyfiles->pgp, certificate->bytes, signatures, error);
}

bool
takeback_keep(Keyfiles *keyfiles, Db *db, const char *key_id, GBytes *signature, GError **error)
{
	g_autoptr(SealKey) public = open_index(keyfiles, error) ?
	    seal_key_load(keyfiles->settings->key_folder, "storage.pub", error) : NULL;
	const Tools tools = { .index = keyfiles->index, .storage_public = public };

	return public != NULL && revocation_keep(&tools, db, key_id, signature, error);
}
