/*
 * seal - encrypted for storage; the one fence around libsodium
 *
 * A thing is sealed with a random data key (crypto_secretstream, in chunks of
 * 1 MiB), and the data key is wrapped to a public key (crypto_box_seal). Who
 * holds the public key can seal and not open; who destroys the wrapped key has
 * erased the thing, wherever its bytes were copied.
 *
 * Format of a chunk stream: the first chunk is "SLS1", the 24-byte header of
 * secretstream, then its first ciphertext; every other chunk is one
 * ciphertext; the last one carries TAG_FINAL. A small thing is one chunk. The
 * purpose ("raw", "extract", ...) is additional data of each chunk, so that
 * nothing sealed for one place opens in another.
 *
 * Key files are 32 bytes, mode 0400, no key for two purposes: storage.pub,
 * storage.key, send.pub, send.key (X25519); receipt.key, index.key,
 * token.key.N (HMAC-SHA-256). Where programs run as different users, public
 * halves are 0444, and what two of them share is 0440, root's and their
 * group's.
 */

#ifndef SLUIS_CRYPTO_SEAL_H
#define SLUIS_CRYPTO_SEAL_H

#include <stdbool.h>
#include <glib.h>

#define SEAL_KEY_SIZE 32
#define SEAL_MAC_SIZE 32
#define SEAL_CHUNK (1024 * 1024)

/* Crockford's base 32, in lower case: no i, l, o, u to be misread. */
#define SEAL_LETTERS "0123456789abcdefghjkmnpqrstvwxyz"

typedef struct SealKey SealKey;		/* locked memory, wiped when freed */

/* Once in a process, before all else here. */
bool seal_init(GError **error);

SealKey *seal_key_load(const char *folder, const char *name, GError **error);
void seal_key_free(SealKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealKey, seal_key_free)

/* Makes folder/NAME.pub and NAME.key, or one random key folder/NAME. Never
 * overwrites (SETUP). */
bool seal_make_pair(const char *folder, const char *name, GError **error);
bool seal_make_key(const char *folder, const char *name, GError **error);
/* The missing folder/NAME.pub of a NAME.key that is there. */
bool seal_make_public(const char *folder, const char *name, GError **error);

/* A fresh data key, and the same wrapped to a public key and opened again with
 * the pair. A wrapped key that does not open is SETUP. */
SealKey *seal_data_key(void);
GBytes *seal_wrap(const SealKey *data, const SealKey *public);
SealKey *seal_unwrap(GBytes *wrapped, const SealKey *public, const SealKey *secret,
    GError **error);

/* The public half of a secret key. */
SealKey *seal_public(const SealKey *secret);

/* All chunks of a thing, in order, of GBytes; and back. unseal fails with
 * SETUP if a chunk is wrong, missing, doubled or out of order. */
GPtrArray *seal_chunks(const SealKey *data, const char *purpose, const void *bytes,
    gsize length);
GBytes *unseal_chunks(const SealKey *data, const char *purpose,
    const GPtrArray *chunks, GError **error);

/* The same chunks one at a time, for what is too large to be here twice. The
 * bytes must stay; NULL behind the last chunk. */
typedef struct SealStream SealStream;
SealStream *seal_stream_new(const SealKey *data, const char *purpose,
    const void *bytes, gsize length);
GBytes *seal_stream_next(SealStream *stream);
void seal_stream_free(SealStream *stream);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SealStream, seal_stream_free)

/* A small thing as one chunk. */
GBytes *seal_small(const SealKey *data, const char *purpose, GBytes *bytes);
GBytes *unseal_small(const SealKey *data, const char *purpose, GBytes *sealed,
    GError **error);

/* HMAC-SHA-256 over purpose, a zero byte and the bytes. */
GBytes *seal_mac(const SealKey *key, const char *purpose, const void *bytes,
    gsize length);
bool seal_equal(const void *a, const void *b, gsize length);	/* constant time */

/* SHA-256 as lower-case hex. */
char *seal_sha256(const void *bytes, gsize length);

/* Random bytes; and n random characters of lower-case base 32 (nonces, the
 * left side of Message-IDs). */
void seal_random(void *bytes, gsize length);
char *seal_random_word(guint characters);

#endif
