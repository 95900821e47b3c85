/*
 * file - the few files we read and write
 */

#ifndef SLUIS_BASE_FILE_H
#define SLUIS_BASE_FILE_H

#include <stdbool.h>
#include <sys/types.h>
#include <glib.h>

/* Reads a whole regular file of at most most bytes. SETUP on any trouble;
 * the message names the path. */
GBytes *file_read(const char *path, gsize most, GError **error);

/* The same for a secret: refuses (SETUP, T-61) a file that others may read or
 * write or that belongs to neither us nor root. What two users share is root's,
 * mode 0440, and of a group that has these two and nobody else. */
GBytes *file_read_secret(const char *path, gsize most, GError **error);

/* The same for what is no secret, but must be the true one: others may read
 * it, and write it may nobody but its owner, who is root or us. */
GBytes *file_read_trusted(const char *path, gsize most, GError **error);

/* Writes beside, syncs, renames. Nothing is ever half written. */
bool file_write(const char *path, const void *bytes, gsize length, mode_t mode,
    GError **error);

/* Writes all of it to a file descriptor, whatever write(2) takes at once. */
bool file_write_fd(int fd, const void *bytes, gsize length, GError **error);

/* Makes a folder and its parents; an existing one is fine. */
bool file_make_folder(const char *path, mode_t mode, GError **error);

/* Removes a folder of ours and all in it; follows no link. */
void file_remove_tree(const char *path);

/* A path in the tree this program was installed in: PREFIX/relative, where
 * PREFIX is one above the folder of the running program (libexec/sluis/x:
 * two). Works in the build tree as well, which is laid out the same. */
char *file_installed(const char *relative);

#endif
