/* seal - encrypted for storage; see seal.h for the format */

#include "seal.h"

#include <string.h>
#include <sodium.h>

#include "buffer.h"
#include "error.h"
#include "file.h"

#define MAGIC_SIZE 4
#define HEADER_SIZE crypto_secretstream_xchacha20poly1305_HEADERBYTES
#define OVERHEAD crypto_secretstream_xchacha20poly1305_ABYTES
#define FIRST_SIZE (MAGIC_SIZE + HEADER_SIZE)

struct SealKey {
	unsigned char bytes[SEAL_KEY_SIZE];
};

typedef crypto_secretstream_xchacha20poly1305_state Stream;

static const unsigned char magic[MAGIC_SIZE] = { 'S', 'L', 'S', '1' };

G_STATIC_ASSERT(SEAL_KEY_SIZE == crypto_secretstream_xchacha20poly1305_KEYBYTES);
G_STATIC_ASSERT(SEAL_KEY_SIZE == crypto_box_PUBLICKEYBYTES);
G_STATIC_ASSERT(SEAL_KEY_SIZE == crypto_box_SECRETKEYBYTES);
G_STATIC_ASSERT(SEAL_MAC_SIZE == crypto_auth_hmacsha256_BYTES);

bool
seal_init(GError **error)
{
	if (sodium_init() < 0)
		return error_set(error, SLUIS_ERROR_RETRY, "no source of random bytes");
	return true;
}

static SealKey *
key_new(void)
{
	SealKey *key = sodium_malloc(sizeof *key);

	if (key == NULL)
		g_error("no memory for a key");
	return key;
}

void
seal_key_free(SealKey *key)
{
	sodium_free(key);
}

/* A public half is no secret; but who could put another in its place would
 * read all that is sealed from then on. */
SealKey *
seal_key_load(const char *folder, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(GBytes) bytes = g_str_has_suffix(name, ".pub") ?
	    file_read_trusted(path, SEAL_KEY_SIZE + 1, error) :
	    file_read_secret(path, SEAL_KEY_SIZE + 1, error);
	SealKey *key;

	if (bytes == NULL)
		return NULL;
	if (g_bytes_get_size(bytes) != SEAL_KEY_SIZE) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: a key file has %d bytes", path,
		    SEAL_KEY_SIZE);
		return NULL;
	}
	key = key_new();
	memcpy(key->bytes, g_bytes_get_data(bytes, NULL), SEAL_KEY_SIZE);
	return key;
}

static bool
key_is_new(const char *path, GError **error)
{
	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s: exists already; a key is never overwritten", path);
	return true;
}

bool
seal_make_key(const char *folder, const char *name, GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autoptr(SealKey) key = seal_data_key();

	return key_is_new(path, error) &&
	    file_write(path, key->bytes, SEAL_KEY_SIZE, 0400, error);
}

/* The public half is written last: where it stands, the pair is whole. */
bool
seal_make_pair(const char *folder, const char *name, GError **error)
{
	g_autofree char *base = g_build_filename(folder, name, NULL);
	g_autofree char *public_path = g_strconcat(base, ".pub", NULL);
	g_autofree char *secret_path = g_strconcat(base, ".key", NULL);
	g_autoptr(SealKey) public = key_new();
	g_autoptr(SealKey) secret = key_new();

	crypto_box_keypair(public->bytes, secret->bytes);
	return key_is_new(public_path, error) && key_is_new(secret_path, error) &&
	    file_write(secret_path, secret->bytes, SEAL_KEY_SIZE, 0400, error) &&
	    file_write(public_path, public->bytes, SEAL_KEY_SIZE, 0400, error);
}

bool
seal_make_public(const char *folder, const char *name, GError **error)
{
	g_autofree char *file = g_strconcat(name, ".key", NULL);
	g_autofree char *path = g_strdup_printf("%s/%s.pub", folder, name);
	g_autoptr(SealKey) secret = seal_key_load(folder, file, error);
	g_autoptr(SealKey) public = secret != NULL ? seal_public(secret) : NULL;

	return public != NULL && key_is_new(path, error) &&
	    file_write(path, public->bytes, SEAL_KEY_SIZE, 0400, error);
}

SealKey *
seal_data_key(void)
{
	SealKey *key = key_new();

	crypto_secretstream_xchacha20poly1305_keygen(key->bytes);
	return key;
}

GBytes *
seal_wrap(const SealKey *data, const SealKey *public)
{
	gsize size = SEAL_KEY_SIZE + crypto_box_SEALBYTES;
	unsigned char *wrapped = g_malloc(size);

	/* It fails for a public key of small order only, which no file of ours holds. */
	if (crypto_box_seal(wrapped, data->bytes, SEAL_KEY_SIZE, public->bytes) != 0)
		g_error("the public key for sealing is none");
	return g_bytes_new_take(wrapped, size);
}

SealKey *
seal_unwrap(GBytes *wrapped, const SealKey *public, const SealKey *secret, GError **error)
{
	g_autoptr(SealKey) data = key_new();
	gsize size;
	const unsigned char *bytes = g_bytes_get_data(wrapped, &size);

	if (size != SEAL_KEY_SIZE + crypto_box_SEALBYTES ||
	    crypto_box_seal_open(data->bytes, bytes, size, public->bytes, secret->bytes) != 0) {
		error_set(error, SLUIS_ERROR_SETUP, "a wrapped key does not open with this key pair");
		return NULL;
	}
	return g_steal_pointer(&data);
}

SealKey *
seal_public(const SealKey *secret)
{
	SealKey *public = key_new();

	crypto_scalarmult_base(public->bytes, secret->bytes);
	return public;
}

struct SealStream {
	Stream state;
	unsigned char header[HEADER_SIZE];
	const char *purpose, *bytes;
	gsize length, done, chunk_size;
	bool over;
};

static SealStream *
stream_new(const SealKey *data, const char *purpose, const char *bytes, gsize length,
    gsize chunk_size)
{
	SealStream *stream = g_new0(SealStream, 1);

	stream->purpose = purpose;
	stream->bytes = bytes;
	stream->length = length;
	stream->chunk_size = chunk_size;
	crypto_secretstream_xchacha20poly1305_init_push(&stream->state, stream->header,
	    data->bytes);
	return stream;
}

SealStream *
seal_stream_new(const SealKey *data, const char *purpose, const void *bytes, gsize length)
{
	return stream_new(data, purpose, bytes, length, SEAL_CHUNK);
}

/* Nothing at all is one chunk, too. */
GBytes *
seal_stream_next(SealStream *stream)
{
	gsize front = stream->done == 0 ? FIRST_SIZE : 0;
	gsize now = MIN(stream->length - stream->done, stream->chunk_size);
	gsize size = front + now + OVERHEAD;
	unsigned char *chunk;

	if (stream->over)
		return NULL;
	chunk = g_malloc(size);
	if (front != 0) {
		memcpy(chunk, magic, MAGIC_SIZE);
		memcpy(chunk + MAGIC_SIZE, stream->header, HEADER_SIZE);
	}
	stream->over = stream->done + now == stream->length;
	crypto_secretstream_xchacha20poly1305_push(&stream->state, chunk + front, NULL,
	    (const unsigned char *)(now == 0 ? "" : stream->bytes + stream->done), now,
	    (const unsigned char *)stream->purpose, strlen(stream->purpose),
	    stream->over ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
	stream->done += now;
	return g_bytes_new_take(chunk, size);
}

void
seal_stream_free(SealStream *stream)
{
	if (stream == NULL)
		return;
	sodium_memzero(stream, sizeof *stream);
	g_free(stream);
}

GPtrArray *
seal_chunks(const SealKey *data, const char *purpose, const void *bytes, gsize length)
{
	GPtrArray *chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	g_autoptr(SealStream) stream = seal_stream_new(data, purpose, bytes, length);
	GBytes *chunk;

	while ((chunk = seal_stream_next(stream)) != NULL)
		g_ptr_array_add(chunks, chunk);
	return chunks;
}

/* Adds what is in a chunk to plain; false if it is not the one that comes next. */
static bool
chunk_pull(Stream *stream, const char *purpose, const unsigned char *chunk, gsize size,
    Buffer *plain, bool *final)
{
	unsigned char tag;
	unsigned char *bytes;
	bool good;

	if (size < OVERHEAD)
		return false;
	size -= OVERHEAD;
	bytes = g_malloc(size + 1);
	good = crypto_secretstream_xchacha20poly1305_pull(stream, bytes, NULL, &tag, chunk,
	    size + OVERHEAD, (const unsigned char *)purpose, strlen(purpose)) == 0;
	if (good) {
		buffer_add(plain, bytes, size);
		*final = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	}
	sodium_memzero(bytes, size);
	g_free(bytes);
	return good;
}

static bool
stream_open(Stream *stream, const SealKey *data, const unsigned char *first, gsize size)
{
	return size >= FIRST_SIZE && memcmp(first, magic, MAGIC_SIZE) == 0 &&
	    crypto_secretstream_xchacha20poly1305_init_pull(stream, first + MAGIC_SIZE,
	        data->bytes) == 0;
}

static bool
chunks_pull(const SealKey *data, const char *purpose, const GPtrArray *chunks, Buffer *plain)
{
	Stream stream;
	bool final = false;

	for (guint i = 0; i < chunks->len; i++) {
		gsize size;
		const unsigned char *chunk = g_bytes_get_data(chunks->pdata[i], &size);
		gsize front = i == 0 ? FIRST_SIZE : 0;

		if (final || (i == 0 && !stream_open(&stream, data, chunk, size)) ||
		    !chunk_pull(&stream, purpose, chunk + front, size - front, plain, &final))
			return false;
	}
	return final;
}

GBytes *
unseal_chunks(const SealKey *data, const char *purpose, const GPtrArray *chunks,
    GError **error)
{
	g_autoptr(Buffer) plain = buffer_new(0);

	if (!chunks_pull(data, purpose, chunks, plain)) {
		error_set(error, SLUIS_ERROR_SETUP,
		    "what was sealed as \"%s\" does not open: damaged, or not whole", purpose);
		return NULL;
	}
	return buffer_steal(plain);
}

GBytes *
seal_small(const SealKey *data, const char *purpose, GBytes *bytes)
{
	gsize length;
	const char *start = g_bytes_get_data(bytes, &length);
	g_autoptr(SealStream) stream = stream_new(data, purpose, start, length, MAX(length, 1));

	return seal_stream_next(stream);
}

GBytes *
unseal_small(const SealKey *data, const char *purpose, GBytes *sealed, GError **error)
{
	g_autoptr(GPtrArray) chunks = g_ptr_array_new();

	g_ptr_array_add(chunks, sealed);
	return unseal_chunks(data, purpose, chunks, error);
}

GBytes *
seal_mac(const SealKey *key, const char *purpose, const void *bytes, gsize length)
{
	crypto_auth_hmacsha256_state state;
	unsigned char mac[SEAL_MAC_SIZE];

	crypto_auth_hmacsha256_init(&state, key->bytes, SEAL_KEY_SIZE);
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_auth_hmacsha256_update(&state, bytes, length);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_memzero(&state, sizeof state);
	return g_bytes_new(mac, sizeof mac);
}

bool
seal_equal(const void *a, const void *b, gsize length)
{
	return sodium_memcmp(a, b, length) == 0;
}

char *
seal_sha256(const void *bytes, gsize length)
{
	return g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, length);
}

void
seal_random(void *bytes, gsize length)
{
	randombytes_buf(bytes, length);
}

char *
seal_random_word(guint characters)
{
	char *word = g_malloc(characters + 1);

	seal_random(word, characters);
	for (guint i = 0; i < characters; i++)
		word[i] = SEAL_LETTERS[(unsigned char)word[i] % 32];
	word[characters] = '\0';
	return word;
}
