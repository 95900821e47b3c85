/* pgp_key - what a certificate is good for, for pgp.h */

#include "pgp_engine.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "error.h"
#include "file.h"
#include "home.h"
#include "text.h"

#define LARGEST_CERTIFICATE (64 * 1024)
#define LARGEST_BEFORE_MINIMISING (1024 * 1024)
#define WEAKEST_BITS 2048
#define SECRET "this is a secret key; keep it, and give its public key"

static bool
refused(GError **error, const char *why)
{
	return error_set(error, SLUIS_ERROR_REFUSED, "%s", why);
}

/* Armoured: exactly one block, whatever stands around it. */
static bool
is_one_block(GBytes *bytes, GError **error)
{
	static const char secret[] = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
	gsize length;
	const char *text = g_bytes_get_data(bytes, &length);
	Armour armour;

	if (length > 0 && (text[0] & 0x80) != 0)
		return true;
	if (length > 0 && memmem(text, length, secret, strlen(secret)) != NULL)
		return refused(error, SECRET);
	if (length == 0 || !armour_find(text, length, 0, &armour) || armour.kind != ARMOUR_KEY)
		return refused(error, "this is no public key");
	if (armour_find(text, length, armour.end, &armour))
		return refused(error, "these are several keys");
	return true;
}

/* One certificate in binary, and not a secret one: said of the packets, so
 * that no secret key gets near gpg, which would hand it to an agent. */
static bool
is_one_certificate(GBytes *binary, GError **error)
{
	bool secret;
	g_autoptr(GPtrArray) keys = packet_keys(g_bytes_get_data(binary, NULL),
	    g_bytes_get_size(binary), &secret);
	guint primaries = 0;

	for (guint i = 0; keys != NULL && i < keys->len; i++) {
		const PacketKey *key = keys->pdata[i];

		primaries += strcmp(key->primary, key->fingerprint) == 0;
	}
	if (secret)
		return refused(error, SECRET);
	if (primaries != 1)
		return refused(error, primaries == 0 ? "this is no public key" : "these are several keys");
	return true;
}

static GBytes *
certificate_packets(GBytes *bytes, gsize most, GError **error)
{
	g_autoptr(GBytes) binary = NULL;

	if (g_bytes_get_size(bytes) > 2 * most) {
		refused(error, "the key is too large");
		return NULL;
	}
	if (!is_one_block(bytes, error))
		return NULL;
	binary = pgp_unarmoured(bytes);
	if (binary == NULL || g_bytes_get_size(binary) > most) {
		refused(error, binary == NULL ? "the key is damaged" : "the key is too large");
		return NULL;
	}
	return is_one_certificate(binary, error) ? g_steal_pointer(&binary) : NULL;
}

static bool
is_future(gpgme_subkey_t key)
{
	return key->timestamp > time(NULL);
}

static bool
is_weak(gpgme_subkey_t key)
{
	switch (key->pubkey_algo) {
	case GPGME_PK_RSA: case GPGME_PK_RSA_E: case GPGME_PK_RSA_S:
	case GPGME_PK_ELG: case GPGME_PK_ELG_E: case GPGME_PK_DSA:
		return key->length < WEAKEST_BITS;
	default:
		return false;
	}
}

static bool
is_usable(gpgme_subkey_t key)
{
	return key->can_encrypt && !key->revoked && !key->expired && !key->invalid &&
	    !key->disabled && !is_future(key);
}

/* The newest usable subkey is what gpg takes; the primary if there is none. */
static gpgme_subkey_t
encryption_key(gpgme_key_t key)
{
	gpgme_subkey_t best = NULL;

	for (gpgme_subkey_t subkey = key->subkeys->next; subkey != NULL; subkey = subkey->next)
		if (is_usable(subkey) && (best == NULL || subkey->timestamp > best->timestamp))
			best = subkey;
	if (best == NULL && is_usable(key->subkeys))
		best = key->subkeys;
	return best;
}

/* Why there is no usable subkey: what is wrong with those that would encrypt. */
static const char *
why_no_subkey(gpgme_key_t key)
{
	const char *why = "no encryption subkey";

	for (gpgme_subkey_t subkey = key->subkeys->next; subkey != NULL; subkey = subkey->next) {
		if (!subkey->can_encrypt)
			continue;
		why = subkey->revoked ? "revoked" : subkey->expired ? "expired" :
		    is_future(subkey) ? "created in the future" : why;
	}
	return why;
}

static const char *
why_unusable(gpgme_key_t key, gpgme_subkey_t encryption)
{
	if (key->revoked)
		return "revoked";
	if (key->expired)
		return "expired";
	if (is_future(key->subkeys))
		return "created in the future";
	if (encryption == NULL)
		return why_no_subkey(key);
	if (is_weak(key->subkeys) || is_weak(encryption))
		return "too weak";
	return key->invalid ? "no valid user id" : NULL;
}

static void
take_user_ids(Certificate *certificate, gpgme_key_t key)
{
	for (gpgme_user_id_t uid = key->uids; uid != NULL; uid = uid->next) {
		if (uid->revoked || uid->invalid)
			continue;
		g_ptr_array_add(certificate->user_ids, text_clean_line(uid->uid, -1));
		if (uid->address != NULL && *uid->address != '\0') {
			g_autofree char *address = text_clean_line(uid->address, -1);

			g_ptr_array_add(certificate->addresses, g_utf8_strdown(address, -1));
		}
	}
}

static gint64
sooner(gint64 one, gint64 two)
{
	return one == 0 ? two : two == 0 ? one : MIN(one, two);
}

static Certificate *
certificate_of(gpgme_key_t key, GBytes *bytes)
{
	Certificate *certificate = g_new0(Certificate, 1);
	gpgme_subkey_t encryption = encryption_key(key);
	const char *unusable = why_unusable(key, encryption);
	char *name = gpgme_pubkey_algo_string(key->subkeys);

	certificate->bytes = g_bytes_ref(bytes);
	certificate->fingerprint = g_ascii_strup(key->subkeys->fpr, -1);
	certificate->user_ids = g_ptr_array_new_with_free_func(g_free);
	certificate->addresses = g_ptr_array_new_with_free_func(g_free);
	certificate->subkeys = g_ptr_array_new_with_free_func(g_free);
	take_user_ids(certificate, key);
	for (gpgme_subkey_t subkey = key->subkeys; subkey != NULL; subkey = subkey->next)
		g_ptr_array_add(certificate->subkeys, g_ascii_strup(subkey->fpr, -1));
	certificate->created = key->subkeys->timestamp;
	certificate->expires = sooner(key->subkeys->expires,
	    encryption == NULL ? 0 : encryption->expires);
	certificate->algorithm = g_strdup(name == NULL ? "unknown" : name);
	gpgme_free(name);
	certificate->unusable = g_strdup(unusable);
	if (unusable == NULL)
		certificate->encryption_subkey = g_ascii_strup(encryption->fpr, -1);
	return certificate;
}

/* The listing of a certificate that is not imported. */
static Certificate *
certificate_list(GBytes *binary, GError **error)
{
	g_auto(gpgme_ctx_t) context = pgp_context(error);
	g_auto(gpgme_data_t) data = pgp_data(binary);
	g_auto(gpgme_key_t) key = NULL;
	g_auto(gpgme_key_t) further = NULL;
	gpgme_error_t failure;

	if (context == NULL)
		return NULL;
	failure = gpgme_op_keylist_from_data_start(context, data, 0);
	if (failure == 0 && gpgme_op_keylist_next(context, &key) == 0)
		gpgme_op_keylist_next(context, &further);
	gpgme_op_keylist_end(context);
	if (key == NULL || key->subkeys == NULL || key->secret || further != NULL) {
		refused(error, "this key cannot be read");
		return NULL;
	}
	return certificate_of(key, binary);
}

typedef Certificate *(*InScratch)(const char *scratch, GBytes *binary, GError **error);

/* gpg leaves files behind even where nothing is imported: they go into a home
 * of their own, which is removed. */
static Certificate *
in_scratch(Pgp *pgp, GBytes *binary, InScratch act, GError **error)
{
	const HomeSettings settings = { NULL };
	g_autofree char *scratch = NULL;
	Certificate *certificate = NULL;

	if (!pgp_enter(pgp, error))
		return NULL;
	scratch = g_build_filename(pgp->private, "scratch", NULL);
	if (!file_make_folder(scratch, 0700, error))
		return NULL;
	setenv("GNUPGHOME", scratch, 1);
	if (home_configure(scratch, &settings, error))
		certificate = act(scratch, binary, error);
	setenv("GNUPGHOME", pgp->private, 1);
	file_remove_tree(scratch);
	return certificate;
}

static Certificate *
act_list(const char *scratch G_GNUC_UNUSED, GBytes *binary, GError **error)
{
	return certificate_list(binary, error);
}

static Certificate *
act_minimise(const char *scratch, GBytes *binary, GError **error)
{
	g_autoptr(GBytes) minimal = home_minimise(scratch, binary, error);
	g_autoptr(GBytes) checked = minimal == NULL ? NULL :
	    certificate_packets(minimal, LARGEST_CERTIFICATE, error);

	return checked == NULL ? NULL : certificate_list(checked, error);
}

Certificate *
pgp_certificate(Pgp *pgp, GBytes *bytes, GError **error)
{
	g_autoptr(GBytes) binary = certificate_packets(bytes, LARGEST_CERTIFICATE, error);

	return binary == NULL ? NULL : in_scratch(pgp, binary, act_list, error);
}

Certificate *
pgp_certificate_minimise(Pgp *pgp, GBytes *bytes, GError **error)
{
	g_autoptr(GBytes) binary = certificate_packets(bytes, LARGEST_BEFORE_MINIMISING, error);

	return binary == NULL ? NULL : in_scratch(pgp, binary, act_minimise, error);
}

void
certificate_free(Certificate *certificate)
{
	if (certificate == NULL)
		return;
	g_bytes_unref(certificate->bytes);
	g_ptr_array_unref(certificate->user_ids);
	g_ptr_array_unref(certificate->addresses);
	g_ptr_array_unref(certificate->subkeys);
	g_free(certificate->fingerprint);
	g_free(certificate->encryption_subkey);
	g_free(certificate->algorithm);
	g_free(certificate->unusable);
	g_free(certificate);
}
