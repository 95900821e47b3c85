/*
 * Keys as people have them, good, over, weak and poisoned: is the right word
 * said of each, in time, and can nothing of a gpg.conf add a reader (T-29, T-30,
 * T-31)?
 */

#include "certificate.h"

#include <stdlib.h>

#include "packet.h"
#include "world.h"

static GBytes *
exported(const World *world, const char *key)
{
	return gpg(world->ann, NULL, "--export %s", key);
}

static Certificate *
minimised(const World *world, GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	Certificate *found = pgp_certificate_minimise(world->pgp, bytes, &error);

	g_assert_no_error(error);
	return found;
}

/* A subkey to encrypt to, and the last one there is. */
static void
subkey_add(const World *world, const char *options, const char *key, const char *algorithm,
    const char *expire)
{
	gpg_do(gpg(world->ann, NULL, "%s--passphrase  --quick-add-key %s %s encr %s", options, key,
	    algorithm, expire));
}

static void
key_revoke(const World *world, const char *key)
{
	g_autofree char *path = g_strdup_printf("%s/openpgp-revocs.d/%s.rev", world->ann, key);
	g_autofree char *text = NULL;
	g_autoptr(GBytes) armoured = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	armoured = bytes_text(strstr(text, ":-----BEGIN") + 1);
	gpg_do(gpg(world->ann, armoured, "--import"));
}

/* The message goes to exactly that subkey, whatever gpg would choose. */
static void
assert_goes_to(const World *world, const Certificate *found, const char *subkey)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) text = bytes_text("canary\n"), armoured = NULL, opened = NULL;

	g_assert_null(found->unusable);
	g_assert_cmpstr(found->encryption_subkey, ==, subkey);
	armoured = pgp_encrypt(world->pgp, text, found->bytes, subkey, &error);
	g_assert_no_error(error);
	opened = gpg(world->ann, armoured, "-d");
	g_assert_true(g_bytes_equal(opened, text));
}

#define LONG_AGO "--faked-system-time 20240101T000000! "
#define TO_COME "--faked-system-time 20360101T000000! "
#define BY_SHA1 "--cert-digest-algo SHA1 --allow-weak-key-signatures "

/* What nothing is encrypted to, each with its own word and sentence. */
static void
test_refusals(const void *data)
{
	const World *world = data;
	static const struct { const char *why, *options, *primary, *sub_options, *subkey, *expire; } rows[] = {
		{ KEY_EXPIRED, LONG_AGO, "ed25519", LONG_AGO, "cv25519", "1y" },
		{ KEY_REVOKED, "", "ed25519", "", "cv25519", "never" },
		{ KEY_SIGNS_ONLY, "", "ed25519", NULL, NULL, "never" },
		{ KEY_SUBKEY_EXPIRED, LONG_AGO, "ed25519", LONG_AGO, "cv25519", "1y" },
		{ KEY_FUTURE, TO_COME, "ed25519", TO_COME, "cv25519", "never" },
		{ KEY_SUBKEY_FUTURE, "", "ed25519", TO_COME "--ignore-time-conflict ", "cv25519", "never" },
		{ KEY_RSA, "", "rsa1024", "", "rsa1024", "never" },
		{ KEY_RSA, "", "rsa2048", "", "rsa1024", "never" },
		{ KEY_DSA, "", "dsa2048", "", "elg2048", "never" },
		{ KEY_DSA, "", "dsa1024", "", "cv25519", "never" },
		{ KEY_ELGAMAL, "", "rsa2048", "", "elg2048", "never" },
		{ KEY_SHA1, BY_SHA1, "rsa2048", BY_SHA1, "rsa2048", "never" },
		{ KEY_SHA1, BY_SHA1, "rsa2048", "", "cv25519", "never" },
		{ KEY_SHA1, "", "ed25519", BY_SHA1, "cv25519", "never" },
	};
	g_autoptr(GHashTable) sentences = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) words = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *who = g_strdup_printf("refused%u@x.example", i), *key = NULL;
		bool lives = strcmp(rows[i].why, KEY_EXPIRED) != 0;
		g_autoptr(GBytes) bytes = NULL;
		g_autoptr(Certificate) found = NULL;

		gpg_do(gpg(world->ann, NULL, "%s--passphrase  --quick-gen-key %s %s sign,cert %s",
		    rows[i].options, who, rows[i].primary, lives ? "never" : rows[i].expire));
		key = fingerprint(world->ann, who, 0);
		if (rows[i].subkey != NULL)
			subkey_add(world, rows[i].sub_options, key, rows[i].subkey, rows[i].expire);
		if (strcmp(rows[i].why, KEY_REVOKED) == 0)
			key_revoke(world, key);
		bytes = exported(world, key);
		found = minimised(world, bytes);
		g_test_message("T-31: %s %s + %s: %s", rows[i].options, rows[i].primary, rows[i].subkey,
		    found->unusable);
		g_assert_cmpstr(found->unusable, ==, rows[i].why);
		g_assert_null(found->encryption_subkey);
		g_hash_table_add(words, (gpointer)rows[i].why);
		g_hash_table_add(sentences, certificate_sentence(found->unusable));
	}
	g_assert_cmpuint(g_hash_table_size(sentences), ==, g_hash_table_size(words));
}

/* The newest subkey that is fit, though gpg would take the newest. */
static void
test_choice(const void *data)
{
	const World *world = data;
	static const struct { const char *options, *algorithm, *expire; } newer[] = {
		{ LONG_AGO, "cv25519", "1y" }, { "", "rsa1024", "never" },
		{ BY_SHA1, "cv25519", "never" }, { "", "elg2048", "never" },
	};
	g_autofree char *key = key_new(world->ann, "choice@x.example", "ed25519", "cv25519",
	    "--faked-system-time 20230101T000000! ");
	g_autofree char *first = fingerprint(world->ann, "choice@x.example", 1);
	g_autofree char *last = NULL;
	g_autoptr(GBytes) bytes = NULL, whole = NULL;
	g_autoptr(Certificate) found = NULL, better = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(newer); i++)
		subkey_add(world, newer[i].options, key, newer[i].algorithm, newer[i].expire);
	bytes = exported(world, key);
	found = minimised(world, bytes);
	assert_goes_to(world, found, first);
	subkey_add(world, "", key, "rsa3072", "never");
	last = fingerprint(world->ann, "choice@x.example", 2 + G_N_ELEMENTS(newer));
	whole = exported(world, key);
	better = minimised(world, whole);
	assert_goes_to(world, better, last);
}

/* T-31: a revocation acts, and an older copy takes nothing of it back. */
static void
test_merge(const void *data)
{
	const World *world = data;
	g_autofree char *key = key_new(world->ann, "merge@x.example", "ed25519", "cv25519", "");
	g_autofree char *other = key_new(world->ann, "merge2@x.example", "ed25519", "cv25519", "");
	g_autoptr(GBytes) before = exported(world, key), stranger = exported(world, other), after = NULL;
	g_autoptr(Certificate) one = minimised(world, before), two = NULL, three = NULL, four = NULL;
	g_autoptr(GError) error = NULL;

	key_revoke(world, key);
	after = exported(world, key);
	two = certificate_merge(world->pgp, one->bytes, after, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(two->unusable, ==, KEY_REVOKED);
	three = certificate_merge(world->pgp, two->bytes, before, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(three->unusable, ==, KEY_REVOKED);
	g_assert_true(g_bytes_equal(two->bytes, three->bytes));
	four = certificate_merge(world->pgp, two->bytes, stranger, &error);
	g_assert_null(four);
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
}

/* A certificate with count copies of the packet of that tag, the first one or
 * the one behind so many others of it. */
static GBytes *
poisoned(GBytes *certificate, guint8 tag, guint behind, guint count)
{
	gsize length, size;
	const guint8 *start = g_bytes_get_data(certificate, &length);
	GByteArray *all = g_byte_array_new();

	for (gsize at = 0; at < length; at += size) {
		guint8 type = (start[at] >> 2) & 15, bytes = start[at] & 3;

		g_assert_cmpuint(start[at] & 0xc0, ==, 0x80);
		g_assert_cmpuint(bytes, <, 2);
		size = bytes == 0 ? 2U + start[at + 1] : 3U + ((gsize)start[at + 1] << 8 | start[at + 2]);
		for (guint i = 0; i < (type == tag && behind == 0 ? count : 1); i++)
			g_byte_array_append(all, start + at, (guint)size);
		behind -= type == tag;	/* past 0 it is no more than a large number */
	}
	return g_byte_array_free_to_bytes(all);
}

/* T-29: what others hang on a key is not read for long. */
static void
test_poisoned(const void *data)
{
	const World *world = data;
	static const struct { guint8 tag; guint count; const char *says; } rows[] = {
		{ 2, 5000, "5001 signatures" }, { 13, 100, "100 user ids" }, { 14, 300, "300 subkeys" },
		{ 2, 20000, "too large" },
	};
	g_autofree char *key = key_new(world->ann, "poison@x.example", "ed25519", "cv25519", "");
	g_autofree char *mallory = key_new(world->ann, "mallory@x.example", "ed25519", NULL, "");
	g_autoptr(GBytes) clean = exported(world, key), certified = NULL, much = NULL;
	g_autoptr(Certificate) one = minimised(world, clean), two = NULL;
	gint64 start;

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = poisoned(clean, rows[i].tag, 0, rows[i].count);
		g_autoptr(GError) error = NULL;

		start = g_get_monotonic_time();
		g_assert_null(pgp_certificate_minimise(world->pgp, bytes, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
		g_test_message("T-29: %s", error->message);
		g_assert_nonnull(strstr(error->message, rows[i].says));
		g_assert_cmpint(g_get_monotonic_time() - start, <, G_USEC_PER_SEC);
	}
	gpg_do(gpg(world->ann, NULL, "-u %s --quick-sign-key %s", mallory, key));
	certified = exported(world, key);
	much = poisoned(certified, 2, 1, 4000);
	start = g_get_monotonic_time();
	two = minimised(world, much);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 5 * G_USEC_PER_SEC);
	g_assert_true(g_bytes_equal(one->bytes, two->bytes));
}

/* Whose word a new key has: the old one's, and nobody else's. */
static void
test_certified(const void *data)
{
	const World *world = data;
	g_autofree char *old = key_new(world->ann, "old@y.example", "ed25519", "cv25519", "");
	g_autofree char *new = key_new(world->ann, "new@y.example", "ed25519", "cv25519", "");
	g_autofree char *other = key_new(world->ann, "other@y.example", "ed25519", "cv25519", "");
	g_autoptr(GBytes) bare = exported(world, new), pinned = exported(world, old);
	g_autoptr(GBytes) stranger = exported(world, other), certified = NULL;
	g_autoptr(GPtrArray) known = certificates_of(pinned), wrong = certificates_of(stranger);
	g_autofree char *nobody = certificate_certified_by(world->pgp, bare, known, NULL);
	g_autofree char *yes = NULL, *no = NULL;

	g_assert_cmpstr(nobody, ==, "");
	gpg_do(gpg(world->ann, NULL, "-u %s --quick-sign-key %s", old, new));
	certified = exported(world, new);
	yes = certificate_certified_by(world->pgp, certified, known, NULL);
	no = certificate_certified_by(world->pgp, certified, wrong, NULL);
	g_assert_cmpstr(yes, ==, old);
	g_assert_cmpstr(no, ==, "");
}

static char *
private_home(const World *world)
{
	g_autoptr(GDir) dir = g_dir_open(world->run, 0, NULL);
	const char *name = g_dir_read_name(dir);

	g_assert_nonnull(name);
	return g_build_filename(world->run, name, NULL);
}

static char *
file_text(const char *folder, const char *name)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	char *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

static void
file_put(const char *folder, const char *name, const char *one, const char *two)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *text = g_strconcat(one, two, NULL);

	g_assert_true(file_write(path, text, strlen(text), 0600, NULL));
}

/* How many readers it has; 0: nothing was given out. */
static guint
readers(const World *world, const Certificate *found)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) text = bytes_text("canary\n"), binary = NULL;
	g_autoptr(GBytes) armoured = pgp_encrypt(world->pgp, text, found->bytes,
	    found->encryption_subkey, &error);
	g_autoptr(PacketSummary) summary = NULL;

	if (armoured == NULL) {
		g_assert_nonnull(error);
		g_test_message("T-30: %s", error->message);
		return 0;
	}
	binary = armour_open(g_bytes_get_data(armoured, NULL), g_bytes_get_size(armoured));
	summary = packet_summary(g_bytes_get_data(binary, NULL), g_bytes_get_size(binary));
	g_assert_true(g_str_has_suffix(found->encryption_subkey, summary->recipients->pdata[0]));
	return summary->recipients->len + summary->passwords;
}

/*
 * T-30: settings that add readers, in the service's home and in a user's, are
 * without effect; where even the private home has them, nothing with another
 * reader is given out.
 */
static void
test_readers(const void *data)
{
	const World *world = data;
	static const char *const settings[] = { "encrypt-to ", "hidden-encrypt-to ",
	    "default-recipient ", "group ann@z.example=", "recipient ", "hidden-recipient " };
	g_autofree char *ann = key_new(world->ann, "ann@z.example", "ed25519", "cv25519", "");
	g_autofree char *eve = key_new(world->ann, "eve@z.example", "ed25519", "cv25519", "");
	g_autofree char *ring = g_strdup_printf("keyring %s/pubring.kbx\n", world->ann);
	g_autofree char *user = home_new(), *before = g_strdup(g_getenv("HOME")), *mine = NULL, *ours = NULL;
	g_autofree char *dot = g_build_filename(user, ".gnupg", NULL), *team = file_text(world->home, "gpg.conf");
	g_autoptr(GBytes) bytes = exported(world, ann);
	g_autoptr(Certificate) found = minimised(world, bytes);
	guint refused = 0;

	g_assert_cmpuint(readers(world, found), ==, 1);
	mine = private_home(world);
	ours = file_text(mine, "gpg.conf");
	setenv("HOME", user, 1);
	g_assert_cmpint(g_mkdir(dot, 0700), ==, 0);
	for (guint i = 0; i < G_N_ELEMENTS(settings); i++) {
		g_autofree char *hostile = g_strconcat(ring, settings[i], eve, "\n", NULL);

		file_put(world->home, "gpg.conf", team, hostile);
		file_put(dot, "gpg.conf", "", hostile);
		g_assert_cmpuint(readers(world, found), ==, 1);
		file_put(mine, "gpg.conf", ours, hostile);
		refused += readers(world, found) == 0;
		file_put(mine, "gpg.conf", ours, "");
	}
	g_assert_cmpuint(refused, >=, 2);	/* or this would show nothing */
	setenv("HOME", before != NULL ? before : "/", 1);
	file_remove_tree(user);
}

int
main(int argc, char *argv[])
{
	static const WorldTest tests[] = {
		{ "/certificate/refusals", test_refusals }, { "/certificate/choice", test_choice },
		{ "/certificate/merge", test_merge }, { "/certificate/poisoned", test_poisoned },
		{ "/certificate/certified", test_certified }, { "/certificate/readers", test_readers },
		{ 0 }
	};

	return world_end(world_begin(&argc, &argv), tests);
}
