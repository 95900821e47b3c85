/* unseal - a sealed thing opened without the database: sluis unseal FILE
 *
 * For the bad day, when all there is are a dump and the recovery sheet. What is
 * in the file is the wrapped key and then the chunks: as bytes, one behind the
 * other, or as lines of "\x" and hex, as psql prints them. seal.h has the format.
 */

#include "nouns.h"

#include <string.h>

#include "error.h"
#include "file.h"
#include "options.h"
#include "print.h"
#include "seal.h"
#include "text.h"

#define FILE_MOST ((gsize)1 << 31)
#define MAGIC "SLS1"
#define WRAPPED_SIZE 80		/* crypto_box_seal() of a key */
#define OVERHEAD 17		/* secretstream's, of a chunk */
#define HEADER 28		/* of the first chunk: magic and secretstream's header */

/* What is sealed, and to which pair. */
static const struct {
	const char *purpose, *pair;
} purposes[] = {
	{ "raw", "storage" }, { "extract", "storage" }, { "envelope", "storage" },
	{ "record", "storage" }, { "draft", "storage" }, { "title", "storage" },
	{ "reporter", "storage" }, { "outgoing", "send" }, { "outgoing-envelope", "send" },
};

typedef struct {
	GBytes *wrapped;
	GPtrArray *chunks;	/* of GBytes */
} Sealed;

static void
sealed_clear(Sealed *sealed)
{
	g_clear_pointer(&sealed->wrapped, g_bytes_unref);
	g_clear_pointer(&sealed->chunks, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sealed, sealed_clear)

/* Lines of a psql that prints nothing else (-At): the key, then the chunks. */
static bool
read_hex(GBytes *file, Sealed *sealed, GError **error)
{
	g_autofree char *text = g_strndup(g_bytes_get_data(file, NULL), g_bytes_get_size(file));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (guint i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);
		GBytes *bytes;

		if (*line == '\0')
			continue;
		bytes = g_str_has_prefix(line, "\\x") ? text_unhex(line + 2) : NULL;
		if (bytes == NULL)
			return error_set(error, SLUIS_ERROR_REFUSED, "line %u is no \\x and hex", i + 1);
		if (sealed->wrapped == NULL)
			sealed->wrapped = bytes;
		else
			g_ptr_array_add(sealed->chunks, bytes);
	}
	return true;
}

/* Chunks one behind the other; all but the last hold SEAL_CHUNK bytes. A small
 * thing is one chunk, whatever its size. */
static void
cut_chunks(GBytes *file, gsize at, bool whole, GPtrArray *chunks)
{
	gsize size = g_bytes_get_size(file), front = HEADER;

	for (; at < size; front = 0) {
		gsize length = whole ? size - at : MIN(size - at, front + SEAL_CHUNK + OVERHEAD);

		g_ptr_array_add(chunks, g_bytes_new_from_bytes(file, at, length));
		at += length;
	}
}

static bool
read_bytes(GBytes *file, bool whole, Sealed *sealed, GError **error)
{
	gsize size;
	const char *bytes = g_bytes_get_data(file, &size);

	if (size < WRAPPED_SIZE + strlen(MAGIC) ||
	    memcmp(bytes + WRAPPED_SIZE, MAGIC, strlen(MAGIC)) != 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "that is nothing sealed: wanted are the "
		    "wrapped key of %d bytes and then the chunks, the first of which begins with "
		    MAGIC ", or the same in lines of \\x and hex", WRAPPED_SIZE);
	sealed->wrapped = g_bytes_new_from_bytes(file, 0, WRAPPED_SIZE);
	cut_chunks(file, WRAPPED_SIZE, whole, sealed->chunks);
	return true;
}

static bool
read_sealed(GBytes *file, bool whole, Sealed *sealed, GError **error)
{
	gsize size;
	const char *bytes = g_bytes_get_data(file, &size);

	sealed->chunks = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	return size > 2 && bytes[0] == '\\' && bytes[1] == 'x' ? read_hex(file, sealed, error) :
	    read_bytes(file, whole, sealed, error);
}

/* NULL, without an error, if it was not sealed to that pair, or the pair's key
 * is not here. */
static SealKey *
data_key(const char *folder, const char *pair, GBytes *wrapped)
{
	g_autofree char *name = g_strconcat(pair, ".key", NULL);
	g_autoptr(SealKey) secret = seal_key_load(folder, name, NULL);
	g_autoptr(SealKey) public = secret != NULL ? seal_public(secret) : NULL;

	return public != NULL ? seal_unwrap(wrapped, public, secret, NULL) : NULL;
}

/* Nobody has to know what it was sealed as: one purpose opens it or none. */
static GBytes *
open_sealed(const char *folder, const Sealed *sealed, bool *has_key)
{
	for (guint i = 0; i < G_N_ELEMENTS(purposes); i++) {
		g_autoptr(SealKey) data = data_key(folder, purposes[i].pair, sealed->wrapped);
		GBytes *bytes = data == NULL ? NULL :
		    unseal_chunks(data, purposes[i].purpose, sealed->chunks, NULL);

		*has_key = *has_key || data != NULL;
		if (bytes != NULL)
			return bytes;
	}
	return NULL;
}

static char *
key_folder(const Order *order, GError **error)
{
	const char *typed = order_text(order, "keys");
	g_autoptr(Settings) settings = NULL;

	if (typed != NULL)
		return g_strdup(typed);
	settings = settings_load(order->file, error);
	if (settings == NULL)
		g_prefix_error(error, "where the keys are is not known, say --keys FOLDER: ");
	return settings != NULL ? g_strdup(settings->key_folder) : NULL;
}

static bool
unseal_run(const Order *order, GError **error)
{
	g_autofree char *folder = key_folder(order, error);
	g_autoptr(GBytes) file = folder != NULL ?
	    file_read(order_word(order, 0), FILE_MOST, error) : NULL;
	bool has_key = false;

	if (file == NULL || !seal_init(error))
		return false;
	for (guint whole = 0; whole < 2; whole++) {
		g_auto(Sealed) sealed = { 0 };
		g_autoptr(GBytes) bytes = NULL;

		if (!read_sealed(file, whole != 0, &sealed, error))
			return false;
		bytes = open_sealed(folder, &sealed, &has_key);
		if (bytes != NULL)
			return print_bytes(bytes, error);
	}
	return error_set(error, SLUIS_ERROR_REFUSED, has_key ?
	    "its key opens, but not what is behind it: damaged, or not whole" :
	    "no key in %s opens it: it belongs to another installation, or was damaged", folder);
}

static const OrderOption options[] = { { "keys", "FOLDER" }, { NULL } };

const Verb unseal_verbs[] = {
	{ .noun = "unseal", .words = "FILE", .least = 1, .most = 1, .options = options,
	  .without_settings = true, .run = unseal_run,
	  .summary = "open something sealed without the database, to stdout" },
	{ 0 }
};
