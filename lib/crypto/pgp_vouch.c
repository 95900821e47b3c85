/*
 * pgp_vouch - whose certifications a certificate has; see certificate.h
 *
 * The certifiers are put into the scratch home first, so that gpg has them when
 * it checks what they signed; of all others it says only that it does not know
 * them.
 */

#include "pgp_fit.h"

#include <string.h>

#include "certificate.h"
#include "home.h"

typedef struct {
	GBytes *all;
	const char *fingerprint;
	const GPtrArray *certifiers;	/* of GBytes */
	char *by;
} Vouching;

static bool
has_certified(gpgme_key_t key, const char *certifier)
{
	for (gpgme_user_id_t uid = key->uids; uid != NULL; uid = uid->next)
		for (gpgme_key_sig_t sig = uid->signatures; sig != NULL; sig = sig->next)
			if (!uid->revoked && !sig->revoked && !sig->expired && !sig->invalid &&
			    sig->status == 0 && sig->keyid != NULL &&
			    g_str_has_suffix(certifier, sig->keyid))
				return true;
	return false;
}

static bool
act_vouch(const char *scratch, void *work, GError **error)
{
	Vouching *vouching = work;
	g_auto(gpgme_ctx_t) context = NULL;
	g_auto(gpgme_key_t) key = NULL;
	gpgme_error_t failure;

	if (!home_fill(scratch, vouching->all, error) || (context = pgp_context(error)) == NULL)
		return false;
	gpgme_set_keylist_mode(context, GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_SIGS);
	failure = gpgme_get_key(context, vouching->fingerprint, &key, 0);
	if (failure != 0)
		return pgp_trouble(error, failure, "gpg cannot list a key");
	for (guint i = 0; vouching->by == NULL && i < vouching->certifiers->len; i++) {
		g_autoptr(GPtrArray) keys = pgp_keys_of(vouching->certifiers->pdata[i]);
		const PacketKey *primary = keys == NULL || keys->len == 0 ? NULL : keys->pdata[0];

		if (primary != NULL && strcmp(primary->fingerprint, vouching->fingerprint) != 0 &&
		    has_certified(key, primary->fingerprint))
			vouching->by = g_strdup(primary->fingerprint);
	}
	return true;
}

/* Of their primary keys. */
static GPtrArray *
fingerprints_of(const GPtrArray *certificates)
{
	GPtrArray *fingerprints = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < certificates->len; i++) {
		g_autoptr(GPtrArray) keys = pgp_keys_of(certificates->pdata[i]);

		if (keys != NULL && keys->len > 0)
			g_ptr_array_add(fingerprints,
			    g_strdup(((const PacketKey *)keys->pdata[0])->fingerprint));
	}
	return fingerprints;
}

char *
certificate_certified_by(Pgp *pgp, GBytes *bytes, const GPtrArray *certifiers, GError **error)
{
	g_autoptr(GPtrArray) issuers = fingerprints_of(certifiers);
	g_autoptr(GBytes) binary = pgp_certificate_packets(bytes, LARGEST_BEFORE_MINIMISING, issuers,
	    error);
	g_autoptr(GPtrArray) keys = binary == NULL ? NULL : pgp_keys_of(binary);
	g_autoptr(GBytes) all = g_bytes_new(NULL, 0);
	Vouching vouching = { .certifiers = certifiers };
	GBytes *more;

	if (keys == NULL)
		return NULL;
	for (guint i = 0; i <= certifiers->len; i++) {
		more = pgp_joined(all, i < certifiers->len ? certifiers->pdata[i] : binary);
		g_bytes_unref(all);
		all = more;
	}
	vouching.all = all;
	vouching.fingerprint = ((const PacketKey *)keys->pdata[0])->fingerprint;
	if (!pgp_in_scratch(pgp, act_vouch, &vouching, error))
		return NULL;
	return vouching.by != NULL ? vouching.by : g_strdup("");
}
