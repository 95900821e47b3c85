/* Does what was sealed open, and only as it was sealed? */

#include "seal.h"

#include <glib/gstdio.h>
#include <string.h>

#include "error.h"
#include "file.h"

static GPtrArray *
sealed(const SealKey *key, gsize length)
{
	g_autofree char *bytes = g_strnfill(length, 'x');

	return seal_chunks(key, "raw", bytes, length);
}

static void
assert_closed(const SealKey *key, const char *purpose, const GPtrArray *chunks)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) plain = unseal_chunks(key, purpose, chunks, &error);

	g_assert_null(plain);
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
}

static void
test_sizes(void)
{
	static const gsize sizes[] = { 0, 1, SEAL_CHUNK - 1, SEAL_CHUNK, SEAL_CHUNK + 1,
	    3 * SEAL_CHUNK };
	static const guint counts[] = { 1, 1, 1, 1, 2, 3 };
	g_autoptr(SealKey) key = seal_data_key();

	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		g_autoptr(GPtrArray) chunks = sealed(key, sizes[i]);
		g_autoptr(GBytes) plain = unseal_chunks(key, "raw", chunks, NULL);

		g_assert_cmpuint(chunks->len, ==, counts[i]);
		g_assert_nonnull(plain);
		g_assert_cmpuint(g_bytes_get_size(plain), ==, sizes[i]);
	}
}

static void
test_order(void)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(SealKey) other = seal_data_key();
	g_autoptr(GPtrArray) chunks = sealed(key, 3 * SEAL_CHUNK);
	g_autoptr(GPtrArray) wrong = g_ptr_array_new();

	assert_closed(key, "extract", chunks);
	assert_closed(other, "raw", chunks);
	assert_closed(key, "raw", wrong);
	g_ptr_array_add(wrong, chunks->pdata[0]);
	g_ptr_array_add(wrong, chunks->pdata[1]);
	assert_closed(key, "raw", wrong);
	g_ptr_array_add(wrong, chunks->pdata[1]);
	assert_closed(key, "raw", wrong);
	wrong->pdata[2] = chunks->pdata[2];
	g_ptr_array_add(wrong, chunks->pdata[2]);
	assert_closed(key, "raw", wrong);
	wrong->pdata[1] = chunks->pdata[2];
	wrong->pdata[2] = chunks->pdata[1];
	g_ptr_array_set_size(wrong, 3);
	assert_closed(key, "raw", wrong);
}

/* No byte of a small sealed thing may change, and none may be missing. */
static void
test_damage(void)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) plain = g_bytes_new_static("canary", 6);
	g_autoptr(GBytes) whole = seal_small(key, "extract", plain);
	gsize length;
	const char *start = g_bytes_get_data(whole, &length);

	g_assert_null(memmem(start, length, "canary", 6));
	for (gsize i = 0; i < length; i++) {
		g_autofree char *copy = g_memdup2(start, length);
		g_autoptr(GBytes) flipped = NULL;
		g_autoptr(GBytes) cut = g_bytes_new(start, i);

		copy[i] ^= 1;
		flipped = g_bytes_new(copy, length);
		g_assert_null(unseal_small(key, "extract", flipped, NULL));
		g_assert_null(unseal_small(key, "extract", cut, NULL));
	}
}

static void
test_wrap(void)
{
	g_autofree char *folder = g_dir_make_tmp("sluis-XXXXXX", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(SealKey) data = seal_data_key();
	g_autoptr(GBytes) plain = g_bytes_new_static("text", 4);
	g_autoptr(GBytes) blob = seal_small(data, "raw", plain);
	g_autoptr(SealKey) public = NULL, secret = NULL, half = NULL, again = NULL;
	g_autoptr(GBytes) wrapped = NULL, opened = NULL;

	g_assert_true(seal_make_pair(folder, "storage", NULL));
	g_assert_false(seal_make_pair(folder, "storage", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	g_clear_error(&error);
	public = seal_key_load(folder, "storage.pub", NULL);
	secret = seal_key_load(folder, "storage.key", NULL);
	half = seal_public(secret);
	wrapped = seal_wrap(data, public);
	g_assert_null(seal_unwrap(wrapped, secret, public, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
	again = seal_unwrap(wrapped, half, secret, NULL);
	opened = unseal_small(again, "raw", blob, NULL);
	g_assert_true(g_bytes_equal(opened, plain));
	file_remove_tree(folder);
}

static void
test_files(void)
{
	g_autofree char *folder = g_dir_make_tmp("sluis-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "index.key", NULL);
	g_autofree char *public = g_build_filename(folder, "send.pub", NULL);
	g_autoptr(SealKey) key = NULL;
	GStatBuf status;

	g_assert_true(seal_make_key(folder, "index.key", NULL));
	g_assert_cmpint(g_stat(path, &status), ==, 0);
	g_assert_cmpint(status.st_mode & 0777, ==, 0400);
	g_assert_cmpint(status.st_size, ==, SEAL_KEY_SIZE);
	g_assert_cmpint(g_chmod(path, 0644), ==, 0);
	g_assert_null(seal_key_load(folder, "index.key", NULL));
	g_assert_true(seal_make_pair(folder, "send", NULL));
	g_assert_cmpint(g_chmod(public, 0444), ==, 0);
	key = seal_key_load(folder, "send.pub", NULL);
	g_assert_nonnull(key);
	g_assert_cmpint(g_chmod(public, 0464), ==, 0);
	g_assert_null(seal_key_load(folder, "send.pub", NULL));
	g_assert_null(seal_key_load(folder, "missing.key", NULL));
	g_assert_true(file_write(path, "short", 5, 0400, NULL));
	g_assert_null(seal_key_load(folder, "index.key", NULL));
	file_remove_tree(folder);
}

/* Another library's HMAC, over purpose, zero byte and bytes, says the same. */
static void
test_mac(void)
{
	g_autofree char *folder = g_dir_make_tmp("sluis-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "k", NULL);
	const char zeros[SEAL_KEY_SIZE] = { 0 };
	g_autoptr(SealKey) key = NULL;
	g_autoptr(GBytes) mac = NULL, other = NULL;
	g_autoptr(GHmac) expected = g_hmac_new(G_CHECKSUM_SHA256, (const guchar *)zeros,
	    sizeof zeros);
	guint8 digest[SEAL_MAC_SIZE];
	gsize size = sizeof digest;

	g_assert_true(file_write(path, zeros, sizeof zeros, 0400, NULL));
	key = seal_key_load(folder, "k", NULL);
	mac = seal_mac(key, "p", "data", 4);
	other = seal_mac(key, "pd", "ata", 3);
	g_hmac_update(expected, (const guchar *)"p\0data", 6);
	g_hmac_get_digest(expected, digest, &size);
	g_assert_cmpmem(g_bytes_get_data(mac, NULL), SEAL_MAC_SIZE, digest, SEAL_MAC_SIZE);
	g_assert_false(g_bytes_equal(mac, other));
	g_assert_true(seal_equal(digest, g_bytes_get_data(mac, NULL), SEAL_MAC_SIZE));
	file_remove_tree(folder);
}

static void
test_words(void)
{
	g_autofree char *one = seal_random_word(16);
	g_autofree char *two = seal_random_word(16);
	g_autofree char *sum = seal_sha256("abc", 3);

	g_assert_cmpuint(strspn(one, SEAL_LETTERS), ==, 16);
	g_assert_cmpstr(one, !=, two);
	g_assert_cmpstr(sum, ==,
	    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_assert_true(seal_init(NULL));
	g_test_add_func("/seal/sizes", test_sizes);
	g_test_add_func("/seal/order", test_order);
	g_test_add_func("/seal/damage", test_damage);
	g_test_add_func("/seal/wrap", test_wrap);
	g_test_add_func("/seal/files", test_files);
	g_test_add_func("/seal/mac", test_mac);
	g_test_add_func("/seal/words", test_words);
	return g_test_run();
}
