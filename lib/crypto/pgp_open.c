/*
 * pgp_open - decrypting, for pgp.h
 *
 * "No error" from GPGME proves nothing, and an error of it says little: gpg in
 * batch mode stops at a bad signature before the integrity check, and hands
 * out bytes before it finds them tampered with. So output goes into a private
 * buffer that is dropped unless everything is as it should be, and a failure
 * is a trouble of the engine or a finding about the message by a table.
 */

#include "pgp_engine.h"

#include <string.h>

#include "error.h"
#include "home.h"

/* Output over this much may be a hundred times its input and no more (T-14). */
#define FREE_OUTPUT (1024 * 1024)
#define MOST_RATIO 100

#define AGENT_PATIENCE 5
#define AGENT_PROBATION 1	/* seconds it must live when left alone */
#define KEY_ID_LENGTH 16
#define MOST_RECIPIENTS 1000
#define MOST_HIDDEN 64

/* Failures of gpg, its agent or the machine, which say nothing of a message. */
bool
pgp_is_trouble(gpgme_error_t failure)
{
	static const gpgme_err_code_t codes[] = {
		GPG_ERR_GENERAL, GPG_ERR_NO_AGENT, GPG_ERR_AGENT, GPG_ERR_NO_SECKEY, GPG_ERR_EOF,
		GPG_ERR_TIMEOUT, GPG_ERR_CANCELED, GPG_ERR_FULLY_CANCELED, GPG_ERR_NO_PIN_ENTRY,
		GPG_ERR_PIN_ENTRY, GPG_ERR_BAD_PASSPHRASE, GPG_ERR_NO_PASSPHRASE, GPG_ERR_KEYRING_OPEN,
		GPG_ERR_INV_ENGINE, GPG_ERR_UNSUPPORTED_PROTOCOL, GPG_ERR_CONFIGURATION,
		GPG_ERR_RESOURCE_LIMIT, GPG_ERR_INTERNAL, GPG_ERR_ASSUAN_SERVER_FAULT, GPG_ERR_ASSUAN,
		GPG_ERR_ENGINE_TOO_OLD,
	};
	gpgme_err_code_t code = gpgme_err_code(failure);

	for (guint i = 0; i < G_N_ELEMENTS(codes); i++)
		if (code == codes[i])
			return true;
	return (code & GPG_ERR_SYSTEM_ERROR) != 0 ||
	    (code >= GPG_ERR_ASS_GENERAL && code <= GPG_ERR_ASS_UNKNOWN_INQUIRE);
}

bool
pgp_wants_key(gpgme_error_t failure)
{
	gpgme_err_code_t code = gpgme_err_code(failure);

	return code == GPG_ERR_NO_SECKEY || code == GPG_ERR_CANCELED ||
	    code == GPG_ERR_NO_PIN_ENTRY || code == GPG_ERR_BAD_PASSPHRASE;
}

gsize
pgp_output_bound(gsize input, gsize most)
{
	gsize by_ratio = MAX(FREE_OUTPUT, MOST_RATIO * input);

	return most == 0 ? by_ratio : MIN(most, by_ratio);
}

static bool
has_bad(const GPtrArray *signatures)
{
	for (guint i = 0; i < signatures->len; i++)
		if (((const Signature *)signatures->pdata[i])->status == SIGNATURE_BAD)
			return true;
	return false;
}

/* One run of gpg over a ciphertext. */
typedef struct {
	gpgme_error_t failure;
	bool over;
	bool mute;		/* it failed and did not say why */
	GBytes *plaintext;	/* whatever came out; to be judged */
	char *session_key;
	GPtrArray *signatures;
} Pass;

static void
pass_clear(Pass *pass)
{
	g_clear_pointer(&pass->plaintext, g_bytes_unref);
	g_clear_pointer(&pass->session_key, text_wipe);
	g_clear_pointer(&pass->signatures, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pass, pass_clear)

static bool
pass_run(const Pgp *pgp, GBytes *ciphertext, const GPtrArray *certificates, gsize most,
    const char *session_key, Pass *pass, GError **error)
{
	g_auto(gpgme_ctx_t) context = pgp_context(error);
	g_auto(Sink) sink = { .buffer = NULL };
	g_auto(gpgme_data_t) input = pgp_data(ciphertext);
	g_auto(gpgme_data_t) output = NULL;
	gpgme_decrypt_result_t result;
	Voice voice;

	if (context == NULL)
		return false;
	pgp_listen(context, &voice);
	output = sink_data(&sink, pgp_output_bound(g_bytes_get_size(ciphertext), most));
	gpgme_set_ctx_flag(context, "export-session-key", "1");
	if (session_key != NULL)
		gpgme_set_ctx_flag(context, "override-session-key", session_key);
	pass->failure = gpgme_op_decrypt_verify(context, input, output);
	pass->over = sink.over;
	pass->mute = pass->failure != 0 && !sink.over && !voice.judged;
	if (sink.over)
		home_kill_gpg();
	result = gpgme_op_decrypt_result(context);
	if (pass->failure == 0 && (result == NULL || result->legacy_cipher_nomdc ||
	    voice.plaintexts != 1 || voice.encryptions != 1))
		pass->failure = gpgme_error(GPG_ERR_DECRYPT_FAILED);
	pass->session_key = g_strdup(result == NULL ? NULL : result->session_key);
	pass->signatures = pgp_signatures_of(pgp, context, certificates);
	pass->plaintext = buffer_steal(sink.buffer);
	return true;
}

/* gpg stopped at a bad signature, before the end. Open the message without
 * looking at signatures; what was said of them stands. */
static bool
pass_again_unverified(Pgp *pgp, GBytes *ciphertext, gsize most, Pass *pass,
    GError **error)
{
	g_auto(Pass) second = { 0 };

	if (!pgp_configure(pgp, NULL, true, error) ||
	    !pass_run(pgp, ciphertext, NULL, most, NULL, &second, error))
		return false;
	g_ptr_array_unref(second.signatures);
	second.signatures = g_steal_pointer(&pass->signatures);
	pass_clear(pass);
	*pass = second;
	second = (Pass){ 0 };
	return true;
}

/* To whom a message says it is encrypted, as far as it concerns us. */
typedef struct {
	const char *primary;	/* of the first key of ours that is named */
	bool hidden;		/* some key is not named */
} Addressee;

static Addressee
addressee_of(const Pgp *pgp, const PacketSummary *summary)
{
	Addressee addressee = { NULL, false };

	for (guint i = 0; i < summary->recipients->len; i++) {
		const char *name = summary->recipients->pdata[i];
		const PacketKey *key = pgp_key_among(pgp->ring, name);

		if (strspn(name, "0") == KEY_ID_LENGTH)
			addressee.hidden = true;
		else if (addressee.primary == NULL && key != NULL &&
		    g_hash_table_contains(pgp->secret, key->fingerprint))
			addressee.primary = key->primary;
	}
	return addressee;
}

static bool
is_to_us(const Pgp *pgp, const PacketSummary *summary)
{
	Addressee addressee = addressee_of(pgp, summary);

	return addressee.primary != NULL || addressee.hidden ||
	    (summary->recipients->len == 0 && summary->passwords == 0);
}

/* The one team key there is, if there is one: who else opened a hidden one? */
static const char *
only_primary(const Pgp *pgp)
{
	const char *primary = NULL;

	for (guint i = 0; i < pgp->ring->len; i++) {
		const PacketKey *key = pgp->ring->pdata[i];

		if (!g_hash_table_contains(pgp->secret, key->fingerprint))
			continue;
		if (primary != NULL && strcmp(primary, key->primary) != 0)
			return NULL;
		primary = key->primary;
	}
	return primary;
}

/*
 * What a failure means. Where there was a session key, agent and keys have
 * done their part. "No secret key" for a key of ours is a trouble, and for a
 * key that is not named only where the agent does not answer; a message to
 * nobody of us can fail as it likes.
 */
static bool
judge_failure(const Pgp *pgp, const Pass *pass, Addressee addressee, Decrypted *decrypted,
    GError **error)
{
	bool ours = addressee.primary != NULL || addressee.hidden;

	decrypted->status = ours ? DECRYPT_BROKEN : DECRYPT_NOKEY;
	if (!pgp_is_trouble(pass->failure) || (pgp_wants_key(pass->failure) && pass->session_key != NULL))
		return true;
	if (pgp_wants_key(pass->failure) && addressee.primary == NULL) {
		decrypted->status = DECRYPT_NOKEY;
		if (!addressee.hidden || home_agent_answers(pgp->socket_path, AGENT_PATIENCE))
			return true;
	}
	return pgp_trouble(error, pass->failure, "gpg cannot decrypt");
}

static bool
judge(const Pgp *pgp, Pass *pass, const PacketSummary *summary, Decrypted *decrypted,
    GError **error)
{
	Addressee addressee = addressee_of(pgp, summary);

	if (pass->over) {
		decrypted->status = DECRYPT_BOMB;
		return true;
	}
	if (pass->failure != 0)
		return judge_failure(pgp, pass, addressee, decrypted, error);
	if (!summary->encrypted || pass->session_key == NULL) {
		decrypted->status = DECRYPT_BROKEN;
		return true;
	}
	decrypted->status = DECRYPT_OK;
	decrypted->plaintext = g_steal_pointer(&pass->plaintext);
	g_ptr_array_unref(decrypted->signatures);
	decrypted->signatures = g_steal_pointer(&pass->signatures);
	decrypted->key = g_strdup(addressee.primary != NULL ? addressee.primary : only_primary(pgp));
	return true;
}

/* gpg came to its end and the agent lives on: then it is the message that failed.
 * An agent that is about to die may have given gpg a wrong answer first. */
static bool
pass_stands(const Pgp *pgp, const Pass *pass)
{
	return pass->failure == 0 || pass->over ||
	    home_agent_answers(pgp->socket_path, AGENT_PATIENCE);
}

/*
 * A pass after which the agent is gone is tried once more, for it may have
 * been stopped by its operator. There are messages gpg-agent dies of; but only
 * where it lives on when left alone has the message ended it twice, and else
 * that says nothing about the message (T-9). The same holds of gpg itself.
 * What kills its reader was not read: that it is harmful is all that is known.
 */
static bool
pass_with_agent(Pgp *pgp, GBytes *ciphertext, const GPtrArray *certificates, gsize most,
    Pass *pass, GError **error)
{
	bool died = false, stands = false;

	for (guint tries = 0; tries < 2; tries++) {
		pass_clear(pass);
		if (!pass_run(pgp, ciphertext, certificates, most, NULL, pass, error))
			return false;
		if (pass->mute) {
			died = home_gpg_died();
			continue;
		}
		stands = pass_stands(pgp, pass);
		if (stands && !pgp_is_vague(pass->failure))
			return true;
		if (!stands && !home_launch_agent(pgp->home, error))
			return false;
	}
	if (pass->mute)
		return pgp_judge_mute(died, error);
	if (stands) {
		pass->failure = gpgme_error(GPG_ERR_DECRYPT_FAILED);
		return pgp_judge_vague(error);
	}
	if (home_agent_stays(pgp->socket_path, AGENT_PROBATION))
		return error_set(error, SLUIS_ERROR_HARM, "gpg-agent dies of it");
	pass->failure = gpgme_error(GPG_ERR_NO_AGENT);
	return true;
}

static bool
decrypt(Pgp *pgp, GBytes *binary, const PacketSummary *summary, const GPtrArray *certificates,
    gsize most, Decrypted *decrypted, GError **error)
{
	g_auto(Pass) pass = { 0 };

	if (!pgp_configure(pgp, certificates, false, error) ||
	    !pass_with_agent(pgp, binary, certificates, most, &pass, error))
		return false;
	if (gpgme_err_code(pass.failure) == GPG_ERR_NO_DATA && has_bad(pass.signatures) &&
	    !pass_again_unverified(pgp, binary, most, &pass, error))
		return false;
	if (!judge(pgp, &pass, summary, decrypted, error))
		return false;
	decrypted->session_key = g_steal_pointer(&pass.session_key);
	return true;
}

/* gpg tries each of our keys on each recipient that is not named, and looks up
 * each that is; a mail can name as many as it has room for. */
static bool
names_too_many(const PacketSummary *summary)
{
	guint hidden = 0;

	for (guint i = 0; i < summary->recipients->len; i++)
		hidden += strspn(summary->recipients->pdata[i], "0") == KEY_ID_LENGTH;
	return hidden > MOST_HIDDEN || summary->recipients->len > MOST_RECIPIENTS;
}

/* Why what is not opened is not, where that is seen without a key. What is newer
 * than gpg is not damaged. */
static void
explain(const PacketSummary *summary, Decrypted *decrypted)
{
	if (summary == NULL || summary->harmful || decrypted->status == DECRYPT_OK ||
	    decrypted->status == DECRYPT_BOMB)
		return;
	if (decrypted->status == DECRYPT_BROKEN && summary->unreadable)
		decrypted->status = DECRYPT_NOKEY;
	if (decrypted->status != DECRYPT_NOKEY)
		return;
	if (summary->newer)
		decrypted->because = "encrypted in a form of OpenPGP that is newer than the gpg here";
	else if (names_too_many(summary))
		decrypted->because = "encrypted to more keys than are tried";
	else if (summary->recipients->len == 0)
		decrypted->because = "encrypted by password, which is not asked for";
}

Decrypted *
pgp_decrypt(Pgp *pgp, GBytes *ciphertext, const GPtrArray *certificates, gsize most_output,
    GError **error)
{
	g_autoptr(Decrypted) decrypted = g_new0(Decrypted, 1);
	g_autoptr(GBytes) binary = pgp_unarmoured(ciphertext);
	g_autoptr(PacketSummary) summary = NULL;

	decrypted->signatures = pgp_signatures_new();
	if (binary != NULL)
		summary = packet_summary(g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));
	if (summary == NULL || summary->harmful)
		decrypted->status = DECRYPT_BROKEN;
	else if (!summary->closed)
		decrypted->status = DECRYPT_NOT_ENCRYPTED;
	else if (!summary->encrypted)
		decrypted->status = is_to_us(pgp, summary) ? DECRYPT_BROKEN : DECRYPT_NOKEY;
	else if (names_too_many(summary))
		decrypted->status = DECRYPT_NOKEY;
	else if (!decrypt(pgp, binary, summary, certificates, most_output, decrypted, error))
		return NULL;
	explain(summary, decrypted);
	return g_steal_pointer(&decrypted);
}

void
decrypted_free(Decrypted *decrypted)
{
	if (decrypted == NULL)
		return;
	g_clear_pointer(&decrypted->plaintext, g_bytes_unref);
	g_clear_pointer(&decrypted->signatures, g_ptr_array_unref);
	g_clear_pointer(&decrypted->session_key, text_wipe);
	g_free(decrypted->key);
	g_free(decrypted);
}

bool
pgp_verify_again(Pgp *pgp, GBytes *ciphertext, Decrypted *decrypted,
    const GPtrArray *certificates, GError **error)
{
	g_autoptr(GBytes) binary = pgp_unarmoured(ciphertext);
	g_auto(Pass) pass = { 0 };
	bool done;

	g_return_val_if_fail(decrypted->status == DECRYPT_OK && binary != NULL, false);
	if (!pgp_enter_agentless(pgp, certificates, error))
		return false;
	done = pass_run(pgp, binary, certificates, g_bytes_get_size(decrypted->plaintext) + 1,
	    decrypted->session_key, &pass, error);
	pgp_leave_agentless(pgp);
	if (!done)
		return false;
	if (pgp_is_trouble(pass.failure))
		return pgp_trouble(error, pass.failure, "gpg cannot verify");
	/* It opened the first time: a failure now is a bad signature it stops at,
	 * and then what it wrote must not be looked at. */
	if (pass.failure == 0 ? !g_bytes_equal(pass.plaintext, decrypted->plaintext) :
	    !has_bad(pass.signatures))
		return error_set(error, SLUIS_ERROR_RETRY, "gpg opened a message in two ways");
	g_ptr_array_unref(decrypted->signatures);
	decrypted->signatures = g_steal_pointer(&pass.signatures);
	return true;
}
