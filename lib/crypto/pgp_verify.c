/* pgp_verify - signatures judged, for pgp.h */

#include "pgp_engine.h"

#include "error.h"
#include "home.h"

#define CLOCK_TOLERANCE (5 * 60)

/*
 * The key that made a signature: its primary's name and its strength. A subkey
 * that stands in two certificates tells nobody; then *primary is NULL.
 */
typedef struct {
	char *primary;
	bool found, weak;
} SigningKey;

static void
signing_key_take(SigningKey *signing, const PacketKey *key)
{
	if (key == NULL)
		return;
	if (signing->found && g_strcmp0(signing->primary, key->primary) != 0)
		g_clear_pointer(&signing->primary, g_free);
	else if (!signing->found)
		signing->primary = g_strdup(key->primary);
	signing->found = true;
	signing->weak = signing->weak || packet_key_is_weak(key);
}

static SigningKey
signing_key(const Pgp *pgp, const GPtrArray *certificates, const char *name)
{
	SigningKey signing = { NULL, false, false };

	signing_key_take(&signing, pgp_key_among(pgp->ring, name));
	for (guint i = 0; certificates != NULL && i < certificates->len; i++) {
		g_autoptr(GPtrArray) keys = pgp_keys_of(certificates->pdata[i]);

		signing_key_take(&signing, pgp_key_among(keys, name));
	}
	return signing;
}

static bool
is_weak_digest(gpgme_hash_algo_t digest)
{
	return digest == GPGME_MD_SHA1 || digest == GPGME_MD_MD5 || digest == GPGME_MD_RMD160 ||
	    digest == GPGME_MD_MD2;
}

/* Only the status is asked: the summary is 0 for a good signature of an
 * untrusted key and for a bad one after which gpg stopped, alike. */
static SignatureStatus
status_of(gpgme_signature_t signature, const SigningKey *signing)
{
	switch (gpgme_err_code(signature->status)) {
	case GPG_ERR_NO_ERROR:
		if (!signing->found || signing->primary == NULL)
			return SIGNATURE_BROKEN;
		if (signature->timestamp > (gulong)(g_get_real_time() / G_USEC_PER_SEC) + CLOCK_TOLERANCE)
			return SIGNATURE_FUTURE;
		return signing->weak || is_weak_digest(signature->hash_algo) ? SIGNATURE_WEAK :
		    SIGNATURE_GOOD;
	case GPG_ERR_BAD_SIGNATURE:
		return SIGNATURE_BAD;
	case GPG_ERR_SIG_EXPIRED:
	case GPG_ERR_KEY_EXPIRED:
		return SIGNATURE_EXPIRED;
	case GPG_ERR_CERT_REVOKED:
		return SIGNATURE_REVOKED;
	case GPG_ERR_TIME_CONFLICT:
		return SIGNATURE_FUTURE;
	case GPG_ERR_DIGEST_ALGO:
		return SIGNATURE_WEAK;
	case GPG_ERR_NO_PUBKEY:
		return SIGNATURE_UNKNOWN_KEY;
	default:
		return SIGNATURE_BROKEN;
	}
}

static void
signature_free(void *data)
{
	Signature *signature = data;

	g_free(signature->key);
	g_free(signature);
}

GPtrArray *
pgp_signatures_new(void)
{
	return g_ptr_array_new_with_free_func(signature_free);
}

GPtrArray *
pgp_signatures_of(const Pgp *pgp, gpgme_ctx_t context, const GPtrArray *certificates)
{
	GPtrArray *signatures = pgp_signatures_new();
	gpgme_verify_result_t result = gpgme_op_verify_result(context);
	gpgme_signature_t one = result == NULL ? NULL : result->signatures;

	for (; one != NULL; one = one->next) {
		const char *name = one->fpr == NULL ? "" : one->fpr;
		SigningKey signing = signing_key(pgp, certificates, name);
		Signature *signature = g_new0(Signature, 1);

		signature->status = status_of(one, &signing);
		signature->made = (gint64)one->timestamp;
		signature->key = signing.primary != NULL ? signing.primary : g_ascii_strup(name, -1);
		g_ptr_array_add(signatures, signature);
	}
	return signatures;
}

/* How gpg answered: at all, and with more than that something went wrong? */
typedef struct { bool spoke, vague; } Answer;

/* Signatures over bytes beside them, or, with a sink, in one block with them. */
static GPtrArray *
verify_in(gpgme_ctx_t context, const Pgp *pgp, GBytes *signature, GBytes *signed_bytes,
    const GPtrArray *certificates, Sink *sink, Answer *answer, GError **error)
{
	g_auto(gpgme_data_t) input = pgp_data(signature);
	g_auto(gpgme_data_t) beside = signed_bytes == NULL ? NULL : pgp_data(signed_bytes);
	g_auto(gpgme_data_t) output = NULL;
	gpgme_error_t failure;
	Voice voice;

	pgp_listen(context, &voice);
	if (sink != NULL)
		output = sink_data(sink, pgp_output_bound(g_bytes_get_size(signature), 0));
	failure = gpgme_op_verify(context, input, beside, output);
	gpgme_set_status_cb(context, NULL, NULL);	/* the context outlives the voice */
	*answer = (Answer){ voice.spoke, pgp_is_vague(failure) };
	if (sink != NULL && sink->over) {
		home_kill_gpg();
		return pgp_signatures_new();
	}
	/* It wanted to decrypt something: there is nothing signed to read, then. */
	if (pgp_is_trouble(failure) && !pgp_wants_key(failure) && !answer->vague) {
		pgp_trouble(error, failure, "gpg cannot verify");
		return NULL;
	}
	if (sink != NULL && failure != 0)
		sink_clear(sink);
	return pgp_wants_key(failure) || answer->vague ? pgp_signatures_new() :
	    pgp_signatures_of(pgp, context, certificates);
}

/* Once more if gpg says nothing at all: it may have been killed. Mute again, it
 * has nothing to say of these bytes, unless it died or does not even start. Nor
 * has it if it is vague twice, and is well. */
static GPtrArray *
verify(Pgp *pgp, GBytes *signature, GBytes *signed_bytes, const GPtrArray *certificates,
    Sink *sink, GError **error)
{
	g_auto(gpgme_ctx_t) context = pgp_context(error);
	GPtrArray *signatures = NULL;
	Answer answer = { false, false };
	bool died = false;

	if (context == NULL || !pgp_enter_agentless(pgp, certificates, error))
		return NULL;
	for (guint tries = 0; tries < 2 && (!answer.spoke || answer.vague); tries++) {
		g_clear_pointer(&signatures, g_ptr_array_unref);
		if (sink != NULL)
			sink_clear(sink);
		signatures = verify_in(context, pgp, signature, signed_bytes, certificates, sink,
		    &answer, error);
		if (signatures == NULL)
			break;
		died = !answer.spoke && home_gpg_died();
	}
	if (signatures != NULL && ((!answer.spoke && !pgp_judge_mute(died, error)) ||
	    (answer.vague && !pgp_judge_vague(error))))
		g_clear_pointer(&signatures, g_ptr_array_unref);
	pgp_leave_agentless(pgp);
	return signatures;
}

GPtrArray *
pgp_verify(Pgp *pgp, GBytes *signed_bytes, GBytes *signature, const GPtrArray *certificates,
    GError **error)
{
	g_autoptr(GBytes) binary = pgp_unarmoured(signature);

	if (binary == NULL || !packet_all_signatures(g_bytes_get_data(binary, NULL),
	    g_bytes_get_size(binary)))
		return pgp_signatures_new();
	return verify(pgp, binary, signed_bytes, certificates, NULL, error);
}

GPtrArray *
pgp_verify_inline(Pgp *pgp, GBytes *block, const GPtrArray *certificates, GBytes **text,
    GError **error)
{
	g_auto(Sink) sink = { .buffer = NULL };
	GPtrArray *signatures = verify(pgp, block, NULL, certificates, &sink, error);

	*text = NULL;
	if (signatures != NULL && sink.buffer != NULL && signatures->len == 1 &&
	    ((const Signature *)signatures->pdata[0])->status == SIGNATURE_GOOD)
		*text = buffer_steal(sink.buffer);
	return signatures;
}
