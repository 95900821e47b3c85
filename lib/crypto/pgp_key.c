/* pgp_key - certificates read, minimised and joined; for pgp.h and certificate.h */

#include "pgp_fit.h"

#include <stdlib.h>
#include <string.h>

#include "certificate.h"
#include "error.h"
#include "file.h"
#include "home.h"
#include "text.h"

#define LARGEST_CERTIFICATE (64 * 1024)

/* More than any person's key has, and little enough to be looked at at once. */
#define MOST_SUBKEYS 64
#define MOST_USER_IDS 64
#define MOST_SIGNATURES 1024

#define EXPORT_MINIMAL "; its owner exports it with --export-options export-minimal"
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

/* Keys are poisoned with what others can add to them (T-29). */
static bool
is_of_a_size(GBytes *binary, GError **error)
{
	PacketCensus census = packet_census(g_bytes_get_data(binary, NULL),
	    g_bytes_get_size(binary));
	const struct {
		const char *what;
		guint count, most;
	} limits[] = {
		{ "subkeys", census.subkeys, MOST_SUBKEYS },
		{ "user ids", census.user_ids, MOST_USER_IDS },
		{ "signatures", census.signatures, MOST_SIGNATURES },
	};

	for (guint i = 0; i < G_N_ELEMENTS(limits); i++)
		if (limits[i].count > limits[i].most)
			return error_set(error, SLUIS_ERROR_REFUSED, "the key has %u %s, and %u is "
			    "the most that is read" EXPORT_MINIMAL, limits[i].count, limits[i].what,
			    limits[i].most);
	return true;
}

GBytes *
pgp_certificate_packets(GBytes *bytes, gsize most, const GPtrArray *issuers, GError **error)
{
	g_autoptr(GBytes) binary = NULL, own = NULL;

	if (g_bytes_get_size(bytes) > 2 * most) {
		refused(error, "the key is too large" EXPORT_MINIMAL);
		return NULL;
	}
	if (!is_one_block(bytes, error))
		return NULL;
	binary = pgp_unarmoured(bytes);
	if (binary == NULL || g_bytes_get_size(binary) > most) {
		refused(error, binary == NULL ? "the key is damaged" :
		    "the key is too large" EXPORT_MINIMAL);
		return NULL;
	}
	if (!is_one_certificate(binary, error))
		return NULL;
	own = packet_signed_by(binary, issuers);
	return is_of_a_size(own, error) ? g_steal_pointer(&own) : NULL;
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
	const gpgme_subkey_t primary = key->subkeys;
	gpgme_subkey_t encryption;
	const char *unusable = pgp_why_unusable(key, bytes, &encryption);
	char *name = gpgme_pubkey_algo_string(primary);

	certificate->bytes = g_bytes_ref(bytes);
	certificate->fingerprint = g_ascii_strup(primary->fpr, -1);
	certificate->user_ids = g_ptr_array_new_with_free_func(g_free);
	certificate->addresses = g_ptr_array_new_with_free_func(g_free);
	certificate->subkeys = g_ptr_array_new_with_free_func(g_free);
	take_user_ids(certificate, key);
	for (gpgme_subkey_t subkey = primary; subkey != NULL; subkey = subkey->next)
		g_ptr_array_add(certificate->subkeys, g_ascii_strup(subkey->fpr, -1));
	certificate->created = primary->timestamp;
	certificate->expires = sooner(primary->expires, encryption == NULL ? 0 : encryption->expires);
	certificate->algorithm = g_strdup(name == NULL ? "unknown" : name);
	gpgme_free(name);
	certificate->unusable = g_strdup(unusable);
	g_assert(unusable != NULL || encryption != NULL);
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

/* gpg leaves files behind even where nothing is imported: they go into a home
 * of their own, which is removed. */
bool
pgp_in_scratch(Pgp *pgp, InScratch act, void *work, GError **error)
{
	const HomeSettings settings = { 0 };
	g_autofree char *scratch = NULL;
	bool done;

	if (!pgp_enter(pgp, error))
		return false;
	scratch = g_build_filename(pgp->private, "scratch", NULL);
	if (!file_make_folder(scratch, 0700, error))
		return false;
	setenv("GNUPGHOME", scratch, 1);
	done = home_configure(scratch, &settings, error) && act(scratch, work, error);
	setenv("GNUPGHOME", pgp->private, 1);
	file_remove_tree(scratch);
	return done;
}

typedef struct {
	GBytes *binary;
	Certificate *found;
} Reading;

static bool
act_list(const char *scratch G_GNUC_UNUSED, void *work, GError **error)
{
	Reading *reading = work;

	reading->found = certificate_list(reading->binary, error);
	return reading->found != NULL;
}

static bool
act_minimise(const char *scratch, void *work, GError **error)
{
	Reading *reading = work;
	g_autoptr(GBytes) minimal = home_minimise(scratch, reading->binary, error);
	g_autoptr(GBytes) checked = NULL;

	if (minimal != NULL && g_bytes_get_size(minimal) == 0)
		return refused(error, "no user id of the key is signed by the key itself");
	checked = minimal == NULL ? NULL :
	    pgp_certificate_packets(minimal, LARGEST_CERTIFICATE, NULL, error);
	reading->found = checked == NULL ? NULL : certificate_list(checked, error);
	return reading->found != NULL;
}

static Certificate *
read_in_scratch(Pgp *pgp, GBytes *binary, InScratch act, GError **error)
{
	Reading reading = { .binary = binary };

	if (binary != NULL)
		pgp_in_scratch(pgp, act, &reading, error);
	return reading.found;
}

Certificate *
pgp_certificate(Pgp *pgp, GBytes *bytes, GError **error)
{
	g_autoptr(GBytes) binary = pgp_certificate_packets(bytes, LARGEST_CERTIFICATE, NULL, error);

	return read_in_scratch(pgp, binary, act_list, error);
}

Certificate *
pgp_certificate_minimise(Pgp *pgp, GBytes *bytes, GError **error)
{
	g_autoptr(GBytes) binary = pgp_certificate_packets(bytes, LARGEST_BEFORE_MINIMISING, NULL, error);

	return read_in_scratch(pgp, binary, act_minimise, error);
}

GBytes *
pgp_joined(GBytes *one, GBytes *other)
{
	GByteArray *both = g_byte_array_new();

	g_byte_array_append(both, g_bytes_get_data(one, NULL), (guint)g_bytes_get_size(one));
	g_byte_array_append(both, g_bytes_get_data(other, NULL), (guint)g_bytes_get_size(other));
	return g_byte_array_free_to_bytes(both);
}

Certificate *
certificate_merge(Pgp *pgp, GBytes *known, GBytes *bytes, GError **error)
{
	g_autoptr(GBytes) binary = pgp_certificate_packets(bytes, LARGEST_BEFORE_MINIMISING, NULL, error);
	g_autoptr(GBytes) both = binary == NULL ? NULL : pgp_joined(known, binary);

	return read_in_scratch(pgp, both, act_minimise, error);
}

Certificate *
certificate_taken_back(Pgp *pgp, GBytes *known, GBytes *revocation, GError **error)
{
	g_autoptr(GBytes) both = packet_with_revocation(known, revocation);
	g_autoptr(GBytes) binary = pgp_certificate_packets(both, LARGEST_BEFORE_MINIMISING, NULL, error);
	g_autoptr(Certificate) after = read_in_scratch(pgp, binary, act_minimise, error);

	return after != NULL && g_strcmp0(after->unusable, KEY_REVOKED) == 0 ?
	    g_steal_pointer(&after) : NULL;
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
