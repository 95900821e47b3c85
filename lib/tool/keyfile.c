/* keyfile - see keyfile.h */

#include "keyfile.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "file.h"

#define BLOCK "-----BEGIN PGP PUBLIC KEY BLOCK-----"

/* Certificates come with many foreign signatures and pictures; what is left
 * of them may have 64 KiB. */
#define FILE_MOST (4 * 1024 * 1024)

static void
certificate_drop(gpointer data)
{
	certificate_free(data);
}

Keyfiles *
keyfiles_new(const Settings *settings)
{
	Keyfiles *keyfiles = g_new0(Keyfiles, 1);

	keyfiles->settings = settings;
	keyfiles->by_fingerprint = g_hash_table_new_full(g_str_hash, g_str_equal,
	    NULL, certificate_drop);
	return keyfiles;
}

void
keyfiles_free(Keyfiles *keyfiles)
{
	if (keyfiles == NULL)
		return;
	g_hash_table_unref(keyfiles->by_fingerprint);
	g_clear_pointer(&keyfiles->pgp, pgp_free);
	g_free(keyfiles);
}

static bool
engine(Keyfiles *keyfiles, GError **error)
{
	if (keyfiles->pgp == NULL)
		keyfiles->pgp = pgp_inspector(keyfiles->settings->run_folder, error);
	return keyfiles->pgp != NULL;
}

static GBytes *
key_bytes(const char *folder, const char *text, char **path, GError **error)
{
	g_autofree char *base = folder != NULL ? g_canonicalize_filename(folder, NULL) : NULL;

	if (g_str_has_prefix(text, BLOCK)) {
		*path = g_strdup("key");
		return g_bytes_new(text, strlen(text));
	}
	*path = g_canonicalize_filename(text, base);
	return file_read(*path, FILE_MOST, error);
}

static void
warn_of(const Certificate *certificate, const char *path)
{
	if (certificate->unusable != NULL)
		fprintf(stderr, "sluis: warning: %s: %s is %s: mail to it will be held\n",
		    path, certificate->fingerprint, certificate->unusable);
}

const Certificate *
keyfile_read(Keyfiles *keyfiles, const char *folder, const char *text, GError **error)
{
	g_autofree char *path = NULL;
	g_autoptr(GBytes) bytes = key_bytes(folder, text, &path, error);
	Certificate *certificate;

	if (bytes == NULL || !engine(keyfiles, error))
		return NULL;
	certificate = pgp_certificate_minimise(keyfiles->pgp, bytes, error);
	if (certificate == NULL) {
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	warn_of(certificate, path);
	g_hash_table_replace(keyfiles->by_fingerprint, certificate->fingerprint, certificate);
	return certificate;
}

Json *
keyfile_json(const Certificate *certificate)
{
	g_autofree char *armour = keyfile_armour(certificate->bytes);
	Json *json = json_new_object();

	json_put_text(json, "fingerprint", certificate->fingerprint);
	json_put_text(json, "encryption", certificate->encryption_subkey);
	json_put_text(json, "algorithm", certificate->algorithm);
	json_put_time(json, "made", certificate->created * G_USEC_PER_SEC);
	json_put_time(json, "expires", certificate->expires * G_USEC_PER_SEC);
	json_put_text(json, "unusable", certificate->unusable);
	json_put_texts(json, "user_ids", certificate->user_ids);
	json_put_text(json, "armour", armour);
	return json;
}

Json *
keyfile_row_json(const Rows *rows, guint row)
{
	g_autoptr(GPtrArray) user_ids = rows_texts(rows, row, "user_ids");
	g_autoptr(GBytes) bytes = rows_bytes(rows, row, "bytes");
	g_autofree char *armour = keyfile_armour(bytes);
	Json *json = json_new_object();

	json_put_text(json, "fingerprint", rows_text(rows, row, "fingerprint"));
	json_put_text(json, "encryption", rows_text(rows, row, "encryption"));
	json_put_text(json, "algorithm", rows_text(rows, row, "algorithm"));
	json_put_time(json, "made", rows_time(rows, row, "made"));
	json_put_time(json, "expires", rows_time(rows, row, "expires"));
	json_put_time(json, "pinned", rows_time(rows, row, "pinned"));
	json_put_text(json, "unusable", rows_text(rows, row, "unusable"));
	json_put_texts(json, "user_ids", user_ids);
	json_put_text(json, "armour", armour);
	return json;
}

bool
keyfile_pin(Db *db, const Certificate *certificate, int contact, int analyst,
    bool *fresh, GError **error)
{
	const CertificateRecord record = {
		.contact = contact,
		.analyst = analyst,
		.fingerprint = certificate->fingerprint,
		.encryption = certificate->encryption_subkey,
		.bytes = certificate->bytes,
		.algorithm = certificate->algorithm,
		.user_ids = certificate->user_ids,
		.subkeys = certificate->subkeys,
		.made = certificate->created * G_USEC_PER_SEC,
		.expires = certificate->expires * G_USEC_PER_SEC,
		.unusable = certificate->unusable,
	};

	return admin_put_certificate(db, &record, fresh, error);
}

char *
keyfile_armour(GBytes *bytes)
{
	GString *text = g_string_new(BLOCK "\n\n");
	gsize length;
	const guchar *data = g_bytes_get_data(bytes, &length);
	g_autofree char *base64 = g_base64_encode(data, length);

	for (gsize at = 0; base64[at] != '\0'; at += MIN(64, strlen(base64 + at)))
		g_string_append_printf(text, "%.64s\n", base64 + at);
	g_string_append(text, "-----END PGP PUBLIC KEY BLOCK-----\n");
	return g_string_free(text, FALSE);
}
