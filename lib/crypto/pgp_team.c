/* pgp_team - the ring of the team changed; see pgp_team.h */

#include "pgp_team.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "home.h"
#include "pgp_engine.h"

#define REVOCATION_MOST (64 * 1024)
#define MODES (GPGME_KEYLIST_MODE_LOCAL | GPGME_KEYLIST_MODE_WITH_SECRET | \
    GPGME_KEYLIST_MODE_WITH_KEYGRIP)

struct TeamRing {
	char *home, *run;
	char *before;		/* GNUPGHOME as it was; NULL */
};

TeamRing *
team_ring_open(const char *home, const char *run, GError **error)
{
	g_autoptr(TeamRing) ring = g_new0(TeamRing, 1);

	ring->home = g_canonicalize_filename(home, NULL);
	ring->run = g_canonicalize_filename(run, NULL);
	ring->before = g_strdup(g_getenv("GNUPGHOME"));
	if (!pgp_engine_init(ring->home, error) || !home_launch_agent(ring->home, error))
		return NULL;
	return g_steal_pointer(&ring);
}

void
team_ring_close(TeamRing *ring)
{
	if (ring == NULL)
		return;
	if (ring->before != NULL)
		setenv("GNUPGHOME", ring->before, 1);
	g_free(ring->before);
	g_free(ring->home);
	g_free(ring->run);
	g_free(ring);
}

/* Whoever worked in another home in between has not put this one back. */
static gpgme_ctx_t
context_of(const TeamRing *ring, GError **error)
{
	setenv("GNUPGHOME", ring->home, 1);
	return pgp_context(error);
}

void
team_key_free(TeamKey *key)
{
	if (key == NULL)
		return;
	g_free(key->fingerprint);
	g_free(key->algorithm);
	g_ptr_array_unref(key->user_ids);
	g_ptr_array_unref(key->addresses);
	g_free(key);
}

static TeamKey *
team_key_of(gpgme_key_t from)
{
	TeamKey *key = g_new0(TeamKey, 1);
	char *algorithm = gpgme_pubkey_algo_string(from->subkeys);

	key->fingerprint = g_ascii_strup(from->subkeys->fpr, -1);
	key->algorithm = g_strdup(algorithm == NULL ? "unknown" : algorithm);
	gpgme_free(algorithm);
	key->user_ids = g_ptr_array_new_with_free_func(g_free);
	key->addresses = g_ptr_array_new_with_free_func(g_free);
	key->created = from->subkeys->timestamp;
	key->expires = from->subkeys->expires;
	key->revoked = from->revoked;
	key->expired = from->expired;
	key->has_primary = from->subkeys->secret;
	for (gpgme_subkey_t subkey = from->subkeys; subkey != NULL; subkey = subkey->next)
		key->has_secret = key->has_secret || (subkey->secret && subkey->can_encrypt);
	for (gpgme_user_id_t uid = from->uids; uid != NULL; uid = uid->next) {
		if (uid->revoked || (uid->invalid && !from->revoked && !from->expired))
			continue;
		g_ptr_array_add(key->user_ids, g_strdup(uid->uid));
		if (uid->address != NULL && *uid->address != '\0')
			g_ptr_array_add(key->addresses, g_ascii_strdown(uid->address, -1));
	}
	return key;
}

static int
by_age(gconstpointer one, gconstpointer other)
{
	const TeamKey *a = *(TeamKey *const *)one, *b = *(TeamKey *const *)other;

	return a->created < b->created ? -1 : a->created > b->created;
}

GPtrArray *
team_ring_keys(TeamRing *ring, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func((GDestroyNotify)team_key_free);
	gpgme_error_t failure;

	if (context == NULL)
		return NULL;
	gpgme_set_keylist_mode(context, MODES);
	failure = gpgme_op_keylist_start(context, NULL, 0);
	while (failure == 0) {
		g_auto(gpgme_key_t) key = NULL;

		failure = gpgme_op_keylist_next(context, &key);
		if (failure == 0)
			g_ptr_array_add(keys, team_key_of(key));
	}
	if (gpgme_err_code(failure) != GPG_ERR_EOF) {
		pgp_trouble(error, failure, "the team's key ring");
		return NULL;
	}
	g_ptr_array_sort(keys, by_age);
	return g_steal_pointer(&keys);
}

/* A key as GPGME has it; NULL with SETUP if it is not in the ring. */
static gpgme_key_t
key_named(gpgme_ctx_t context, const char *fingerprint, bool secret, GError **error)
{
	gpgme_key_t key = NULL;
	gpgme_error_t failure;

	gpgme_set_keylist_mode(context, MODES);
	failure = gpgme_get_key(context, fingerprint, &key, secret);
	if (gpgme_err_code(failure) == GPG_ERR_EOF)
		error_set(error, SLUIS_ERROR_SETUP, "%s: not in the key ring%s", fingerprint,
		    secret ? ", or without its secret half" : "");
	else if (failure != 0)
		pgp_trouble(error, failure, fingerprint);
	return key;
}

TeamKey *
team_ring_key(TeamRing *ring, const char *fingerprint, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_key_t) key = context != NULL ?
	    key_named(context, fingerprint, false, error) : NULL;

	return key != NULL ? team_key_of(key) : NULL;
}

char *
team_ring_make(TeamRing *ring, const GPtrArray *user_ids, const char *algorithm,
    gint64 expires, const char *begun, GError **error)
{
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	gint64 seconds = expires - time(NULL);
	char *fingerprint;

	if (user_ids->len == 0 || seconds <= 0) {
		error_set(error, SLUIS_ERROR_SETUP, user_ids->len == 0 ? "a key needs a user id" :
		    "a key cannot end before it begins");
		return NULL;
	}
	for (guint i = 0; i < user_ids->len; i++)
		g_ptr_array_add(words, g_ptr_array_index(user_ids, i));
	g_ptr_array_add(words, NULL);
	setenv("GNUPGHOME", ring->home, 1);
	fingerprint = pgp_make_key((const char *const *)words->pdata, algorithm,
	    (unsigned long)seconds, begun, error);
	return fingerprint;
}

bool
team_ring_certify(TeamRing *ring, const char *fingerprint, const char *by, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_key_t) key = context != NULL ?
	    key_named(context, fingerprint, false, error) : NULL;
	g_auto(gpgme_key_t) signer = key != NULL ? key_named(context, by, true, error) : NULL;
	gpgme_error_t failure;

	if (signer == NULL)
		return false;
	failure = gpgme_signers_add(context, signer);
	if (failure == 0)
		failure = gpgme_op_keysign(context, key, NULL, 0, GPGME_KEYSIGN_NOEXPIRE);
	return failure == 0 || pgp_trouble(error, failure, "gpg cannot certify the new key");
}

GBytes *
team_ring_export(TeamRing *ring, const char *fingerprint, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);

	return context != NULL ? pgp_export_with(context, fingerprint, 0, error) : NULL;
}

bool
team_ring_import(TeamRing *ring, GBytes *packets, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_data_t) data = NULL;
	gpgme_error_t failure;

	if (context == NULL)
		return false;
	data = pgp_data(packets);
	failure = gpgme_op_import(context, data);
	if (failure != 0)
		return pgp_trouble(error, failure, "gpg cannot import");
	if (gpgme_op_import_result(context)->considered == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "there is nothing about a key in it");
	return true;
}

/* With a colon before the armour, so that it is not imported by a slip. */
GBytes *
team_ring_revocation(TeamRing *ring, const char *fingerprint, GError **error)
{
	g_autofree char *path = g_strdup_printf("%s/openpgp-revocs.d/%s.rev", ring->home, fingerprint);
	g_autoptr(GBytes) bytes = file_read(path, REVOCATION_MOST, error);
	g_autofree char *text = bytes == NULL ? NULL :
	    g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	const char *block = text != NULL ? strstr(text, "-----BEGIN ") : NULL;
	GBytes *packets = block != NULL ? armour_open(block, strlen(block)) : NULL;

	if (text != NULL && packets == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "%s: there is no revocation in it", path);
	return packets;
}

/* Each in a file of its own, named by its keygrip; gone at once and for good. */
bool
team_ring_forget(TeamRing *ring, const char *fingerprint, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_key_t) key = context != NULL ?
	    key_named(context, fingerprint, false, error) : NULL;

	if (key == NULL)
		return false;
	for (gpgme_subkey_t subkey = key->subkeys; subkey != NULL; subkey = subkey->next) {
		g_autofree char *path = g_strdup_printf("%s/private-keys-v1.d/%s.key", ring->home,
		    subkey->keygrip != NULL ? subkey->keygrip : "");

		if (unlink(path) != 0 && g_file_test(path, G_FILE_TEST_EXISTS))
			return error_errno(error, SLUIS_ERROR_SETUP, path);
	}
	return true;
}

bool
team_ring_drop(TeamRing *ring, const char *fingerprint, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_key_t) key = context != NULL ?
	    key_named(context, fingerprint, true, error) : NULL;
	gpgme_error_t failure;

	if (key == NULL)
		return false;
	failure = gpgme_op_delete_ext(context, key, GPGME_DELETE_ALLOW_SECRET | GPGME_DELETE_FORCE);
	return failure == 0 || pgp_trouble(error, failure, "gpg cannot remove a key");
}

GBytes *
team_ring_sign(TeamRing *ring, const char *by, const char *text, GError **error)
{
	g_auto(gpgme_ctx_t) context = context_of(ring, error);
	g_auto(gpgme_key_t) signer = context != NULL ? key_named(context, by, true, error) : NULL;
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
	g_auto(gpgme_data_t) input = NULL;
	g_auto(gpgme_data_t) output = NULL;
	g_auto(Sink) sink = { .buffer = NULL };
	gpgme_error_t failure;

	if (signer == NULL)
		return NULL;
	input = pgp_data(bytes);
	output = sink_data(&sink, 0);
	failure = gpgme_signers_add(context, signer);
	if (failure == 0)
		failure = gpgme_op_sign(context, input, output, GPGME_SIG_MODE_CLEAR);
	if (failure != 0) {
		pgp_trouble(error, failure, "gpg cannot sign");
		return NULL;
	}
	return buffer_steal(sink.buffer);
}
