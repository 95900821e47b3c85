/* revocation - see revocation.h */

#include "revocation.h"

#include "certificate.h"
#include "error.h"
#include "untrusted.h"

/* What it leaves of that certificate; NULL without an error if it does not hold,
 * or nobody can read one of the two. */
static bool
taken_back(const Run *run, GBytes *known, const Brought *brought, Certificate **after,
    GError **error)
{
	g_autoptr(GError) because = NULL;

	*after = certificate_taken_back(run->tools->pgp, known, brought->bytes, &because);
	if (because == NULL || error_is(because, SLUIS_ERROR_REFUSED))
		return true;
	g_propagate_error(error, g_steal_pointer(&because));
	return false;
}

static bool
look_at_pinned(Run *run, const Brought *brought, GError **error)
{
	g_autoptr(GPtrArray) pinned = directory_certificates_by_key(run->db, brought->fingerprint, error);

	for (guint i = 0; pinned != NULL && i < pinned->len; i++) {
		Certificate *after;

		if (!taken_back(run, pinned->pdata[i], brought, &after, error))
			return false;
		if (after != NULL)
			g_ptr_array_add(run->revocations, after);
	}
	return pinned != NULL;
}

static bool
look_at_reporter(Run *run, const Brought *brought, GError **error)
{
	Reporter *reporter = run->reporter;
	g_autoptr(Certificate) after = NULL;

	if (reporter == NULL || reporter->certificate == NULL ||
	    !g_str_has_suffix(reporter->fingerprint, brought->fingerprint))
		return true;
	if (!taken_back(run, reporter->certificate, brought, &after, error))
		return false;
	if (after != NULL) {
		reporter_unlearn(reporter);
		reporter->changed = run->reporter_revoked = true;
	}
	return true;
}

bool
revocation_look(Run *run, GError **error)
{
	for (guint i = 0; run->brought != NULL && i < run->brought->len; i++) {
		const Brought *brought = run->brought->pdata[i];

		if (!brought->revokes)
			continue;
		if (run->revocations == NULL)
			run->revocations = g_ptr_array_new_with_free_func((GDestroyNotify)certificate_free);
		if (!look_at_pinned(run, brought, error) || !look_at_reporter(run, brought, error))
			return false;
	}
	return true;
}

const char *
revocation_word(const Run *run, const Brought *brought)
{
	for (guint i = 0; run->revocations != NULL && i < run->revocations->len; i++) {
		const Certificate *one = run->revocations->pdata[i];

		if (g_str_has_suffix(one->fingerprint, brought->fingerprint))
			return "key-taken-back";
	}
	return run->reporter_revoked ? "key-taken-back" : "key-not-taken-back";
}

bool
revocation_keep(const Tools *tools, Db *db, const char *key_id, GBytes *signature, GError **error)
{
	g_autoptr(GBytes) fingerprint = tools_hash_signer(tools, key_id);
	g_autoptr(GBytes) content = seal_mac(tools->index, "revocation",
	    g_bytes_get_data(signature, NULL), g_bytes_get_size(signature));
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) record = seal_small(key, "revocation", signature);
	g_autoptr(GBytes) wrapped = seal_wrap(key, tools->storage_public);
	const UntrustedRevocation kept = {
		.fingerprint = fingerprint, .content = content, .wrapped = wrapped, .record = record,
	};

	return untrusted_keep_revocation(db, &kept, error);
}

static bool
keep_all(Run *run, GError **error)
{
	for (guint i = 0; run->brought != NULL && i < run->brought->len; i++) {
		const Brought *brought = run->brought->pdata[i];

		if (brought->revokes && !revocation_keep(run->tools, run->db, brought->fingerprint,
		    brought->bytes, error))
			return false;
	}
	return true;
}

bool
revocation_file(Run *run, GError **error)
{
	for (guint i = 0; run->revocations != NULL && i < run->revocations->len; i++) {
		const Certificate *one = run->revocations->pdata[i];

		if (!directory_revoke(run->db, one->fingerprint, one->bytes, error))
			return false;
	}
	return keep_all(run, error);
}
