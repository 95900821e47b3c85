/* keyfile - see keyfile.h */

#include "keyfile.h"

#include <stdio.h>
#include <string.h>

#include "certificate.h"
#include "armour.h"
#include "error.h"
#include "file.h"
#include "takeback.h"

#define BLOCK "-----BEGIN PGP PUBLIC KEY BLOCK-----"

/* Certificates come with many foreign signatures and pictures; what is left
 * of them may have 64 KiB. */
#define FILE_MOST (4 * 1024 * 1024)

const Column keyfile_columns[] = {
	{ "KEY", "fingerprint", PRINT_TEXT },
	{ "ALGORITHM", "algorithm", PRINT_TEXT },
	{ "EXPIRES", "expires", PRINT_TEXT },
	{ "VOUCHED BY", "vouched_by", PRINT_TEXT },
	{ "HOW", "vouched_how", PRINT_TEXT },
	{ "WHEN", "vouched", PRINT_TEXT },
	{ "REFUSED", "refused", PRINT_TEXT },
	{ NULL }
};

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
	seal_key_free(keyfiles->index);
	g_free(keyfiles);
}

bool
keyfile_engine(Keyfiles *keyfiles, GError **error)
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
	g_autofree char *sentence = certificate_sentence(certificate->unusable);

	if (sentence != NULL)
		fprintf(stderr, "sluis: %s: the key %s is refused, mail to it will be held: %s\n",
		    path, certificate->fingerprint, sentence);
}

const Certificate *
keyfile_read(Keyfiles *keyfiles, const char *folder, const char *text, GError **error)
{
	g_autofree char *path = NULL;
	g_autoptr(GBytes) bytes = key_bytes(folder, text, &path, error);
	Certificate *certificate;

	if (bytes == NULL || !keyfile_engine(keyfiles, error))
		return NULL;
	certificate = pgp_certificate_minimise(keyfiles->pgp, bytes, error);
	if (certificate == NULL) {
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	if (!keyfiles->quiet)
		warn_of(certificate, path);
	g_hash_table_replace(keyfiles->by_fingerprint, certificate->fingerprint, certificate);
	return certificate;
}

static void
put_unusable(Json *json, const char *unusable)
{
	g_autofree char *sentence = certificate_sentence(unusable);

	json_put_text(json, "unusable", unusable);
	json_put_text(json, "refused", sentence);
}

void
keyfile_tell(const Certificate *certificate, Json *json)
{
	g_autofree char *armour = keyfile_armour(certificate->bytes);

	json_put_text(json, "fingerprint", certificate->fingerprint);
	json_put_text(json, "encryption", certificate->encryption_subkey);
	json_put_text(json, "algorithm", certificate->algorithm);
	json_put_time(json, "made", certificate->created * G_USEC_PER_SEC);
	json_put_time(json, "expires", certificate->expires * G_USEC_PER_SEC);
	put_unusable(json, certificate->unusable);
	json_put_texts(json, "user_ids", certificate->user_ids);
	json_put_text(json, "armour", armour);
}

Json *
keyfile_json(const Certificate *certificate)
{
	Json *json = json_new_object();

	keyfile_tell(certificate, json);
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
	put_unusable(json, rows_text(rows, row, "unusable"));
	json_put_text(json, "vouched_by", rows_text(rows, row, "vouched_by"));
	json_put_text(json, "vouched_how", rows_text(rows, row, "vouched_how"));
	json_put_time(json, "vouched", rows_time(rows, row, "vouched"));
	json_put_texts(json, "user_ids", user_ids);
	json_put_text(json, "armour", armour);
	return json;
}

/* What is known of it and this version as one; of one that was not known, with
 * what takes it back. NULL without an error if neither changes it. */
static Certificate *
joined(Keyfiles *keyfiles, Db *db, const Certificate *certificate, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(GBytes) known = admin_known_certificate(db, certificate->fingerprint, &because);
	Certificate *both = NULL;

	if (because == NULL && known == NULL)
		both = takeback_heed(keyfiles, db, certificate, &because);
	else if (because == NULL && !g_bytes_equal(known, certificate->bytes) &&
	    keyfile_engine(keyfiles, &because))
		both = certificate_merge(keyfiles->pgp, known, certificate->bytes, &because);
	if (because != NULL)
		g_propagate_error(error, g_steal_pointer(&because));
	else if (both != NULL && known == NULL && !keyfiles->quiet)
		warn_of(both, "key");
	return both;
}

bool
keyfile_pin(Keyfiles *keyfiles, Db *db, const Certificate *certificate, CertificateRecord record,
    bool *fresh, GError **error)
{
	g_autoptr(GError) because = NULL;
	g_autoptr(Certificate) both = joined(keyfiles, db, certificate, &because);
	const Certificate *one = both != NULL ? both : certificate;

	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	record.fingerprint = one->fingerprint;
	record.encryption = one->encryption_subkey;
	record.bytes = one->bytes;
	record.algorithm = one->algorithm;
	record.user_ids = one->user_ids;
	record.subkeys = one->subkeys;
	record.made = one->created * G_USEC_PER_SEC;
	record.expires = one->expires * G_USEC_PER_SEC;
	record.unusable = one->unusable;
	return admin_put_certificate(db, &record, fresh, error);
}

const Field *
keyfile_option(const char *option)
{
	static const char *const fields[][2] = {
		{ "vouched-by", "vouched_by" }, { "vouched-how", "vouched_how" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strcmp(fields[i][0], option) == 0)
			return field_find(key_fields, fields[i][1]);
	return NULL;
}

Json *
keyfile_vouched(const Order *order, GError **error)
{
	g_autoptr(Json) vouched = json_new_object();

	for (guint i = 0; i < order->typed->len; i++) {
		const Typed *typed = &g_array_index(order->typed, Typed, i);
		const Field *field = keyfile_option(typed->name);

		if (field != NULL && !entry_set_text(vouched, field, typed->value, error))
			return NULL;
	}
	return g_steal_pointer(&vouched);
}

char *
keyfile_armour(GBytes *bytes)
{
	return armour_key(bytes);
}
