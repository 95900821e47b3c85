/*
 * buffer - bytes that grow, have a bound, and are wiped when they go
 *
 * All plaintext is held in these or in the GBytes they become: memory is
 * overwritten before it is given back, also when it has to move to grow. A NUL
 * that is not counted stands behind the contents.
 */

#ifndef SLUIS_BASE_BUFFER_H
#define SLUIS_BASE_BUFFER_H

#include <stdbool.h>
#include <glib.h>

typedef struct Buffer Buffer;

/* An empty buffer that refuses to hold more than most bytes (0: no bound). */
Buffer *buffer_new(gsize most);
void buffer_free(Buffer *buffer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Buffer, buffer_free)

/* False, and the buffer unchanged, when the bound would be passed. */
bool buffer_add(Buffer *buffer, const void *bytes, gsize length);
bool buffer_add_text(Buffer *buffer, const char *text);

gsize buffer_length(const Buffer *buffer);
const char *buffer_data(const Buffer *buffer);

/* Reads fd to its end. False with an error (RETRY) on a read error; false
 * with REFUSED when the bound is passed. */
bool buffer_read(Buffer *buffer, int fd, GError **error);

/* Takes the contents out as GBytes, wiped when the last reference goes; the
 * buffer is empty afterwards. */
GBytes *buffer_steal(Buffer *buffer);

/* Copies of foreign memory and of a string, as GBytes that wipe themselves. */
GBytes *bytes_secret(const void *bytes, gsize length);
GBytes *bytes_text(const char *text);

/* Wipes and frees a NUL-terminated string, for g_autoptr-like use. */
void text_wipe(char *text);

#endif
