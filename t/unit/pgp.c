/*
 * Messages as a stranger's gpg writes them, whole, damaged and crafted: is the
 * verdict right, and does no byte come out of what failed (T-21)?
 */

#include "pgp.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "packet.h"
#include "world.h"

#define CANARY "canary-7f3a91c2"

/* The octets of the session-key packet in a message to one cv25519 key. */
#define KEY_PACKET 96

static Decrypted *
decrypted(const World *world, GBytes *message, const GPtrArray *certificates)
{
	g_autoptr(GError) error = NULL;
	Decrypted *found = pgp_decrypt(world->pgp, message, certificates, 64 << 20, &error);

	g_assert_no_error(error);
	g_assert_true((found->plaintext != NULL) == (found->status == DECRYPT_OK));
	return found;
}

static SignatureStatus
only_status(const GPtrArray *signatures)
{
	g_assert_cmpuint(signatures->len, ==, 1);
	return ((const Signature *)signatures->pdata[0])->status;
}

static GBytes *
canary(void)
{
	return bytes_text(CANARY "\n");
}

/* What ann's gpg makes of the canary with those words. */
static GBytes *
ann_writes(const World *world, const char *words)
{
	g_autoptr(GBytes) text = canary();

	return gpg(world->ann, text, "-u %s -r rd@sluis.example %s", world->ann_key, words);
}

static void
assert_opens(const World *world, GBytes *message, const GPtrArray *certificates,
    SignatureStatus status)
{
	g_autoptr(Decrypted) found = decrypted(world, message, certificates);
	g_autoptr(GBytes) text = canary();

	g_assert_cmpint(found->status, ==, DECRYPT_OK);
	g_assert_true(g_bytes_equal(found->plaintext, text));
	g_assert_cmpstr(found->key, ==, world->team);
	g_assert_true(g_str_has_prefix(found->session_key, "9:"));
	g_assert_cmpint(only_status(found->signatures), ==, status);
}

static void
assert_status(const World *world, GBytes *message, DecryptStatus status)
{
	g_autoptr(Decrypted) found = decrypted(world, message, world->known);

	g_assert_cmpint(found->status, ==, status);
}

static void
test_good(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) binary = ann_writes(world, "-se");
	g_autoptr(GBytes) armoured = ann_writes(world, "-a -se");
	g_autoptr(Decrypted) found = decrypted(world, binary, world->known);
	const Signature *signature = found->signatures->pdata[0];

	assert_opens(world, binary, world->known, SIGNATURE_GOOD);
	assert_opens(world, armoured, world->known, SIGNATURE_GOOD);
	g_assert_cmpstr(signature->key, ==, world->ann_key);
	g_assert_cmpint(ABS(signature->made - g_get_real_time() / G_USEC_PER_SEC), <, 600);
}

static void
test_unsigned(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-e");
	g_autoptr(Decrypted) found = decrypted(world, message, world->known);

	g_assert_cmpint(found->status, ==, DECRYPT_OK);
	g_assert_cmpuint(found->signatures->len, ==, 0);
}

/* A signer not known is looked up and verified without the agent. */
static void
test_verify_again(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-a -se");
	g_autoptr(Decrypted) found = decrypted(world, message, world->nobody);
	g_autoptr(GError) error = NULL;
	const Signature *signature = found->signatures->pdata[0];

	g_assert_cmpint(only_status(found->signatures), ==, SIGNATURE_UNKNOWN_KEY);
	g_assert_true(g_str_has_suffix(world->ann_key, signature->key));
	g_assert_true(pgp_verify_again(world->pgp, message, found, world->known, &error));
	g_assert_no_error(error);
	g_assert_cmpint(only_status(found->signatures), ==, SIGNATURE_GOOD);
	signature = found->signatures->pdata[0];
	g_assert_cmpstr(signature->key, ==, world->ann_key);
}

/*
 * No bit of a message can be turned: not one byte comes out of it, and it is
 * never taken for a trouble of ours. Some bits of the session-key packet mean
 * nothing; then the text is the one that was written.
 */
static void
test_flips(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-z 0 -se"), text = canary();
	gsize length;
	const char *start = g_bytes_get_data(message, &length);
	guint opened = 0;

	for (gsize i = 0; i < length; i++) {
		g_autofree char *copy = g_memdup2(start, length);
		g_autoptr(GBytes) flipped = NULL;
		g_autoptr(Decrypted) found = NULL;

		copy[i] ^= (char)(1 << i % 8);
		flipped = g_bytes_new(copy, length);
		found = decrypted(world, flipped, world->known);
		if (found->status == DECRYPT_OK && i < KEY_PACKET)
			g_assert_true(g_bytes_equal(found->plaintext, text));
		else
			opened += found->status == DECRYPT_OK;
	}
	g_assert_cmpuint(opened, ==, 0);
}

static void
test_cuts(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se");
	gsize length = g_bytes_get_size(message);

	for (gsize i = 1; i < length; i += 13) {
		g_autoptr(GBytes) cut = g_bytes_new_from_bytes(message, 0, i);
		g_autoptr(Decrypted) found = decrypted(world, cut, world->known);

		g_assert_cmpint(found->status, !=, DECRYPT_OK);
	}
}

/* A flip in a body so large that gpg sees the signature before the MDC. */
static void
test_large_flip(const void *data)
{
	const World *world = data;
	g_autofree char *text = g_strnfill(3 << 20, 'x');
	g_autoptr(GBytes) plain = bytes_text(text);
	g_autoptr(GBytes) message = gpg(world->ann, plain, "-u %s -r rd@sluis.example -z 0 -se",
	    world->ann_key);
	gsize length;
	const char *start = g_bytes_get_data(message, &length);
	g_autofree char *copy = g_memdup2(start, length);
	g_autoptr(GBytes) flipped = NULL;

	copy[length / 2] ^= 1;
	flipped = g_bytes_new(copy, length);
	assert_status(world, flipped, DECRYPT_BROKEN);
}

static GBytes *
joined(GBytes *one, GBytes *two)
{
	g_autoptr(GByteArray) all = g_byte_array_new();

	g_byte_array_append(all, g_bytes_get_data(one, NULL), (guint)g_bytes_get_size(one));
	g_byte_array_append(all, g_bytes_get_data(two, NULL), (guint)g_bytes_get_size(two));
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

/* Packets encrypted as they are: what an attacker with a tool of his own does. */
static GBytes *
wrapped(const World *world, GBytes *packets)
{
	return gpg(world->ann, packets, "-r rd@sluis.example -z 0 --no-literal -e");
}

/* The text signed, and one letter of it changed afterwards. */
static GBytes *
badly_signed(const World *world)
{
	g_autoptr(GBytes) whole = ann_writes(world, "-z 0 -s");
	gsize length;
	const char *start = g_bytes_get_data(whole, &length);
	char *copy = g_memdup2(start, length);
	char *at = memmem(copy, length, CANARY, strlen(CANARY));

	g_assert_nonnull(at);
	*at = 'C';
	return g_bytes_new_take(copy, length);
}

/* Readable, for it is whole; and its signature is bad. */
static void
test_bad_signature(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) bad = badly_signed(world);
	g_autoptr(GBytes) message = wrapped(world, bad);
	g_autoptr(Decrypted) found = decrypted(world, message, world->known);
	const Signature *signature;

	g_assert_cmpint(found->status, ==, DECRYPT_OK);
	g_assert_cmpint(only_status(found->signatures), ==, SIGNATURE_BAD);
	signature = found->signatures->pdata[0];
	g_assert_cmpstr(signature->key, ==, world->ann_key);
	g_assert_cmpmem(g_bytes_get_data(found->plaintext, NULL), 6, "Canary", 6);
}

/* The same where the signer is found only at the second look. */
static void
test_bad_signature_again(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) bad = badly_signed(world);
	g_autoptr(GBytes) message = wrapped(world, bad);
	g_autoptr(Decrypted) found = decrypted(world, message, world->nobody);

	g_assert_cmpint(only_status(found->signatures), ==, SIGNATURE_UNKNOWN_KEY);
	g_assert_true(pgp_verify_again(world->pgp, message, found, world->known, NULL));
	g_assert_cmpint(only_status(found->signatures), ==, SIGNATURE_BAD);
}

static void
test_two_plaintexts(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) one = ann_writes(world, "-z 0 -s");
	g_autoptr(GBytes) two = ann_writes(world, "-z 0 --store");
	g_autoptr(GBytes) signed_first = joined(one, two);
	g_autoptr(GBytes) signed_last = joined(two, one);
	g_autoptr(GBytes) first = wrapped(world, signed_first);
	g_autoptr(GBytes) last = wrapped(world, signed_last);

	assert_status(world, first, DECRYPT_BROKEN);
	assert_status(world, last, DECRYPT_BROKEN);
}

/* Something behind or before the ciphertext; two ciphertexts. */
static void
test_joined(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se");
	g_autoptr(GBytes) literal = ann_writes(world, "-z 0 --store");
	g_autoptr(GBytes) behind = joined(message, literal);
	g_autoptr(GBytes) before = joined(literal, message);
	g_autoptr(GBytes) twice = joined(message, message);

	assert_status(world, behind, DECRYPT_BROKEN);
	assert_status(world, before, DECRYPT_BROKEN);
	assert_status(world, twice, DECRYPT_BROKEN);
}

/* Encrypted twice, or nothing to read within: one plaintext in one encryption is
 * a message, and the ledger of session keys knows no other (T-21, T-26). */
static void
test_within(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se"), twice = wrapped(world, message);
	g_autoptr(GBytes) signature = ann_writes(world, "-b"), alone = wrapped(world, signature);
	g_autoptr(GBytes) key = wrapped(world, world->ann_certificate);

	assert_status(world, twice, DECRYPT_BROKEN);
	assert_status(world, alone, DECRYPT_BROKEN);
	assert_status(world, key, DECRYPT_BROKEN);
}

/* What gpg can only say of that something is wrong with it is no trouble of ours
 * that another try would mend (T-9). */
static void
test_disorder(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-z 0 -se"), text = canary();
	g_autoptr(GBytes) keys = g_bytes_new_from_bytes(message, 0, KEY_PACKET);
	g_autoptr(GBytes) rest = g_bytes_new_from_bytes(message, KEY_PACKET,
	    g_bytes_get_size(message) - KEY_PACKET);
	g_autoptr(GBytes) turned = joined(rest, keys);
	g_autoptr(GBytes) photo = bytes_text("\xd1\x03\x02\x01x"), odd = joined(keys, photo);
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) by_key = pgp_verify(world->pgp, text, world->ann_certificate,
	    world->known, &error);
	g_autoptr(GPtrArray) by_message = pgp_verify(world->pgp, text, message, world->known, &error);

	assert_status(world, turned, DECRYPT_BROKEN);
	assert_status(world, odd, DECRYPT_BROKEN);
	g_assert_no_error(error);
	g_assert_cmpuint(by_key->len + by_message->len, ==, 0);
}

static void
test_not_encrypted(const void *data)
{
	const World *world = data;
	static const char *const words[] = { "-s", "-z 0 -s", "-z 0 --store", "-b" };

	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autoptr(GBytes) message = ann_writes(world, words[i]);

		assert_status(world, message, DECRYPT_NOT_ENCRYPTED);
	}
}

static void
test_password(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autoptr(GBytes) message = gpg(world->ann, text, "--passphrase x -c");

	assert_status(world, message, DECRYPT_NOKEY);
}

static void
test_recipients(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autoptr(GBytes) other = gpg(world->ann, text, "-r ann@x.example -e");
	g_autoptr(GBytes) hidden_other = gpg(world->ann, text, "-R ann@x.example -e");
	g_autoptr(GBytes) both = gpg(world->ann, text, "-u ann@x.example -r ann@x.example "
	    "-r rd@sluis.example -se");
	g_autoptr(GBytes) hidden = gpg(world->ann, text, "-u ann@x.example -R ann@x.example "
	    "-R rd@sluis.example -se");
	g_autoptr(GBytes) or_password = gpg(world->ann, text, "-u ann@x.example -r rd@sluis.example "
	    "--passphrase x -s -c -e");

	assert_status(world, other, DECRYPT_NOKEY);
	assert_status(world, hidden_other, DECRYPT_NOKEY);
	assert_opens(world, both, world->known, SIGNATURE_GOOD);
	assert_opens(world, hidden, world->known, SIGNATURE_GOOD);
	assert_opens(world, or_password, world->known, SIGNATURE_GOOD);
}

/* The packet with integrity renamed to the one without. */
static void
test_no_integrity(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se");
	gsize length;
	const char *start = g_bytes_get_data(message, &length);
	g_autofree char *copy = g_memdup2(start, length);
	g_autoptr(GBytes) renamed = NULL;

	g_assert_cmpint((guint8)copy[KEY_PACKET], ==, 0xd2);
	copy[KEY_PACKET] = (char)0xc9;
	renamed = g_bytes_new(copy, length);
	assert_status(world, renamed, DECRYPT_BROKEN);
}

static void
test_garbage(const void *data)
{
	const World *world = data;
	static const char *const texts[] = { "", "text", "\xff\xff\xff", "\xd2",
	    "-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GBytes) bytes = bytes_text(texts[i]);
		g_autoptr(Decrypted) found = decrypted(world, bytes, world->known);

		g_assert_cmpint(found->status, !=, DECRYPT_OK);
		g_assert_cmpint(found->status, !=, DECRYPT_BOMB);
	}
}

static bool
has_gpg_child(void)
{
	g_autofree char *path = g_strdup_printf("/proc/self/task/%d/children", getpid());
	g_autofree char *text = NULL;
	g_auto(GStrv) pids = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return false;
	pids = g_strsplit(text, " ", 0);
	for (guint i = 0; pids[i] != NULL; i++) {
		g_autofree char *stat = g_strdup_printf("/proc/%s/stat", pids[i]);
		g_autofree char *line = NULL;

		if (g_file_get_contents(stat, &line, NULL, NULL) && strstr(line, "(gpg) Z") == NULL &&
		    strstr(line, "(gpg) ") != NULL)
			return true;
	}
	return false;
}

/* 256 MiB out of some hundred kilobytes: stopped, and gpg with it (T-14). */
static void
test_bomb(const void *data)
{
	const World *world = data;
	g_autofree char *path = g_build_filename(world->ann, "zeros", NULL);
	g_autoptr(GBytes) message = NULL;
	g_autoptr(Decrypted) found = NULL;
	gint64 before;

	g_assert_true(g_file_set_contents(path, "", 0, NULL));
	g_assert_cmpint(truncate(path, 256 << 20), ==, 0);
	message = gpg(world->ann, NULL, "-r rd@sluis.example -o - -e %s", path);
	before = g_get_monotonic_time();
	found = decrypted(world, message, world->nobody);
	g_assert_cmpint(found->status, ==, DECRYPT_BOMB);
	g_assert_cmpint(g_get_monotonic_time() - before, <, 5 * G_USEC_PER_SEC);
	while (has_gpg_child())
		g_assert_cmpint(g_get_monotonic_time() - before, <, 10 * G_USEC_PER_SEC);
}

/* A message whose point is one octet, of which gpg-agent 2.2.40 dies; plain,
 * and where no walker sees it, inside another: of that nothing is known but
 * that it is harmful (T-10). Now and then the agent outlives a wrong answer it
 * gave, and it is broken. The agent is there afterwards. */
static void
test_deadly(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se"), good = ann_writes(world, "-se");
	gsize length;
	const char *start = g_bytes_get_data(message, &length);
	g_autoptr(GByteArray) all = g_byte_array_new();
	g_autoptr(GBytes) deadly = NULL, nested = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Decrypted) found = NULL;
	static const guint8 point[] = { 0x00, 0x07, 0x40 };
	guint8 head[2] = { 0x84, KEY_PACKET - 2 - 35 + sizeof point };

	g_byte_array_append(all, head, sizeof head);
	g_byte_array_append(all, (const guint8 *)start + 2, 10);
	g_byte_array_append(all, point, sizeof point);
	g_byte_array_append(all, (const guint8 *)start + 47, (guint)length - 47);
	deadly = g_byte_array_free_to_bytes(g_steal_pointer(&all));
	assert_status(world, deadly, DECRYPT_BROKEN);
	g_assert_true(pgp_agent_answers(world->pgp, 5));
	nested = wrapped(world, deadly);
	found = pgp_decrypt(world->pgp, nested, world->nobody, 0, &error);
	g_assert_true(found != NULL ? found->status == DECRYPT_BROKEN :
	    error_is(error, SLUIS_ERROR_HARM));
	assert_opens(world, good, world->known, SIGNATURE_GOOD);
	g_assert_true(pgp_agent_answers(world->pgp, 5));	/* there again for the next */
}

static void
agent_kill(const World *world)
{
	g_autofree char *program = g_find_program_in_path("gpgconf");
	const char *const argv[] = { program, "--homedir", world->home, "--kill", "gpg-agent", NULL };
	const Spawn spawn = { .argv = argv, .seconds = 10 };

	g_assert_true(spawn_check(&spawn, NULL, NULL));
}

/* An agent that was stopped is there again, and has the team's keys. */
static void
test_agent_gone(const void *data)
{
	const World *world = data;
	g_autofree char *subkey = fingerprint(world->ann, "ann@x.example", 1);
	g_autoptr(GBytes) message = ann_writes(world, "-se"), ours = NULL;
	g_autoptr(GError) error = NULL;

	agent_kill(world);
	assert_opens(world, message, world->known, SIGNATURE_GOOD);
	agent_kill(world);
	pgp_leave(world->pgp);
	ours = pgp_encrypt(world->pgp, message, world->ann_certificate, subkey, &error);
	g_assert_no_error(error);
	g_assert_nonnull(ours);
}

/* A key of ours that the agent does not have is a trouble, not a verdict. */
static void
test_lost_secret(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se");
	g_autofree char *keys = g_build_filename(world->home, "private-keys-v1.d", NULL);
	g_autofree char *away = g_build_filename(world->home, "away", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Decrypted) found = NULL;

	g_assert_cmpint(g_rename(keys, away), ==, 0);
	found = pgp_decrypt(world->pgp, message, world->known, 0, &error);
	g_assert_cmpint(g_rename(away, keys), ==, 0);
	g_assert_null(found);
	g_assert_true(error_is(error, SLUIS_ERROR_RETRY));
	assert_opens(world, message, world->known, SIGNATURE_GOOD);
}

static void
test_several(const void *data)
{
	const World *world = data;
	g_autofree char *bob = key_new(world->ann, "bob@x.example", "ed25519", NULL, "");
	g_autoptr(GBytes) text = canary();
	g_autoptr(GBytes) message = gpg(world->ann, text, "-u ann@x.example -u bob@x.example "
	    "-r rd@sluis.example -se");
	g_autoptr(Decrypted) found = decrypted(world, message, world->known);

	g_assert_cmpint(found->status, ==, DECRYPT_OK);
	g_assert_cmpuint(found->signatures->len, ==, 2);
}

/* Signers nobody should trust any more, each with its own word (T-24). */
static void
test_signers(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autoptr(GBytes) sha1 = ann_writes(world, "--digest-algo SHA1 -se");
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autoptr(GDateTime) later = g_date_time_add_days(now, 30);
	g_autofree char *words = g_date_time_format(later, "--faked-system-time %Y%m%dT%H%M%S -se");
	g_autoptr(GBytes) future = ann_writes(world, words);
	g_autofree char *weak = key_new(world->ann, "weak@x.example", "rsa1024", NULL, "");
	g_autoptr(GBytes) by_weak = gpg(world->ann, text, "-u %s -r rd@sluis.example -se", weak);
	g_autoptr(GBytes) weak_certificate = gpg(world->ann, NULL, "--export %s", weak);
	g_autoptr(GPtrArray) weak_known = certificates_of(weak_certificate);

	assert_opens(world, sha1, world->known, SIGNATURE_WEAK);
	assert_opens(world, future, world->known, SIGNATURE_FUTURE);
	assert_opens(world, by_weak, weak_known, SIGNATURE_WEAK);
}

static void
test_expired_signer(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autofree char *old = NULL;
	g_autoptr(GBytes) message = NULL, certificate = NULL;
	g_autoptr(GPtrArray) known = NULL;

	gpg_do(gpg(world->ann, NULL, "--faked-system-time 20240101T000000! --passphrase  "
	    "--quick-gen-key old@x.example ed25519 sign,cert 1y"));
	old = fingerprint(world->ann, "old@x.example", 0);
	message = gpg(world->ann, text, "--faked-system-time 20240201T000000 --ignore-time-conflict "
	    "-u %s -r rd@sluis.example -z 0 -s", old);
	certificate = gpg(world->ann, NULL, "--export %s", old);
	known = certificates_of(certificate);
	{
		g_autoptr(GBytes) sealed = wrapped(world, message);

		assert_opens(world, sealed, known, SIGNATURE_EXPIRED);
	}
}

/* Revocation certificates are made beside each key, behind a colon. */
static void
key_revoke(const char *home, const char *key)
{
	g_autofree char *path = g_strdup_printf("%s/openpgp-revocs.d/%s.rev", home, key);
	g_autofree char *text = NULL;
	g_autoptr(GBytes) armoured = NULL;

	g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
	armoured = bytes_text(strstr(text, ":-----BEGIN") + 1);
	gpg_do(gpg(home, armoured, "--import"));
}

static void
test_revoked_signer(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autofree char *gone = key_new(world->ann, "gone@x.example", "ed25519", NULL, "");
	g_autoptr(GBytes) message = gpg(world->ann, text, "-u %s -r rd@sluis.example -se", gone);
	g_autoptr(GBytes) certificate = NULL;
	g_autoptr(GPtrArray) known = NULL;

	key_revoke(world->ann, gone);
	certificate = gpg(world->ann, NULL, "--export %s", gone);
	known = certificates_of(certificate);
	assert_opens(world, message, known, SIGNATURE_REVOKED);
}

static void
test_detached(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = canary();
	g_autoptr(GBytes) other = bytes_text("other\n");
	g_autoptr(GBytes) signature = ann_writes(world, "-a -b");
	g_autoptr(GBytes) blob = ann_writes(world, "-s");
	g_autoptr(GPtrArray) good = pgp_verify(world->pgp, text, signature, world->known, NULL);
	g_autoptr(GPtrArray) bad = pgp_verify(world->pgp, other, signature, world->known, NULL);
	g_autoptr(GPtrArray) unknown = pgp_verify(world->pgp, text, signature, world->nobody, NULL);
	g_autoptr(GPtrArray) none = pgp_verify(world->pgp, text, blob, world->known, NULL);
	g_autoptr(GPtrArray) garbage = pgp_verify(world->pgp, text, other, world->known, NULL);

	g_assert_cmpint(only_status(good), ==, SIGNATURE_GOOD);
	g_assert_cmpint(only_status(bad), ==, SIGNATURE_BAD);
	g_assert_cmpint(only_status(unknown), ==, SIGNATURE_UNKNOWN_KEY);
	g_assert_cmpuint(none->len, ==, 0);
	g_assert_cmpuint(garbage->len, ==, 0);
}

static void
test_inline(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) block = ann_writes(world, "--clear-sign");
	g_autofree char *text = g_strndup(g_bytes_get_data(block, NULL), g_bytes_get_size(block));
	g_autoptr(GBytes) out = NULL, none = NULL, changed = NULL;
	g_autoptr(GPtrArray) good = pgp_verify_inline(world->pgp, block, world->known, &out, NULL);
	g_autoptr(GPtrArray) unknown = pgp_verify_inline(world->pgp, block, world->nobody, &none,
	    NULL);
	g_autoptr(GBytes) sealed = ann_writes(world, "-a -se");
	g_autoptr(GPtrArray) sealed_found = pgp_verify_inline(world->pgp, sealed, world->known, &none,
	    NULL);
	g_autoptr(GPtrArray) bad = NULL;

	g_assert_cmpint(only_status(good), ==, SIGNATURE_GOOD);
	g_assert_cmpmem(g_bytes_get_data(out, NULL), strlen(CANARY), CANARY, strlen(CANARY));
	g_assert_cmpint(only_status(unknown), ==, SIGNATURE_UNKNOWN_KEY);
	g_assert_null(none);
	g_assert_cmpuint(sealed_found->len, ==, 0);
	g_assert_null(none);
	*strstr(text, CANARY) = 'C';
	changed = bytes_text(text);
	bad = pgp_verify_inline(world->pgp, changed, world->known, &none, NULL);
	g_assert_cmpint(only_status(bad), ==, SIGNATURE_BAD);
	g_assert_null(none);
}

static Certificate *
certificate(const World *world, GBytes *bytes)
{
	g_autoptr(GError) error = NULL;
	Certificate *found = pgp_certificate(world->pgp, bytes, &error);

	g_assert_no_error(error);
	return found;
}

static void
test_certificate(const void *data)
{
	const World *world = data;
	g_autofree char *subkey = fingerprint(world->ann, "ann@x.example", 1);
	g_autoptr(Certificate) found = certificate(world, world->ann_certificate);

	g_assert_cmpstr(found->fingerprint, ==, world->ann_key);
	g_assert_cmpstr(found->encryption_subkey, ==, subkey);
	g_assert_cmpstr(found->algorithm, ==, "ed25519");
	g_assert_cmpuint(found->subkeys->len, ==, 2);
	g_assert_cmpstr(found->user_ids->pdata[0], ==, "ann@x.example");
	g_assert_cmpstr(found->addresses->pdata[0], ==, "ann@x.example");
	g_assert_null(found->unusable);
	g_assert_cmpint(found->expires, ==, 0);
}

static void
assert_refused(const World *world, GBytes *bytes, const char *words)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(pgp_certificate(world->pgp, bytes, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
	g_assert_nonnull(strstr(error->message, words));
}

static void
test_certificate_refused(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) secret = gpg(world->ann, NULL, "--passphrase  --export-secret-keys %s",
	    world->ann_key);
	g_autoptr(GBytes) armoured_secret = gpg(world->ann, NULL,
	    "--passphrase  -a --export-secret-keys %s", world->ann_key);
	g_autoptr(GBytes) all = gpg(world->ann, NULL, "--export");
	g_autoptr(GBytes) armoured = gpg(world->ann, NULL, "-a --export %s", world->ann_key);
	g_autoptr(GBytes) twice = joined(armoured, armoured);
	g_autoptr(GBytes) text = bytes_text("no key\n");
	g_autofree char *large = g_strnfill(200 << 10, '\xff');
	g_autoptr(GBytes) large_bytes = bytes_text(large);

	assert_refused(world, secret, "secret");
	assert_refused(world, armoured_secret, "secret");
	assert_refused(world, all, "several");
	assert_refused(world, twice, "several");
	assert_refused(world, text, "no public key");
	assert_refused(world, large_bytes, "too large");
}

/* A key another one has certified: the foreign signature goes. */
static void
test_minimise(const void *data)
{
	const World *world = data;
	g_autofree char *zoe = key_new(world->ann, "zoe@x.example", "ed25519", "cv25519", "");
	g_autofree char *before = NULL;
	g_autoptr(GBytes) alone = gpg(world->ann, NULL, "-a --export %s", zoe);
	g_autoptr(GBytes) certified = NULL;
	g_autoptr(Certificate) one = NULL, two = NULL;

	one = pgp_certificate_minimise(world->pgp, alone, NULL);
	gpg_do(gpg(world->ann, NULL, "-u %s --quick-sign-key %s", world->ann_key, zoe));
	certified = gpg(world->ann, NULL, "-a --export %s", zoe);
	two = pgp_certificate_minimise(world->pgp, certified, NULL);
	g_assert_cmpuint(g_bytes_get_size(certified), >, g_bytes_get_size(alone));
	g_assert_nonnull(one);
	g_assert_nonnull(two);
	g_assert_true(g_bytes_equal(one->bytes, two->bytes));
	g_assert_cmpstr(two->fingerprint, ==, zoe);
}

static GBytes *
encrypted(const World *world, GBytes *certificate_bytes, const char *subkey, GError **error)
{
	g_autoptr(GBytes) text = canary();

	return pgp_encrypt(world->pgp, text, certificate_bytes, subkey, error);
}

/* What we make opens with a stranger's gpg, signed by the team. */
static void
test_encrypt(const void *data)
{
	const World *world = data;
	g_autofree char *subkey = fingerprint(world->ann, "ann@x.example", 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) message = encrypted(world, world->ann_certificate, subkey, &error);
	g_autoptr(GBytes) status = NULL, text = canary();
	g_autofree char *lines = NULL;

	g_assert_no_error(error);
	status = gpg(world->ann, message, "--status-fd 1 -d");
	lines = g_strndup(g_bytes_get_data(status, NULL), g_bytes_get_size(status));
	g_assert_nonnull(strstr(lines, "GOODMDC"));
	g_assert_nonnull(strstr(lines, world->team));
	g_assert_nonnull(strstr(lines, CANARY));
	g_assert_null(memmem(g_bytes_get_data(message, NULL), g_bytes_get_size(message), "Version", 7));
	g_assert_null(memmem(g_bytes_get_data(message, NULL), g_bytes_get_size(message), "Comment", 7));
}

static void
assert_held(const World *world, GBytes *bytes, const char *subkey, const char *why)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Certificate) found = certificate(world, bytes);

	g_assert_cmpstr(found->unusable, ==, why);
	g_assert_null(found->encryption_subkey);
	g_assert_null(encrypted(world, bytes, subkey, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
}

/* Keys nothing must be encrypted to (T-31), each with its reason. */
static void
test_unusable(const void *data)
{
	const World *world = data;
	static const struct { const char *name, *options, *primary, *subkey, *expire, *why; } rows[] = {
		{ "u1@x.example", "--faked-system-time 20240101T000000! ", "ed25519", "cv25519", "1y",
		    "expired" },
		{ "u2@x.example", "--faked-system-time 20360101T000000! ", "ed25519", "cv25519", "never",
		    "created in the future" },
		{ "u3@x.example", "", "ed25519", NULL, "never", "no encryption subkey" },
		{ "u4@x.example", "", "rsa2048", "rsa1024", "never",
		    "RSA shorter than 2048 bits" },
		{ "u5@x.example", "", "ed25519", "cv25519", "never", "revoked" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *key = NULL, *subkey = NULL;
		g_autoptr(GBytes) bytes = NULL;

		gpg_do(gpg(world->ann, NULL, "%s--passphrase  --quick-gen-key %s %s sign,cert %s",
		    rows[i].options, rows[i].name, rows[i].primary, rows[i].expire));
		key = fingerprint(world->ann, rows[i].name, 0);
		if (rows[i].subkey != NULL)
			gpg_do(gpg(world->ann, NULL, "%s--passphrase  --quick-add-key %s %s encr %s",
			    rows[i].options, key, rows[i].subkey, rows[i].expire));
		if (strcmp(rows[i].why, "revoked") == 0)
			key_revoke(world->ann, key);
		subkey = fingerprint(world->ann, rows[i].name, rows[i].subkey == NULL ? 0 : 1);
		bytes = gpg(world->ann, NULL, "--export %s", key);
		assert_held(world, bytes, subkey, rows[i].why);
	}
}

/* Another subkey than the pinned one: an error, and not a byte (T-30). */
static void
test_other_subkey(const void *data)
{
	const World *world = data;
	g_autofree char *eve = key_new(world->ann, "eve@x.example", "ed25519", "cv25519", "");
	g_autofree char *first = fingerprint(world->ann, "eve@x.example", 1);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Certificate) found = NULL;

	gpg_do(gpg(world->ann, NULL, "--faked-system-time 20361231T000000! --ignore-valid-from "
	    "--passphrase  --quick-add-key %s cv25519 encr never", eve));
	g_clear_pointer(&eve, g_free);
	eve = fingerprint(world->ann, "eve@x.example", 0);
	bytes = gpg(world->ann, NULL, "--export %s", eve);
	found = certificate(world, bytes);
	g_assert_cmpstr(found->encryption_subkey, ==, first);
	g_assert_null(encrypted(world, bytes, eve, &error));
	g_assert_nonnull(error);
	g_clear_error(&error);
	g_assert_null(encrypted(world, bytes, world->team, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
}

/* More than are done at once, and among them what cannot be encrypted at all,
 * what only gpg refuses, and a large one. */
static void
test_all(const void *data)
{
	const World *world = data;
	g_autofree char *subkey = fingerprint(world->ann, "ann@x.example", 1);
	g_autofree char *old = key_new(world->ann, "old@x.example", "ed25519", "cv25519", "");
	g_autofree char *old_subkey = fingerprint(world->ann, "old@x.example", 1);
	g_autofree char *much = g_strnfill(1 << 20, 'x');
	g_autoptr(GBytes) text = canary(), large = g_bytes_new(much, 1 << 20), revoked = NULL;
	Sealing all[20] = { { .plaintext = NULL } };

	key_revoke(world->ann, old);
	revoked = gpg(world->ann, NULL, "--export %s", old);
	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		all[i] = (Sealing){ .plaintext = i == 5 ? large : text,
		    .certificate = i == 7 ? revoked : world->ann_certificate,
		    .encryption_subkey = i == 3 ? world->team : i == 7 ? old_subkey : subkey };
	pgp_encrypt_all(world->pgp, all, G_N_ELEMENTS(all));
	for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
		g_autoptr(GBytes) armoured = all[i].armoured;
		g_autoptr(GBytes) opened = armoured != NULL ? gpg(world->ann, armoured, "-d") : NULL;

		if (i == 3 || i == 7) {
			g_assert_null(armoured);
			g_assert_true(error_is(all[i].error, SLUIS_ERROR_REFUSED));
			g_clear_error(&all[i].error);
			continue;
		}
		g_assert_no_error(all[i].error);
		g_assert_true(g_bytes_equal(opened, i == 5 ? large : text));
	}
}

static GBytes *
exported(Pgp *pgp, const char *key)
{
	GBytes *bytes;

	g_assert_true(pgp_enter(pgp, NULL));
	bytes = pgp_export(pgp, key, NULL);
	pgp_leave(pgp);
	return bytes;
}

static bool
opens_with(Pgp *pgp, const char *home, const char *who)
{
	g_autoptr(GBytes) text = canary(), message = gpg(home, text, "-r %s -e", who);
	g_autoptr(Decrypted) found = pgp_decrypt(pgp, message, NULL, 1 << 20, NULL);

	pgp_leave(pgp);
	return found != NULL && found->status == DECRYPT_OK;
}

/* The copy serves, does not change while nothing does, and knows a new key
 * once there is one, with which "team" then says to sign. */
static void
test_refresh(const void *data)
{
	const World *world = data;
	static const char *users[] = { "Old <old@sluis.example>", NULL };
	char *home = home_new(), *run = home_new();
	g_autofree char *team = g_build_filename(home, "team", NULL);
	g_autofree char *old = pgp_make_home(home, users, "cv25519", NULL), *new = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) ours = NULL;
	Pgp *pgp;

	file_write(team, old, strlen(old), 0600, &error);
	g_assert_no_error(error);
	pgp = pgp_new(home, run, "", &error);
	g_assert_no_error(error);
	for (int i = 0; i < 4; i++) {
		g_assert_true(i < 2 ? pgp_refresh(pgp, &error) : pgp_hasten(pgp, &error));
		g_assert_true(opens_with(pgp, home, "old@sluis.example"));
	}
	new = key_new(home, "new@sluis.example", "ed25519", "cv25519", "");
	g_assert_null(exported(pgp, new));
	g_assert_true(pgp_refresh(pgp, &error));
	g_assert_cmpstr(pgp_signer(pgp), ==, old);
	file_write(team, new, strlen(new), 0600, &error);
	g_assert_true(pgp_refresh(pgp, &error));
	g_assert_cmpstr(pgp_signer(pgp), ==, new);
	ours = exported(pgp, new);
	g_assert_nonnull(ours);
	g_assert_true(opens_with(pgp, home, "new@sluis.example"));
	g_assert_true(opens_with(pgp, home, "old@sluis.example"));
	pgp_free(pgp);
	g_assert_cmpint(g_rmdir(run), ==, 0);	/* nothing is left in it */
	g_free(run);
	home_end(home);
	setenv("GNUPGHOME", world->home, 1);
}

static guint
private_homes(const World *world)
{
	g_autoptr(GDir) dir = g_dir_open(world->run, 0, NULL);
	guint count = 0;

	while (g_dir_read_name(dir) != NULL)
		count++;
	return count;
}

/* Children of one parent, each with a home of its own; what a killed one left
 * is swept. */
static void
test_forks(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) message = ann_writes(world, "-se");
	pid_t children[4];
	int status;

	pgp_leave(world->pgp);
	g_assert_cmpuint(private_homes(world), ==, 0);
	for (guint i = 0; i < G_N_ELEMENTS(children); i++) {
		children[i] = fork();
		if (children[i] == 0) {
			assert_opens(world, message, world->known, SIGNATURE_GOOD);
			if (i > 0)
				pgp_leave(world->pgp);
			_exit(0);
		}
	}
	for (guint i = 0; i < G_N_ELEMENTS(children); i++) {
		g_assert_cmpint(waitpid(children[i], &status, 0), ==, children[i]);
		g_assert_cmpint(status, ==, 0);
	}
	g_assert_true(pgp_enter(world->pgp, NULL));
	g_assert_cmpuint(private_homes(world), ==, 2);
	pgp_sweep(world->pgp);
	g_assert_cmpuint(private_homes(world), ==, 1);
	assert_opens(world, message, world->known, SIGNATURE_GOOD);
}

/* Four hold the ring; the fifth gets in when one lets go, and not before. */
static void
test_slots(const void *data)
{
	const World *world = data;
	g_autoptr(GError) error = NULL;
	int held[4];

	for (guint i = 0; i < G_N_ELEMENTS(held); i++) {
		held[i] = pgp_slot(world->pgp, NULL);
		g_assert_cmpint(held[i], >=, 0);
	}
	g_assert_cmpint(pgp_slot(world->pgp, &error), ==, -1);
	g_assert_no_error(error);
	close(held[2]);
	held[2] = pgp_slot(world->pgp, NULL);
	g_assert_cmpint(held[2], >=, 0);
	for (guint i = 0; i < G_N_ELEMENTS(held); i++)
		close(held[i]);
}

static void
test_agent(const void *data)
{
	const World *world = data;
	g_autoptr(GError) error = NULL;
	g_autofree char *other = home_new();

	g_assert_true(pgp_agent_answers(world->pgp, 5));
	g_assert_null(pgp_new(other, world->run, world->team, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	home_end(g_steal_pointer(&other));
	setenv("GNUPGHOME", world->home, 1);
	pgp_leave(world->pgp);
}

int
main(int argc, char *argv[])
{
	static const WorldTest tests[] = {
		{ "/pgp/good", test_good }, { "/pgp/unsigned", test_unsigned },
		{ "/pgp/verify-again", test_verify_again }, { "/pgp/flips", test_flips },
		{ "/pgp/cuts", test_cuts }, { "/pgp/large-flip", test_large_flip },
		{ "/pgp/bad-signature", test_bad_signature },
		{ "/pgp/bad-signature-again", test_bad_signature_again },
		{ "/pgp/two-plaintexts", test_two_plaintexts }, { "/pgp/joined", test_joined },
		{ "/pgp/within", test_within }, { "/pgp/disorder", test_disorder },
		{ "/pgp/not-encrypted", test_not_encrypted }, { "/pgp/password", test_password },
		{ "/pgp/recipients", test_recipients }, { "/pgp/no-integrity", test_no_integrity },
		{ "/pgp/garbage", test_garbage }, { "/pgp/bomb", test_bomb },
		{ "/pgp/deadly", test_deadly }, { "/pgp/agent-gone", test_agent_gone },
		{ "/pgp/lost-secret", test_lost_secret }, { "/pgp/several", test_several },
		{ "/pgp/signers", test_signers }, { "/pgp/expired-signer", test_expired_signer },
		{ "/pgp/revoked-signer", test_revoked_signer }, { "/pgp/detached", test_detached },
		{ "/pgp/inline", test_inline }, { "/pgp/certificate", test_certificate },
		{ "/pgp/certificate-refused", test_certificate_refused },
		{ "/pgp/minimise", test_minimise }, { "/pgp/encrypt", test_encrypt },
		{ "/pgp/unusable", test_unusable }, { "/pgp/other-subkey", test_other_subkey },
		{ "/pgp/all", test_all }, { "/pgp/refresh", test_refresh }, { "/pgp/forks", test_forks },
		{ "/pgp/slots", test_slots }, { "/pgp/agent", test_agent },
		{ 0 }
	};

	return world_end(world_begin(&argc, &argv), tests);
}
