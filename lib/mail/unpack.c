/* unpack - see unpack.h */

#include "unpack.h"

#include <string.h>
#include <archive.h>
#include <archive_entry.h>

#define BLOCK 65536

typedef struct archive Archive;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_read_free)

typedef struct {
	UnpackRead read;
	gpointer source;
	const UnpackSink *sink;
	gsize in, out;
	guint entries;
	guint8 block[BLOCK];
} Unpacking;

bool
unpack_is_packed(const void *bytes, gsize length)
{
	return length >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "\x1f\x8b\x08", 3) == 0);
}

static la_ssize_t
on_read(Archive *archive, void *data, const void **block)
{
	Unpacking *unpacking = data;
	gssize length = unpacking->read(unpacking->source, unpacking->block, BLOCK);

	if (length < 0) {
		archive_set_error(archive, 5, "cannot be read");
		return ARCHIVE_FATAL;
	}
	unpacking->in += (gsize)length;
	*block = unpacking->block;
	return length;
}

static bool
is_too_much(const Unpacking *unpacking)
{
	return unpacking->out > UNPACK_BYTES || (unpacking->out > UNPACK_FREE &&
	    (unpacking->out - UNPACK_FREE) / UNPACK_RATIO > unpacking->in);
}

/* The bytes of one file. */
static UnpackEnd
copy_entry(Unpacking *unpacking, Archive *archive)
{
	guint8 buffer[BLOCK];
	la_ssize_t length;

	while ((length = archive_read_data(archive, buffer, sizeof(buffer))) > 0) {
		unpacking->out += (gsize)length;
		if (is_too_much(unpacking))
			return UNPACK_TOO_MUCH;
		if (!unpacking->sink->bytes(unpacking->sink->data, buffer, (gsize)length))
			return UNPACK_STOPPED;
	}
	return length == 0 ? UNPACK_WHOLE : UNPACK_BROKEN;
}

/* "report.csv.gz" holds "report.csv"; a zip says its names itself. */
static char *
name_of(struct archive_entry *entry, const char *outer)
{
	const char *inner = archive_entry_pathname_utf8(entry);

	if (inner != NULL && strcmp(inner, "data") != 0)
		return g_path_get_basename(inner);
	return g_strndup(outer, strlen(outer) - (g_str_has_suffix(outer, ".gz") ? 3 : 0));
}

static UnpackEnd
take_entry(Unpacking *unpacking, Archive *archive, struct archive_entry *entry, const char *outer)
{
	g_autofree char *name = name_of(entry, outer);

	if (++unpacking->entries > UNPACK_ENTRIES)
		return UNPACK_TOO_MUCH;
	if (archive_entry_filetype(entry) != AE_IFREG)
		return UNPACK_WHOLE;
	if (archive_entry_is_encrypted(entry))
		return UNPACK_BROKEN;
	return unpacking->sink->entry(unpacking->sink->data, name) ? copy_entry(unpacking, archive) :
	    UNPACK_STOPPED;
}

static UnpackEnd
walk(Unpacking *unpacking, Archive *archive, const char *name)
{
	struct archive_entry *entry;
	UnpackEnd end = UNPACK_WHOLE;
	int next = ARCHIVE_OK;

	while (end == UNPACK_WHOLE && (next = archive_read_next_header(archive, &entry)) == ARCHIVE_OK)
		end = take_entry(unpacking, archive, entry, name);
	return end != UNPACK_WHOLE || next == ARCHIVE_EOF ? end : UNPACK_BROKEN;
}

/* Only these two: what else the library reads is not asked for. */
UnpackEnd
unpack(const char *name, UnpackRead read, gpointer source, const UnpackSink *sink)
{
	g_autoptr(Archive) archive = archive_read_new();
	g_autofree Unpacking *unpacking = g_new0(Unpacking, 1);

	unpacking->read = read;
	unpacking->source = source;
	unpacking->sink = sink;
	archive_read_support_filter_gzip(archive);
	archive_read_support_format_zip_streamable(archive);
	archive_read_support_format_raw(archive);
	if (archive_read_open(archive, unpacking, NULL, on_read, NULL) != ARCHIVE_OK)
		return UNPACK_BROKEN;
	return walk(unpacking, archive, name);
}
