/*
 * key_year_rehearse - the whole year on a copy of the ring: sluis key rotate
 * --rehearse
 *
 * The copy lies in a private folder with an agent of its own, and beside it a
 * master key that is made for this alone. Each step that is to succeed is
 * taken, each that is to be refused is tried, and what it came to is printed.
 * Afterwards both are gone, and nothing else was touched.
 */

#include "key_year.h"

#include <string.h>
#include <unistd.h>

#include "agent.h"
#include "error.h"
#include "file.h"
#include "home.h"
#include "print.h"

#define FILE_MOST (1024 * 1024)
#define WORDS "a rehearsal"

typedef struct {
	const Order *order;
	char *folder, *ring, *master_home, *published, *run;
	Year *year;
	TeamRing *masters;
	char *former, *fresh, *other;	/* fingerprints */
	GBytes *letter;			/* encrypted to the key of today */
	guint failed;
} Rehearsal;

static void
rehearsal_clear(Rehearsal *rehearsal)
{
	g_clear_pointer(&rehearsal->masters, team_ring_close);
	g_clear_pointer(&rehearsal->year, year_close);
	if (rehearsal->ring != NULL)
		agent_stop_home(rehearsal->ring, NULL);
	if (rehearsal->master_home != NULL)
		agent_stop_home(rehearsal->master_home, NULL);
	if (rehearsal->folder != NULL)
		file_remove_tree(rehearsal->folder);
	g_clear_pointer(&rehearsal->letter, g_bytes_unref);
	g_free(rehearsal->folder);
	g_free(rehearsal->ring);
	g_free(rehearsal->master_home);
	g_free(rehearsal->published);
	g_free(rehearsal->run);
	g_free(rehearsal->former);
	g_free(rehearsal->fresh);
	g_free(rehearsal->other);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rehearsal, rehearsal_clear)

/* Files and folders, and nothing else: no socket, no lock of an agent. */
static bool
copy_tree(const char *from, const char *to, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(from, 0, error);
	const char *name;

	if (dir == NULL)
		return error_because(error, SLUIS_ERROR_SETUP, "the key ring");
	if (!file_make_folder(to, 0700, error))
		return false;
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);
		g_autoptr(GBytes) bytes = NULL;

		if (g_str_has_prefix(name, "S.") || g_str_has_prefix(name, ".#") ||
		    g_str_has_suffix(name, ".lock"))
			continue;
		if (g_file_test(source, G_FILE_TEST_IS_DIR)) {
			if (!copy_tree(source, target, error))
				return false;
			continue;
		}
		bytes = file_read(source, G_MAXINT32, error);
		if (bytes == NULL || !file_write(target, g_bytes_get_data(bytes, NULL),
		    g_bytes_get_size(bytes), 0600, error))
			return false;
	}
	return true;
}

static bool
say(Rehearsal *rehearsal, bool good, const char *what, const GError *because, GError **error)
{
	rehearsal->failed += !good;
	return print_line(error, "%-6s %s%s%s", good ? "ok" : "FAILED", what,
	    because != NULL ? ": " : "", because != NULL ? because->message : "");
}

/* What has to succeed. */
static bool
must(Rehearsal *rehearsal, bool done, GError *because, const char *what, GError **error)
{
	g_autoptr(GError) mine = because;

	return say(rehearsal, done, what, done ? NULL : mine, error) && done;
}

/* What has to be refused; the sentence is shown. */
static bool
must_not(Rehearsal *rehearsal, bool done, GError *because, const char *what, GError **error)
{
	g_autoptr(GError) mine = because;

	return say(rehearsal, !done && error_is(mine, SLUIS_ERROR_REFUSED), what, mine, error);
}

/* --- the stage --- */

static bool
prepare(Rehearsal *rehearsal, GError **error)
{
	static const char *ids[] = { "A master key for a rehearsal", NULL };
	const Settings *settings = rehearsal->order->settings;
	g_autofree char *master = NULL;
	g_autoptr(GPtrArray) other = g_ptr_array_new();

	rehearsal->folder = home_private(settings->run_folder, error);
	if (rehearsal->folder == NULL)
		return false;
	rehearsal->ring = g_build_filename(rehearsal->folder, "r", NULL);
	rehearsal->master_home = g_build_filename(rehearsal->folder, "m", NULL);
	rehearsal->published = g_build_filename(rehearsal->folder, "p", NULL);
	rehearsal->run = g_build_filename(rehearsal->folder, "w", NULL);
	g_ptr_array_add(other, (gpointer)"Somebody else");
	if (file_make_folder(rehearsal->master_home, 0700, error) &&
	    copy_tree(settings->gnupg_home, rehearsal->ring, error))
		master = pgp_make_home(rehearsal->master_home, ids, "cv25519", error);
	rehearsal->masters = master == NULL ? NULL :
	    team_ring_open(rehearsal->master_home, settings->run_folder, error);
	if (rehearsal->masters != NULL)
		rehearsal->other = team_ring_make(rehearsal->masters, other, "cv25519",
		    g_get_real_time() / G_USEC_PER_SEC + 24 * 60 * 60, NULL, error);
	if (rehearsal->other == NULL)
		return false;
	rehearsal->year = year_open(settings, rehearsal->ring, error);
	if (rehearsal->year == NULL)
		return false;
	rehearsal->former = g_strdup(rehearsal->year->generations->current);
	rehearsal->year->master = g_steal_pointer(&master);
	rehearsal->year->master_key = team_ring_export(rehearsal->masters, rehearsal->year->master, error);
	return rehearsal->year->master_key != NULL;
}

/* --- opening and signing, as the programs do it --- */

static GBytes *
sealed(Rehearsal *rehearsal, GError **error)
{
	g_autoptr(Pgp) pgp = pgp_new(rehearsal->ring, rehearsal->run, "", error);
	g_autoptr(GBytes) words = g_bytes_new_static(WORDS, strlen(WORDS));
	g_autoptr(GBytes) exported = pgp != NULL ? pgp_export(pgp, pgp_signer(pgp), error) : NULL;
	g_autoptr(Certificate) key = exported != NULL ? pgp_certificate(pgp, exported, error) : NULL;

	return key != NULL ? pgp_encrypt(pgp, words, key->bytes, key->encryption_subkey, error) : NULL;
}

/* Which key opens it, and which one signed it. */
static bool
opens(Rehearsal *rehearsal, GBytes *letter, const char *with, const char *signer, GError **error)
{
	g_autoptr(Pgp) pgp = pgp_new(rehearsal->ring, rehearsal->run, "", error);
	g_autoptr(Decrypted) opened = pgp != NULL ? pgp_decrypt(pgp, letter, NULL, 0, error) : NULL;
	const Signature *signature;

	if (opened == NULL)
		return false;
	if (opened->status != DECRYPT_OK || g_strcmp0(opened->key, with) != 0 ||
	    opened->signatures->len != 1)
		return error_set(error, SLUIS_ERROR_SETUP, "it is not opened by %s", with);
	signature = g_ptr_array_index(opened->signatures, 0);
	return (signature->status == SIGNATURE_GOOD && g_strcmp0(signature->key, signer) == 0) ||
	    error_set(error, SLUIS_ERROR_SETUP, "it is not signed by %s", signer);
}

/* --- the master key's part --- */

/* The request carried to the master key and back, certified by one of the keys
 * there. */
static GBytes *
carry(Rehearsal *rehearsal, const char *by, GError **error)
{
	g_autoptr(GBytes) key = year_public(rehearsal->year, rehearsal->fresh, error);

	if (key == NULL || !team_ring_import(rehearsal->masters, key, error) ||
	    !team_ring_certify(rehearsal->masters, rehearsal->fresh, by, error))
		return NULL;
	return team_ring_export(rehearsal->masters, rehearsal->fresh, error);
}

static bool
certified(Rehearsal *rehearsal, const char *by, GError **error)
{
	g_autoptr(GBytes) file = carry(rehearsal, by, error);

	return file != NULL && year_certify(rehearsal->year, file, error) != NULL;
}

static bool
published(Rehearsal *rehearsal, GError **error)
{
	g_autoptr(Json) findings = publish_write(rehearsal->year, rehearsal->published, error) ?
	    published_look(rehearsal->year, rehearsal->published, error) : NULL;

	for (guint i = 0; findings != NULL && i < json_length(findings); i++) {
		const Json *one = json_at(findings, i);

		if (strcmp(json_text(one, "state"), "good") != 0)
			return error_set(error, SLUIS_ERROR_SETUP, "%s: %s: %s", json_text(one, "where"),
			    json_text(one, "check"), json_text(one, "text"));
	}
	return findings != NULL;
}

/* --- the year --- */

static bool
make(Rehearsal *rehearsal, int number, const char *algorithm, GError **error)
{
	GError *because = NULL;
	const Generation *key;
	g_autofree char *request = NULL;
	g_autofree char *what = g_strdup_printf("a key for %d is made (%s) and certified by the key of "
	    "today", number, algorithm);

	rehearsal->letter = sealed(rehearsal, &because);
	if (!must(rehearsal, rehearsal->letter != NULL, because, "a letter to the key of today", error))
		return false;
	because = NULL;
	key = year_make(rehearsal->year, number, algorithm, &because);
	if (!must(rehearsal, key != NULL, because, what, error))
		return false;
	rehearsal->fresh = g_strdup(key->fingerprint);
	because = NULL;
	request = year_request(rehearsal->year, key, &because);
	return must(rehearsal, request != NULL, because, "the request to the master key is written", error);
}

static bool
change(Rehearsal *rehearsal, GError **error)
{
	GError *because = NULL;
	bool done = year_switch(rehearsal->year, &because);

	if (!must_not(rehearsal, done, because, "the change is refused before that", error))
		return false;
	because = NULL;
	done = certified(rehearsal, rehearsal->other, &because);
	if (!must_not(rehearsal, done, because, "another key's certification is refused", error))
		return false;
	because = NULL;
	done = certified(rehearsal, rehearsal->year->master, &because);
	if (!must(rehearsal, done, because, "the master key's certification is taken in", error))
		return false;
	because = NULL;
	done = year_switch(rehearsal->year, &because);
	return must(rehearsal, done, because, "the new key becomes the team's", error);
}

static bool
afterwards(Rehearsal *rehearsal, GError **error)
{
	GError *because = NULL;
	g_autoptr(GBytes) letter = NULL;
	bool done = opens(rehearsal, rehearsal->letter, rehearsal->former, rehearsal->former, &because);

	if (!must(rehearsal, done, because, "the former key opens the letter", error))
		return false;
	because = NULL;
	letter = sealed(rehearsal, &because);
	done = letter != NULL && opens(rehearsal, letter, rehearsal->fresh, rehearsal->fresh, &because);
	if (!must(rehearsal, done, because, "the new key signs, is written to and opens", error))
		return false;
	because = NULL;
	done = published(rehearsal, &because);
	if (!must(rehearsal, done, because, "what would be published is as it should be", error))
		return false;
	because = NULL;
	done = year_retire(rehearsal->year, rehearsal->former, &because);
	return must_not(rehearsal, done, because, "the former key is not given up before its time", error);
}

bool
key_rehearse(const Order *order, GError **error)
{
	const char *algorithm = order_text(order, "algorithm");
	int number = (int)g_ascii_strtoll(order_text(order, "year"), NULL, 10);
	g_auto(Rehearsal) rehearsal = { .order = order };

	if (algorithm == NULL)
		algorithm = order->settings->key_algorithm;
	if (!prepare(&rehearsal, error))
		return false;
	if (make(&rehearsal, number, algorithm, error) && change(&rehearsal, error))
		afterwards(&rehearsal, error);
	if (error != NULL && *error != NULL)
		return false;
	if (rehearsal.failed > 0)
		return error_set(error, SLUIS_ERROR_SETUP, "the rehearsal failed");
	return print_line(error, "This was a rehearsal on a copy, which is gone; nothing has changed.");
}
