/*
 * unpack - the files in a zip or gzip, as they flow; the one fence around libarchive
 *
 * Nothing is written anywhere, and nothing inside is unpacked again. All is counted
 * while it flows (T-13, T-14): a hundred entries, 64 MiB, and a hundred bytes for
 * one beyond the first MiB; what is over ends it, whatever was handed on before.
 */

#ifndef SLUIS_MAIL_UNPACK_H
#define SLUIS_MAIL_UNPACK_H

#include <stdbool.h>
#include <glib.h>

#define UNPACK_ENTRIES 100
#define UNPACK_BYTES ((gsize)64 * 1024 * 1024)
#define UNPACK_FREE ((gsize)1024 * 1024)
#define UNPACK_RATIO 100

/* Do these first bytes begin such a thing? */
bool unpack_is_packed(const void *bytes, gsize length);

/* What it comes from: how many bytes were put into the buffer, 0 at the end, -1
 * where it cannot be read. */
typedef gssize (*UnpackRead)(gpointer source, void *buffer, gsize most);

/* Where it goes: entry begins the next file, by its name without folders; false
 * ends it at once. */
typedef struct {
	bool (*entry)(gpointer data, const char *name);
	bool (*bytes)(gpointer data, const void *bytes, gsize length);
	gpointer data;
} UnpackSink;

typedef enum {
	UNPACK_WHOLE,
	UNPACK_BROKEN,		/* it is none, cut off, or encrypted */
	UNPACK_TOO_MUCH,	/* over one of the limits */
	UNPACK_STOPPED,		/* the sink said so */
} UnpackEnd;

/* name: what the one file of a gzip is called. */
UnpackEnd unpack(const char *name, UnpackRead read, gpointer source, const UnpackSink *sink);

#endif
