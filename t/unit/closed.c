/*
 * closed - T-26: the session key of a ciphertext is found wherever it lies in
 * a mail and however it is wrapped, and nothing of what stays closed is read
 */

#include "closed.h"

#include "packet.h"
#include "world.h"

#define CLEAR "From: eve@x.example\nSubject: look\n"

/* What Ann sent. */
static struct {
	GBytes *binary, *other;		/* two ciphertexts */
	char *base64;			/* of the first */
	char *key, *other_key;
} sent;

static char *
key_of(const World *world, GBytes *ciphertext)
{
	g_autoptr(Decrypted) found = pgp_decrypt(world->pgp, ciphertext, NULL, 0, NULL);

	g_assert_cmpint(found->status, ==, DECRYPT_OK);
	return g_strdup(found->session_key);
}

static void
send(const World *world)
{
	g_autoptr(GBytes) text = bytes_text("Content-Type: text/plain\r\n\r\nnot for eve\r\n");

	sent.binary = gpg(world->ann, text, "-r %s -e", world->team);
	sent.other = gpg(world->ann, text, "-r %s -e", world->team);
	sent.base64 = g_base64_encode(g_bytes_get_data(sent.binary, NULL), g_bytes_get_size(sent.binary));
	sent.key = key_of(world, sent.binary);
	sent.other_key = key_of(world, sent.other);
}

static void
sent_clear(void)
{
	g_bytes_unref(sent.binary);
	g_bytes_unref(sent.other);
	g_free(sent.base64);
	g_free(sent.key);
	g_free(sent.other_key);
}

static char *
message(GBytes *packets)
{
	g_autofree char *base64 = g_base64_encode(g_bytes_get_data(packets, NULL), g_bytes_get_size(packets));
	GString *lines = g_string_new("-----BEGIN PGP MESSAGE-----\n\n");

	for (const char *at = base64; *at != '\0'; at += strlen(at) < 64 ? strlen(at) : 64)
		g_string_append_printf(lines, "%.64s\n", at);
	g_string_append(lines, "-----END PGP MESSAGE-----\n");
	return g_string_free(lines, FALSE);
}

static GPtrArray *
keys_in(const World *world, const char *mail, Encryption *encryption)
{
	g_autoptr(GBytes) raw = bytes_text(mail);
	g_autoptr(Mime) outer = mime_parse(raw);
	g_autoptr(GError) error = NULL;
	g_autoptr(Opened) opened = world_opens(world, outer);
	GPtrArray *keys;

	*encryption = opened->encryption;
	keys = closed_session_keys(world->pgp, outer, opened, &error);
	g_assert_no_error(error);
	return keys;
}

static void
assert_keys(const World *world, const char *mail, Encryption encryption, const char *one,
    const char *two)
{
	Encryption is;
	g_autoptr(GPtrArray) keys = keys_in(world, mail, &is);

	g_assert_cmpint(is, ==, encryption);
	g_assert_cmpint(keys->len, ==, (one != NULL) + (two != NULL));
	if (one != NULL)
		g_assert_cmpstr(keys->pdata[0], ==, one);
	if (two != NULL)
		g_assert_cmpstr(keys->pdata[1], ==, two);
}

static char *
mime_mail(const char *armoured)
{
	return g_strconcat(CLEAR "Content-Type: multipart/encrypted; boundary=e;\n"
	    " protocol=\"application/pgp-encrypted\"\n\n--e\nContent-Type: application/pgp-encrypted\n\n"
	    "Version: 1\n\n--e\nContent-Type: application/octet-stream\n\n", armoured, "--e--\n", NULL);
}

static char *
with_part(const char *type, const char *part)
{
	return g_strconcat(CLEAR "Content-Type: multipart/mixed; boundary=m\n\n--m\n"
	    "Content-Type: text/plain\n\nSee what I found.\n--m\nContent-Type: ", type, "\n\n", part,
	    "\n--m--\n", NULL);
}

static void
test_opened(const void *data)
{
	const World *world = data;
	g_autofree char *block = message(sent.binary);
	g_autofree char *mail = mime_mail(block);
	g_autofree char *in_text = g_strconcat(CLEAR "\n", block, NULL);

	assert_keys(world, mail, ENCRYPTION_OK, sent.key, NULL);
	assert_keys(world, in_text, ENCRYPTION_OK, sent.key, NULL);
	assert_keys(world, CLEAR "\nnothing\n", ENCRYPTION_NONE, NULL, NULL);
}

/* T-26: what does not open any more is known all the same. */
static void
test_broken(const void *data)
{
	const World *world = data;
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autoptr(GBytes) flipped = NULL;
	g_autofree char *block = NULL, *mail = NULL;
	gsize size = g_bytes_get_size(sent.binary);

	g_byte_array_append(bytes, g_bytes_get_data(sent.binary, NULL), (guint)size);
	bytes->data[size - 30] ^= 4;
	flipped = g_byte_array_free_to_bytes(g_steal_pointer(&bytes));
	block = message(flipped);
	mail = mime_mail(block);
	assert_keys(world, mail, ENCRYPTION_BROKEN, sent.key, NULL);
}

static void
test_attached(const void *data)
{
	const World *world = data;
	g_autofree char *block = message(sent.binary);
	g_autofree char *other = message(sent.other);
	g_autofree char *base64 = g_strconcat("application/octet-stream; name=x\n"
	    "Content-Transfer-Encoding: base64", NULL);
	g_autofree char *binary = with_part(base64, sent.base64);
	g_autofree char *armour = with_part("application/octet-stream; name=x.asc\n"
	    "Content-Disposition: attachment", block);
	g_autofree char *two = g_strconcat("before\n", other, "between\n", block, "behind\n", NULL);
	g_autofree char *quoted = with_part("text/plain", two);
	g_autofree char *mail = mime_mail(block);
	g_autofree char *attached = with_part("message/rfc822", mail);
	g_autofree char *twice = with_part("message/rfc822", attached);
	g_autofree char *wrapped = g_base64_encode((const guchar *)attached, strlen(attached));
	g_autofree char *encoded = with_part("message/rfc822\nContent-Transfer-Encoding: base64", wrapped);

	assert_keys(world, binary, ENCRYPTION_NONE, sent.key, NULL);
	assert_keys(world, armour, ENCRYPTION_NONE, sent.key, NULL);
	assert_keys(world, quoted, ENCRYPTION_NONE, sent.other_key, sent.key);
	assert_keys(world, attached, ENCRYPTION_NONE, sent.key, NULL);
	assert_keys(world, twice, ENCRYPTION_NONE, sent.key, NULL);
	assert_keys(world, encoded, ENCRYPTION_NONE, sent.key, NULL);
}

/* In what was encrypted for us by somebody else. */
static void
test_within(const void *data)
{
	const World *world = data;
	g_autofree char *block = message(sent.binary);
	g_autofree char *mail = with_part("application/octet-stream", block);
	g_autoptr(GBytes) inner = bytes_text(strstr(mail, "Content-Type"));
	g_autoptr(GBytes) again = gpg(world->ann, inner, "-r %s -e", world->team);
	g_autofree char *around = message(again);
	g_autofree char *whole = mime_mail(around);
	g_autofree char *key = key_of(world, again);

	assert_keys(world, whole, ENCRYPTION_OK, key, sent.key);
}

/* A thousand are not looked at, nor is what is no message of ours any trouble. */
static void
test_many(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) text = bytes_text("x");
	g_autoptr(GString) all = g_string_new(NULL);
	g_autofree char *mail = NULL;
	g_autoptr(GPtrArray) keys = NULL;
	Encryption encryption;

	for (guint i = 0; i < 20; i++) {
		g_autoptr(GBytes) one = gpg(world->ann, text, "-r %s -e", world->team);
		g_autofree char *block = message(one);

		g_string_append(all, block);
	}
	mail = with_part("text/plain", all->str);
	keys = keys_in(world, mail, &encryption);
	g_assert_cmpint(keys->len, ==, 16);
}

static void
test_packets(const void *data)
{
	const World *world = data;
	gsize size;
	const guint8 *bytes = g_bytes_get_data(sent.binary, &size);
	g_autoptr(GBytes) bare = packet_session_keys(bytes, size);
	g_autoptr(GByteArray) marked = g_byte_array_new();
	g_autoptr(GBytes) with_marker = NULL;
	g_autoptr(Decrypted) found = pgp_decrypt(world->pgp, bare, NULL, 0, NULL);

	g_assert_cmpint(found->status, ==, DECRYPT_BROKEN);
	g_assert_null(found->plaintext);
	g_assert_cmpstr(found->session_key, ==, sent.key);
	g_byte_array_append(marked, (const guint8 *)"\xca\x03PGP", 5);
	g_byte_array_append(marked, bytes, (guint)size);
	with_marker = packet_session_keys(marked->data, marked->len);
	g_assert_true(g_bytes_equal(bare, with_marker));
	g_assert_null(packet_session_keys("\xca\x03PGP", 5));
	g_assert_null(packet_session_keys("hello", 5));
	g_assert_null(packet_session_keys("", 0));
	g_assert_null(packet_session_keys(bytes, 10));
}

int
main(int argc, char *argv[])
{
	static const WorldTest tests[] = {
		{ "/closed/opened", test_opened }, { "/closed/broken", test_broken },
		{ "/closed/attached", test_attached }, { "/closed/within", test_within },
		{ "/closed/many", test_many }, { "/closed/packets", test_packets },
		{ 0 }
	};
	World *world = world_begin(&argc, &argv);
	int failed;

	send(world);
	failed = world_end(world, tests);
	sent_clear();
	return failed;
}
