/* key_revoke - sluis key revoke: a key that its owner took back; see key_quarantine.h */

#include "key_quarantine.h"

#include <string.h>

#include "armour.h"
#include "certificate.h"
#include "directory.h"
#include "error.h"
#include "file.h"
#include "keyfile.h"
#include "packet.h"
#include "print.h"
#include "takeback.h"
#include "untrusted.h"
#include "vault.h"

#define FILE_MOST (64 * 1024)

/* The signature in the file, binary; *key_id: of the key it takes back. */
static GBytes *
signature_in(const char *path, char **key_id, GError **error)
{
	g_autoptr(GBytes) bytes = g_str_has_prefix(path, "-----BEGIN ") ?
	    g_bytes_new(path, strlen(path)) : file_read(path, FILE_MOST, error);
	GBytes *binary;
	gsize length;
	const char *text;

	if (bytes == NULL)
		return NULL;
	text = g_bytes_get_data(bytes, &length);
	binary = text != NULL ? armour_open(text, length) : NULL;
	if (binary == NULL)
		binary = g_bytes_ref(bytes);
	*key_id = packet_revokes(binary);
	if (*key_id != NULL)
		return binary;
	g_bytes_unref(binary);
	error_set(error, SLUIS_ERROR_REFUSED, "this is no revocation as gpg --gen-revoke writes it; a "
	    "certificate with one in it is given as any newer version is, with --key");
	return NULL;
}

/* The pinned certificate of that key id; NULL without an error: there is none. */
static GBytes *
find_pinned(Db *db, const char *key_id, GError **error)
{
	g_autoptr(Rows) pinned = admin_certificates(db, error);

	for (guint i = 0; pinned != NULL && i < rows_count(pinned); i++)
		if (g_str_has_suffix(rows_text(pinned, i, "fingerprint"), key_id))
			return rows_bytes(pinned, i, "bytes");
	return NULL;
}

/* Of one that waits in quarantine. */
static GBytes *
find_waiting(const Order *order, const char *key_id, GError **error)
{
	g_autoptr(Vault) vault = vault_open(order->settings, error);
	g_autoptr(Rows) rows = vault != NULL ? untrusted_list(vault->db, 0, error) : NULL;

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		g_autoptr(Json) record = vault_json(vault, rows, i, "wrapped", "record", "quarantine", error);
		const char *fingerprint = record != NULL ? json_text(record, "fingerprint") : NULL;

		if (record == NULL)
			return NULL;
		if (fingerprint != NULL && g_str_has_suffix(fingerprint, key_id))
			return quarantine_bytes(record, error);
	}
	return NULL;
}

/* That certificate, taken back; REFUSED if it is not. */
static Certificate *
taken_back(Keyfiles *keyfiles, GBytes *known, GBytes *signature, GError **error)
{
	g_autoptr(GError) because = NULL;
	Certificate *after = keyfile_engine(keyfiles, &because) ?
	    certificate_taken_back(keyfiles->pgp, known, signature, &because) : NULL;

	if (because != NULL)
		g_propagate_error(error, g_steal_pointer(&because));
	else if (after == NULL)
		error_set(error, SLUIS_ERROR_REFUSED, "the revocation is not by the key it is about");
	return after;
}

static bool
take_back(const Order *order, Db *db, GBytes *known, GBytes *signature, GError **error)
{
	g_autoptr(Keyfiles) keyfiles = keyfiles_new(order->settings);
	g_autoptr(Certificate) after = taken_back(keyfiles, known, signature, error);

	return after != NULL && directory_revoke(db, after->fingerprint, after->bytes, error) &&
	    print_line(error, "%s is revoked, and mail to it is held.", after->fingerprint);
}

static bool
take_back_waiting(const Order *order, Db *db, const char *key_id, GBytes *signature, GError **error)
{
	g_autoptr(Keyfiles) keyfiles = keyfiles_new(order->settings);
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) waiting = find_waiting(order, key_id, &because);
	g_autoptr(Certificate) after = NULL;

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (waiting == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "no key that ends in %s is pinned or waits in quarantine", key_id);
	after = taken_back(keyfiles, waiting, signature, error);
	return after != NULL && takeback_keep(keyfiles, db, key_id, signature, error) &&
	    print_line(error, "%s waits in quarantine, is revoked, and cannot be accepted.",
	    after->fingerprint);
}

bool
key_revoke(const Order *order, GError **error)
{
	g_autofree char *key_id = NULL;
	g_autoptr(GBytes) signature = signature_in(order_word(order, 0), &key_id, error);
	g_autoptr(Db) db = signature != NULL ?
	    db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) known = db != NULL ? find_pinned(db, key_id, &because) : NULL;

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (known == NULL)
		return db != NULL && take_back_waiting(order, db, key_id, signature, error);
	return take_back(order, db, known, signature, error);
}
