/* pgp_make - encrypting, and keys of our own, for pgp.h */

#include "pgp_engine.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "home.h"

#define TWO_YEARS (2UL * 365 * 24 * 60 * 60)

/* Letters that are encrypted at once. The agent takes thirty signatures at
 * once, and there may be four of us. */
#define AT_ONCE 8

/* Armour and packets around a plaintext, at most. */
#define SEALED_BOUND(length) ((length) * 2 + 64 * 1024)

/* gpg takes a key of any strength; the policy is ours. */
static bool
subkey_is_fit(GBytes *certificate, const char *encryption_subkey, GError **error)
{
	g_autoptr(GPtrArray) keys = pgp_keys_of(certificate);
	const PacketKey *subkey = encryption_subkey == NULL ? NULL :
	    pgp_key_among(keys, encryption_subkey);

	if (subkey == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "the certificate has no such encryption subkey");
	if (packet_key_is_weak(subkey))
		return error_set(error, SLUIS_ERROR_REFUSED, "the key is too weak");
	return true;
}

/* Whose fault it is that nothing was encrypted. */
static bool
encrypt_failed(const Pgp *pgp, gpgme_ctx_t context, gpgme_error_t failure, GError **error)
{
	gpgme_encrypt_result_t result = gpgme_op_encrypt_result(context);
	gpgme_invalid_key_t invalid = result == NULL ? NULL : result->invalid_recipients;

	if (invalid != NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "gpg finds the key unusable: %s",
		    gpgme_strerror(invalid->reason != 0 ? invalid->reason : failure));
	if (gpgme_err_code(failure) == GPG_ERR_UNUSABLE_PUBKEY)
		return error_set(error, SLUIS_ERROR_REFUSED, "gpg finds the key unusable");
	if (gpgme_err_code(failure) == GPG_ERR_UNUSABLE_SECKEY)
		return error_set(error, SLUIS_ERROR_SETUP, "%s: this key does not sign any more",
		    pgp->signer);
	return pgp_trouble(error, failure, "gpg cannot encrypt");
}

/* What came out names exactly the subkey that was meant (T-30). */
static bool
goes_to(GBytes *armoured, const char *encryption_subkey, GError **error)
{
	g_autoptr(GBytes) binary = pgp_unarmoured(armoured);
	g_autoptr(PacketSummary) summary = binary == NULL ? NULL :
	    packet_summary(g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));

	if (summary == NULL || !summary->encrypted || !summary->integrity || summary->odd ||
	    summary->passwords != 0 || summary->recipients->len != 1 ||
	    !g_str_has_suffix(encryption_subkey, summary->recipients->pdata[0]))
		return error_set(error, SLUIS_ERROR_SETUP,
		    "gpg encrypted to another key than the one that was meant");
	return true;
}

/* A gpg at work on one of several; context NULL: none. */
typedef struct {
	Sealing *sealing;
	gpgme_ctx_t context;
	gpgme_data_t input, output;
	Sink sink;
} Run;

static void
run_clear(Run *run)
{
	g_clear_pointer(&run->context, gpgme_release);
	g_clear_pointer(&run->input, gpgme_data_release);
	g_clear_pointer(&run->output, gpgme_data_release);
	sink_clear(&run->sink);
}

/* The certificate as a file, with that subkey alone so that gpg, which takes the
 * newest, takes no other one, and how gpg is told of it. */
static char *
recipient_new(Pgp *pgp, const Sealing *sealing, GError **error)
{
	g_autofree char *name = g_strdup_printf("recipient-%d", pgp->laid++);
	g_autoptr(GBytes) alone = NULL;

	if (!subkey_is_fit(sealing->certificate, sealing->encryption_subkey, error))
		return NULL;
	alone = packet_with_subkey(sealing->certificate, sealing->encryption_subkey);
	if (!pgp_ready(pgp, error) || !home_lay(pgp->private, name, alone, error))
		return NULL;
	return g_strdup_printf("--file\n%s/%s", pgp->private, name);
}

static void
run_start(Pgp *pgp, Sealing *sealing, Run *run)
{
	GError **error = &sealing->error;
	g_autofree char *recipient = recipient_new(pgp, sealing, error);
	gpgme_error_t failure;

	run->context = recipient != NULL ? pgp_context(error) : NULL;
	if (run->context == NULL)
		return;
	run->sealing = sealing;
	run->input = pgp_data(sealing->plaintext);
	run->output = sink_data(&run->sink, SEALED_BOUND(g_bytes_get_size(sealing->plaintext)));
	gpgme_set_armor(run->context, 1);
	failure = gpgme_signers_add(run->context, pgp->signing_key);
	if (failure == 0)
		failure = gpgme_op_encrypt_sign_ext_start(run->context, NULL, recipient,
		    GPGME_ENCRYPT_ALWAYS_TRUST | GPGME_ENCRYPT_NO_ENCRYPT_TO |
		    GPGME_ENCRYPT_NO_COMPRESS, run->input, run->output);
	if (failure == 0)
		return;
	encrypt_failed(pgp, run->context, failure, error);
	run_clear(run);
}

/* While it is waited for, the others go on. Nothing is given out but what is
 * whole and goes where it should. */
static void
run_finish(const Pgp *pgp, Run *run)
{
	Sealing *sealing = run->sealing;
	g_autoptr(GBytes) armoured = NULL;
	gpgme_error_t failure = 0;

	if (gpgme_wait(run->context, &failure, 1) == NULL && failure == 0)
		failure = gpgme_error(GPG_ERR_GENERAL);
	if (failure != 0)
		encrypt_failed(pgp, run->context, failure, &sealing->error);
	else
		armoured = buffer_steal(run->sink.buffer);
	if (armoured != NULL && goes_to(armoured, sealing->encryption_subkey, &sealing->error))
		sealing->armoured = g_steal_pointer(&armoured);
	run_clear(run);
}

/* Not by threads: to fork from several is dear. */
void
pgp_encrypt_all(Pgp *pgp, Sealing *sealings, guint count)
{
	Run runs[AT_ONCE] = { { .context = NULL } };

	for (guint i = 0; i < count + AT_ONCE; i++) {
		Run *run = &runs[i % AT_ONCE];

		if (run->context != NULL)
			run_finish(pgp, run);
		if (i < count)
			run_start(pgp, &sealings[i], run);
	}
}

GBytes *
pgp_encrypt(Pgp *pgp, GBytes *plaintext, GBytes *certificate, const char *encryption_subkey,
    GError **error)
{
	Sealing one = { .plaintext = plaintext, .certificate = certificate,
	    .encryption_subkey = encryption_subkey };

	pgp_encrypt_all(pgp, &one, 1);
	if (one.error != NULL)
		g_propagate_error(error, one.error);
	return one.armoured;
}

GBytes *
pgp_export_with(gpgme_ctx_t context, const char *fingerprint, gpgme_export_mode_t mode,
    GError **error)
{
	g_auto(Sink) sink = { .buffer = NULL };
	g_auto(gpgme_data_t) output = sink_data(&sink, 0);
	gpgme_error_t failure = gpgme_op_export(context, fingerprint, mode, output);

	if (failure != 0) {
		pgp_trouble(error, failure, "gpg cannot export");
		return NULL;
	}
	if (buffer_length(sink.buffer) == 0) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: not in the key ring", fingerprint);
		return NULL;
	}
	return buffer_steal(sink.buffer);
}

GBytes *
pgp_export(Pgp *pgp, const char *fingerprint, GError **error)
{
	g_auto(gpgme_ctx_t) context = NULL;

	if (!pgp_ready(pgp, error))
		return NULL;
	context = pgp_context(error);
	if (context == NULL)
		return NULL;
	gpgme_set_armor(context, 1);
	return pgp_export_with(context, fingerprint, GPGME_EXPORT_MODE_MINIMAL, error);
}

static const struct { const char *name, *primary, *subkey; } algorithms[] = {
	{ "cv25519", "ed25519", "cv25519" },
	{ "rsa4096", "rsa4096", "rsa4096" },
};

static bool
has_user_id(gpgme_key_t key, const char *user_id)
{
	for (gpgme_user_id_t uid = key->uids; uid != NULL; uid = uid->next)
		if (strcmp(uid->uid, user_id) == 0 || g_strcmp0(uid->address, user_id) == 0)
			return true;
	return false;
}

static bool
has_encryption_subkey(gpgme_key_t key)
{
	for (gpgme_subkey_t subkey = key->subkeys; subkey != NULL; subkey = subkey->next)
		if (subkey->can_encrypt)
			return true;
	return false;
}

/* A subkey to encrypt to, and the further user ids, as far as they are not there
 * yet: somebody may have been killed before this. */
static gpgme_error_t
key_finish(gpgme_ctx_t context, const char *const *user_ids, guint algorithm,
    unsigned long seconds, const char *fingerprint)
{
	g_auto(gpgme_key_t) key = NULL;
	gpgme_error_t failure = gpgme_get_key(context, fingerprint, &key, 1);

	if (failure == 0 && !has_encryption_subkey(key))
		failure = gpgme_op_createsubkey(context, key, algorithms[algorithm].subkey, 0,
		    seconds, GPGME_CREATE_NOPASSWD | GPGME_CREATE_ENCR);
	for (guint i = 0; failure == 0 && user_ids[i] != NULL; i++)
		if (!has_user_id(key, user_ids[i]))
			failure = gpgme_op_adduid(context, key, user_ids[i], 0);
	return failure;
}

/* A primary key that signs and certifies; the step that failed, or 0. */
static gpgme_error_t
key_begin(gpgme_ctx_t context, const char *user_id, guint algorithm, unsigned long seconds,
    char **fingerprint)
{
	gpgme_error_t failure = gpgme_op_createkey(context, user_id,
	    algorithms[algorithm].primary, 0, seconds, NULL,
	    GPGME_CREATE_NOPASSWD | GPGME_CREATE_SIGN | GPGME_CREATE_CERT | GPGME_CREATE_FORCE);

	if (failure == 0)
		*fingerprint = g_strdup(gpgme_op_genkey_result(context)->fpr);
	return failure;
}

char *
pgp_make_key(const char *const *user_ids, const char *algorithm, unsigned long seconds,
    const char *begun, GError **error)
{
	g_auto(gpgme_ctx_t) context = pgp_context(error);
	g_autofree char *fingerprint = g_strdup(begun);
	gpgme_error_t failure = 0;
	guint row = 0;

	if (context == NULL)
		return NULL;
	while (row < G_N_ELEMENTS(algorithms) && strcmp(algorithms[row].name, algorithm) != 0)
		row++;
	if (row == G_N_ELEMENTS(algorithms)) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: cv25519 or rsa4096 is meant", algorithm);
		return NULL;
	}
	if (fingerprint == NULL)
		failure = key_begin(context, user_ids[0], row, seconds, &fingerprint);
	if (failure == 0)
		failure = key_finish(context, user_ids, row, seconds, fingerprint);
	if (failure != 0) {
		pgp_trouble(error, failure, "gpg cannot make a key");
		return NULL;
	}
	return g_steal_pointer(&fingerprint);
}

char *
pgp_make_home(const char *home, const char *user_ids[], const char *algorithm, GError **error)
{
	g_autofree char *before = g_strdup(g_getenv("GNUPGHOME"));
	char *fingerprint;

	if (!home_prepare(home, error) || !pgp_engine_init(home, error) ||
	    !home_launch_agent(home, error))
		return NULL;
	fingerprint = pgp_make_key((const char *const *)user_ids, algorithm, TWO_YEARS,
	    NULL, error);
	if (before != NULL)
		setenv("GNUPGHOME", before, 1);
	return fingerprint;
}
