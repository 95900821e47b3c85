/*
 * pgp_certified - who certifies a key, and who signed a text, for pgp_team.h
 *
 * GPGME names who made a certification by a short id, which anybody can forge.
 * So it is looked at in a home in which there is nobody else.
 */

#include "pgp_team.h"

#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "file.h"
#include "home.h"
#include "pgp_engine.h"

#define KEY_ID_LENGTH 16

/* A home with these certificates in it, until it is left. */
typedef struct {
	char *path, *before;
	gpgme_ctx_t context;
} Scratch;

static void
scratch_leave(Scratch *scratch)
{
	g_clear_pointer(&scratch->context, gpgme_release);
	if (scratch->path != NULL)
		file_remove_tree(scratch->path);
	if (scratch->before != NULL)
		setenv("GNUPGHOME", scratch->before, 1);
	g_free(scratch->path);
	g_free(scratch->before);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Scratch, scratch_leave)

/* Signatures by whoever is not in the home are left out on the way in: the
 * one the home is about comes last. */
static bool
configure(const char *path, bool clean, GError **error)
{
	static const char more[] = "import-options import-clean\n";
	const HomeSettings settings = { 0 };
	g_autofree char *name = g_build_filename(path, "gpg.conf", NULL);
	g_autofree char *text = NULL;
	g_autofree char *whole = NULL;

	if (!home_configure(path, &settings, error))
		return false;
	if (!clean)
		return true;
	if (!g_file_get_contents(name, &text, NULL, error))
		return error_because(error, SLUIS_ERROR_RETRY, "a home of our own");
	whole = g_strconcat(text, more, NULL);
	return file_write(name, whole, strlen(whole), 0600, error);
}

static bool
put_in(Scratch *scratch, GBytes *certificate, GError **error)
{
	g_auto(gpgme_data_t) data = pgp_data(certificate);
	gpgme_error_t failure = gpgme_op_import(scratch->context, data);

	if (failure != 0)
		return pgp_trouble(error, failure, "gpg cannot read a key");
	if (gpgme_op_import_result(scratch->context)->considered == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "this is no public key");
	return true;
}

static bool
scratch_enter(Scratch *scratch, const char *run, const GPtrArray *certificates, bool clean,
    GError **error)
{
	scratch->before = g_strdup(g_getenv("GNUPGHOME"));
	if (scratch->before == NULL && !pgp_engine_init(run, error))
		return false;
	scratch->path = home_private(run, error);
	if (scratch->path == NULL || !configure(scratch->path, clean, error))
		return false;
	setenv("GNUPGHOME", scratch->path, 1);
	scratch->context = pgp_context(error);
	if (scratch->context == NULL)
		return false;
	for (guint i = 0; i < certificates->len; i++)
		if (!put_in(scratch, g_ptr_array_index(certificates, i), error))
			return false;
	return true;
}

/* The last word of that key about a user id, if it holds. */
static bool
certifies(gpgme_user_id_t uid, const char *key_id)
{
	long given = 0, taken = 0;

	for (gpgme_key_sig_t one = uid->signatures; one != NULL; one = one->next) {
		if (g_ascii_strcasecmp(one->keyid, key_id) != 0 ||
		    gpgme_err_code(one->status) != GPG_ERR_NO_ERROR || one->invalid)
			continue;
		if (one->revoked || one->sig_class == 0x30)
			taken = MAX(taken, one->timestamp);
		else if (!one->expired && one->exportable && one->sig_class >= 0x10 &&
		    one->sig_class <= 0x13)
			given = MAX(given, one->timestamp);
	}
	return given > taken;
}

/* What is not as it should be; NULL: nothing. */
static char *
look(gpgme_key_t key, const char *fingerprint)
{
	const char *key_id = fingerprint + strlen(fingerprint) - KEY_ID_LENGTH;
	bool some = false;
	const char *missing = NULL;

	for (gpgme_user_id_t uid = key->uids; uid != NULL; uid = uid->next) {
		bool so = certifies(uid, key_id);

		if (uid->revoked)
			continue;
		some = some || so;
		if (!so && missing == NULL)
			missing = uid->uid;
	}
	if (missing == NULL)
		return some ? NULL : g_strdup("it has no user id");
	return some ? g_strdup_printf("the user id \"%s\" is not certified", missing) :
	    g_strdup("there is no certification by it that holds");
}

static gpgme_key_t
listed(const Scratch *scratch, const char *fingerprint, GError **error)
{
	gpgme_key_t key = NULL;
	gpgme_error_t failure;

	gpgme_set_keylist_mode(scratch->context, GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_SIGS);
	failure = gpgme_get_key(scratch->context, fingerprint, &key, 0);
	if (failure != 0)
		pgp_trouble(error, failure, "gpg cannot list a key");
	return key;
}

static char *
primary_of(GBytes *certificate)
{
	g_autoptr(GPtrArray) keys = pgp_keys_of(certificate);

	return keys != NULL && keys->len > 0 ?
	    g_strdup(((const PacketKey *)keys->pdata[0])->primary) : NULL;
}

bool
team_certified(const char *run, GBytes *certificate, GBytes *by, const char *fingerprint,
    char **why, GError **error)
{
	g_autoptr(GPtrArray) both = g_ptr_array_new();
	g_auto(Scratch) scratch = { NULL, NULL, NULL };
	g_autofree char *name = primary_of(certificate);
	g_auto(gpgme_key_t) key = NULL;

	*why = NULL;
	if (name == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "this is no public key");
	g_ptr_array_add(both, by);
	g_ptr_array_add(both, certificate);
	if (!scratch_enter(&scratch, run, both, true, error))
		return false;
	key = listed(&scratch, name, error);
	if (key == NULL)
		return false;
	*why = look(key, fingerprint);
	return true;
}

/* NULL without an error: it is not there. */
static GBytes *
taken_out(const Scratch *scratch, const char *fingerprint, GError **error)
{
	g_auto(Sink) sink = { .buffer = NULL };
	g_auto(gpgme_data_t) output = sink_data(&sink, 0);
	gpgme_error_t failure = gpgme_op_export(scratch->context, fingerprint, 0, output);

	if (failure != 0) {
		pgp_trouble(error, failure, "gpg cannot export");
		return NULL;
	}
	return buffer_length(sink.buffer) > 0 ? buffer_steal(sink.buffer) : NULL;
}

GBytes *
team_cleaned(const char *run, GBytes *certificate, const GPtrArray *others, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	g_auto(Scratch) scratch = { NULL, NULL, NULL };
	g_autofree char *name = primary_of(certificate);

	if (name == NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "this is no public key");
		return NULL;
	}
	for (guint i = 0; i < others->len; i++)
		g_ptr_array_add(all, g_ptr_array_index(others, i));
	g_ptr_array_add(all, certificate);
	return scratch_enter(&scratch, run, all, true, error) ?
	    taken_out(&scratch, name, error) : NULL;
}

GBytes *
team_pick(const char *run, GBytes *keys, const char *fingerprint, GError **error)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_auto(Scratch) scratch = { NULL, NULL, NULL };

	g_ptr_array_add(one, keys);
	return scratch_enter(&scratch, run, one, false, error) ?
	    taken_out(&scratch, fingerprint, error) : NULL;
}

GBytes *
team_verify(const char *run, GBytes *block, GBytes *certificate, GError **error)
{
	g_autoptr(GPtrArray) one = g_ptr_array_new();
	g_auto(Scratch) scratch = { NULL, NULL, NULL };
	g_auto(Sink) sink = { .buffer = NULL };
	g_auto(gpgme_data_t) input = NULL;
	g_auto(gpgme_data_t) output = NULL;
	gpgme_signature_t signature;
	gpgme_error_t failure;

	g_ptr_array_add(one, certificate);
	if (!scratch_enter(&scratch, run, one, true, error))
		return NULL;
	input = pgp_data(block);
	output = sink_data(&sink, 0);
	failure = gpgme_op_verify(scratch.context, input, NULL, output);
	signature = failure == 0 ? gpgme_op_verify_result(scratch.context)->signatures : NULL;
	if (signature == NULL || signature->next != NULL ||
	    gpgme_err_code(signature->status) != GPG_ERR_NO_ERROR) {
		error_set(error, SLUIS_ERROR_REFUSED, "it is not signed by the team's key");
		return NULL;
	}
	return buffer_steal(sink.buffer);
}
