/* pgp - the engine, the team's key ring, the private home; see pgp.h */

#include "pgp_engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "home.h"

#define KEY_ID_LENGTH 16

bool
pgp_trouble(GError **error, gpgme_error_t failure, const char *what)
{
	return error_set(error, SLUIS_ERROR_RETRY, "%s: %s", what, gpgme_strerror(failure));
}

/* Idempotent; gpg --version is run at the first context only, which must
 * therefore be made in the parent. */
bool
pgp_engine_init(const char *home, GError **error)
{
	gpgme_set_global_flag("disable-gpgconf", "1");
	setenv("GNUPGHOME", home, 1);
	if (gpgme_check_version("1.18.0") == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "gpgme is older than 1.18.0");
	if (gpgme_engine_check_version(GPGME_PROTOCOL_OpenPGP) != 0)
		return error_set(error, SLUIS_ERROR_SETUP, "gpg is not installed or too old");
	return true;
}

gpgme_ctx_t
pgp_context(GError **error)
{
	g_auto(gpgme_ctx_t) context = NULL;
	gpgme_error_t failure = gpgme_new(&context);

	if (failure == 0)
		failure = gpgme_set_pinentry_mode(context, GPGME_PINENTRY_MODE_ERROR);
	if (failure != 0) {
		pgp_trouble(error, failure, "gpgme");
		return NULL;
	}
	gpgme_set_offline(context, 1);
	return g_steal_pointer(&context);
}

gpgme_data_t
pgp_data(GBytes *bytes)
{
	gpgme_data_t data = NULL;
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);

	if (gpgme_data_new_from_mem(&data, start == NULL ? "" : start, length, 0) != 0)
		g_error("no memory");
	return data;
}

/* What gpg says last of a message it does not open. */
static bool
is_last_word(const char *keyword)
{
	static const char *const words[] = {
		"FAILURE", "NODATA", "DECRYPTION_FAILED", "END_DECRYPTION", NULL
	};

	return g_strv_contains(words, keyword);
}

static gpgme_error_t
hear(void *handle, const char *keyword, const char *arguments)
{
	Voice *voice = handle;

	(void)arguments;
	voice->spoke = voice->spoke || *keyword != '\0';
	voice->judged = voice->judged || is_last_word(keyword);
	voice->plaintexts += strcmp(keyword, "PLAINTEXT") == 0;
	voice->encryptions += strcmp(keyword, "BEGIN_DECRYPTION") == 0;
	return 0;
}

void
pgp_listen(gpgme_ctx_t context, Voice *voice)
{
	*voice = (Voice){ .spoke = false };
	gpgme_set_ctx_flag(context, "full-status", "1");
	gpgme_set_status_cb(context, hear, voice);
}

bool
pgp_judge_mute(bool died, GError **error)
{
	if (!home_gpg_works(error))
		return false;
	return !died || error_set(error, SLUIS_ERROR_HARM, "gpg dies of it");
}

bool
pgp_is_vague(gpgme_error_t failure)
{
	return gpgme_err_code(failure) == GPG_ERR_GENERAL;
}

bool
pgp_judge_vague(GError **error)
{
	return home_gpg_lists(error);
}

static ssize_t
sink_write(void *handle, const void *bytes, size_t length)
{
	Sink *sink = handle;

	if (!sink->over && buffer_add(sink->buffer, bytes, length))
		return (ssize_t)length;
	sink->over = true;
	errno = EFBIG;
	return -1;
}

gpgme_data_t
sink_data(Sink *sink, gsize most)
{
	gpgme_data_t data = NULL;

	*sink = (Sink){ .calls = { .write = sink_write }, .buffer = buffer_new(most) };
	if (gpgme_data_new_from_cbs(&data, &sink->calls, sink) != 0)
		g_error("no memory");
	return data;
}

void
sink_clear(Sink *sink)
{
	g_clear_pointer(&sink->buffer, buffer_free);
}

/* Whether we have the secret to it. */
static bool
take_subkey(Pgp *pgp, gpgme_key_t key, gpgme_subkey_t subkey)
{
	PacketKey *one = g_new0(PacketKey, 1);

	one->fingerprint = g_strdup(subkey->fpr);
	one->primary = g_strdup(key->fpr);
	one->algorithm = (guint8)subkey->pubkey_algo;	/* those above 300 are curves */
	one->bits = subkey->length;
	g_ptr_array_add(pgp->ring, one);
	if (subkey->secret)
		g_hash_table_add(pgp->secret, g_strdup(subkey->fpr));
	return subkey->secret;
}

static void
take_key(Pgp *pgp, gpgme_key_t key)
{
	bool ours = false;

	for (gpgme_subkey_t subkey = key->subkeys; subkey != NULL; subkey = subkey->next)
		ours = take_subkey(pgp, key, subkey) || ours;
	if (!ours || !key->can_sign || g_strcmp0(key->fpr, pgp->signer) != 0)
		return;
	gpgme_key_ref(key);
	pgp->signing_key = key;
}

/* All keys, and to which of them we have the secret: of one gpg. */
static bool
ring_read(Pgp *pgp, gpgme_ctx_t context, GError **error)
{
	gpgme_error_t failure = gpgme_set_keylist_mode(context,
	    GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_WITH_SECRET);

	pgp->ring = g_ptr_array_new_with_free_func(packet_key_free);
	if (failure == 0)
		failure = gpgme_op_keylist_start(context, NULL, 0);
	while (failure == 0) {
		g_auto(gpgme_key_t) key = NULL;

		failure = gpgme_op_keylist_next(context, &key);
		if (failure == 0)
			take_key(pgp, key);
	}
	if (gpgme_err_code(failure) != GPG_ERR_EOF)
		return pgp_trouble(error, failure, "the team's key ring");
	if (pgp->ring->len == 0)
		return error_set(error, SLUIS_ERROR_SETUP, "%s: there is no key in it", pgp->home);
	if (pgp->signing_key == NULL)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s: no secret key to sign with for %s", pgp->home, pgp->signer);
	return true;
}

char *
pgp_ring_file(const char *home)
{
	char *path = g_build_filename(home, "pubring.kbx", NULL);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return path;
	g_free(path);
	return g_build_filename(home, "pubring.gpg", NULL);
}

/* Who made the ring has left the fingerprint there. */
static char *
signer_of(const char *home, GError **error)
{
	g_autofree char *path = g_build_filename(home, "team", NULL);
	g_autoptr(GBytes) bytes = file_read(path, 64, error);

	return bytes == NULL ? NULL :
	    g_strstrip(g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes)));
}

Pgp *
pgp_inspector(const char *run, GError **error)
{
	g_autoptr(Pgp) pgp = g_new0(Pgp, 1);

	pgp->run = g_canonicalize_filename(run, NULL);
	pgp->home = g_strdup(pgp->run);
	return pgp_engine_init(pgp->home, error) ? g_steal_pointer(&pgp) : NULL;
}

Pgp *
pgp_new(const char *home, const char *run, const char *signer, GError **error)
{
	g_autoptr(Pgp) pgp = g_new0(Pgp, 1);
	g_auto(gpgme_ctx_t) context = NULL;

	pgp->home = g_canonicalize_filename(home, NULL);
	pgp->run = g_canonicalize_filename(run, NULL);
	pgp->signer = *signer != '\0' ? g_ascii_strup(signer, -1) : signer_of(pgp->home, error);
	pgp->signer_given = *signer != '\0';
	pgp->stamp = pgp_ring_stamp(pgp->home);
	pgp->keyring = pgp_ring_file(pgp->home);
	pgp->secret = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (pgp->signer == NULL || !pgp_engine_init(pgp->home, error))
		return NULL;
	pgp->socket_path = home_agent(pgp->home, error);
	context = pgp_context(error);
	if (pgp->socket_path == NULL || context == NULL || !ring_read(pgp, context, error))
		return NULL;
	return g_steal_pointer(&pgp);
}

void
pgp_free(Pgp *pgp)
{
	if (pgp == NULL)
		return;
	pgp_leave(pgp);
	pgp_drop_copy(pgp);
	g_clear_pointer(&pgp->signing_key, gpgme_key_unref);
	g_clear_pointer(&pgp->ring, g_ptr_array_unref);
	g_clear_pointer(&pgp->secret, g_hash_table_unref);
	g_clear_pointer(&pgp->certificates, g_ptr_array_unref);
	g_free(pgp->home);
	g_free(pgp->run);
	g_free(pgp->signer);
	g_free(pgp->socket_path);
	g_free(pgp->keyring);
	g_free(pgp->private);
	g_free(pgp);
}

bool
pgp_is_ours(const Pgp *pgp, const char *fingerprint)
{
	return pgp->secret != NULL && g_hash_table_contains(pgp->secret, fingerprint);
}

const char *
pgp_signer(const Pgp *pgp)
{
	return pgp->signer;
}

/* A private home that leads to the team's agent. */
static char *
private_new(const Pgp *pgp, GError **error)
{
	g_autofree char *private = home_private(pgp->run, error);

	if (private == NULL)
		return NULL;
	if (pgp->socket_path == NULL || home_redirect(private, pgp->socket_path, error))
		return g_steal_pointer(&private);
	file_remove_tree(private);
	return NULL;
}

bool
pgp_enter(Pgp *pgp, GError **error)
{
	char *private;

	if (pgp->private != NULL && pgp->owner == getpid())
		return true;
	if (pgp->socket_path != NULL && !home_mend_agent(pgp->home, pgp->socket_path, error))
		return false;
	private = private_new(pgp, error);
	if (private == NULL)
		return false;
	g_free(pgp->private);
	pgp->private = private;
	pgp->owner = getpid();
	pgp->ready = false;
	setenv("GNUPGHOME", private, 1);
	home_adopt();
	return true;
}

static bool
same_certificates(const GPtrArray *one, const GPtrArray *other)
{
	guint count = one != NULL ? one->len : 0;

	if (count != (other != NULL ? other->len : 0))
		return false;
	for (guint i = 0; i < count; i++)
		if (!g_bytes_equal(one->pdata[i], other->pdata[i]))
			return false;
	return true;
}

static GPtrArray *
keep_certificates(const GPtrArray *certificates)
{
	GPtrArray *kept = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	for (guint i = 0; certificates != NULL && i < certificates->len; i++)
		g_ptr_array_add(kept, g_bytes_ref(certificates->pdata[i]));
	return kept;
}

bool
pgp_configure(Pgp *pgp, const GPtrArray *certificates, bool skip_verify, GError **error)
{
	const HomeSettings settings = { .keyring = pgp->keyring,
	    .certificates = certificates, .skip_verify = skip_verify };

	if (!pgp_enter(pgp, error))
		return false;
	if (pgp->ready && pgp->skips_verify == skip_verify &&
	    same_certificates(pgp->certificates, certificates))
		return true;
	pgp->ready = home_configure(pgp->private, &settings, error);
	pgp->skips_verify = skip_verify;
	g_clear_pointer(&pgp->certificates, g_ptr_array_unref);
	pgp->certificates = keep_certificates(certificates);
	return pgp->ready;
}

bool
pgp_ready(Pgp *pgp, GError **error)
{
	return pgp_enter(pgp, error) && (pgp->ready || pgp_configure(pgp, NULL, false, error));
}

bool
pgp_enter_agentless(Pgp *pgp, const GPtrArray *certificates, GError **error)
{
	const HomeSettings settings = { .keyring = pgp->keyring, .certificates = certificates };
	g_autofree char *path = NULL;

	if (!pgp_enter(pgp, error))
		return false;
	path = g_build_filename(pgp->private, "agentless", NULL);
	if (!file_make_folder(path, 0700, error) || !home_configure(path, &settings, error))
		return false;
	setenv("GNUPGHOME", path, 1);
	return true;
}

void
pgp_leave_agentless(Pgp *pgp)
{
	setenv("GNUPGHOME", pgp->private, 1);
}

void
pgp_leave(Pgp *pgp)
{
	if (pgp->private == NULL || pgp->owner != getpid())
		return;
	file_remove_tree(pgp->private);
	g_clear_pointer(&pgp->private, g_free);
	setenv("GNUPGHOME", pgp->home, 1);
}

void
pgp_sweep(const Pgp *pgp)
{
	home_sweep(pgp->run);
}

int
pgp_slot(const Pgp *pgp, GError **error)
{
	return home_slot(pgp->home, error);
}

bool
pgp_agent_answers(const Pgp *pgp, guint seconds)
{
	return home_agent_answers(pgp->socket_path, seconds);
}

/* Does a fingerprint end in that key id, or is it that fingerprint? */
static bool
key_is(const char *fingerprint, const char *name)
{
	return strlen(name) >= KEY_ID_LENGTH && g_str_has_suffix(fingerprint, name);
}

GPtrArray *
pgp_keys_of(GBytes *certificate)
{
	gsize length;
	const char *start = g_bytes_get_data(certificate, &length);

	return packet_keys(start, length, NULL);
}

const PacketKey *
pgp_key_among(const GPtrArray *keys, const char *name)
{
	for (guint i = 0; keys != NULL && i < keys->len; i++) {
		const PacketKey *key = keys->pdata[i];

		if (key_is(key->fingerprint, name))
			return key;
	}
	return NULL;
}

/* Binary packets out of what may be armoured; NULL if the armour is broken. */
GBytes *
pgp_unarmoured(GBytes *bytes)
{
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);

	if (length > 0 && (start[0] & 0x80) != 0)
		return g_bytes_ref(bytes);
	return armour_open(start == NULL ? "" : start, length);
}
