/* file - the few files we read and write; see file.h */

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buffer.h"
#include "error.h"

/* What an operator must mend, and what may mend itself. */
static SluisError
code_of_errno(int number)
{
	switch (number) {
	case EACCES:
	case EISDIR:
	case ELOOP:
	case ENAMETOOLONG:
	case ENOENT:
	case ENOTDIR:
	case EPERM:
	case EROFS:
		return SLUIS_ERROR_SETUP;
	default:
		return SLUIS_ERROR_RETRY;
	}
}

/* Not blocking, so that a pipe put in a file's place cannot hold us up. */
static int
open_regular(const char *path, struct stat *about, GError **error)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) {
		error_errno(error, SLUIS_ERROR_SETUP, path);
		return -1;
	}
	if (fstat(fd, about) == 0 && S_ISREG(about->st_mode))
		return fd;
	error_set(error, SLUIS_ERROR_SETUP, "%s: not a regular file", path);
	close(fd);
	return -1;
}

static GBytes *
read_all(int fd, const char *path, gsize most, GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new(most);
	g_autoptr(GError) why = NULL;

	if (buffer_read(buffer, fd, &why))
		return buffer_steal(buffer);
	error_set(error, SLUIS_ERROR_SETUP, "%s: %s", path, why->message);
	return NULL;
}

GBytes *
file_read(const char *path, gsize most, GError **error)
{
	struct stat about;
	int fd = open_regular(path, &about, error);
	GBytes *bytes;

	if (fd < 0)
		return NULL;
	bytes = read_all(fd, path, most, error);
	close(fd);
	return bytes;
}

/* Where the group may read as well, the file must be root's, and the group
 * made for those who share it: not root's own. That we are one of them is what
 * open(2) has found out. */
static bool
is_private(const struct stat *about)
{
	if ((about->st_mode & 037) != 0)
		return false;
	return (about->st_mode & 040) == 0 || (about->st_uid == 0 && about->st_gid != 0);
}

static bool
nobody_writes(const struct stat *about)
{
	return (about->st_mode & 022) == 0;
}

/* A file of root's or ours that is kept as it should be. */
static GBytes *
read_kept(const char *path, gsize most, bool (*kept)(const struct stat *), const char *wanted,
    GError **error)
{
	struct stat about;
	int fd = open_regular(path, &about, error);
	GBytes *bytes = NULL;

	if (fd < 0)
		return NULL;
	if (!kept(&about))
		error_set(error, SLUIS_ERROR_SETUP, "%s: others may use it (mode %03o, wanted %s)",
		    path, about.st_mode & 0777, wanted);
	else if (about.st_uid != geteuid() && about.st_uid != 0)
		error_set(error, SLUIS_ERROR_SETUP, "%s: belongs to uid %u, not to us", path,
		    (unsigned)about.st_uid);
	else
		bytes = read_all(fd, path, most, error);
	close(fd);
	return bytes;
}

GBytes *
file_read_secret(const char *path, gsize most, GError **error)
{
	return read_kept(path, most, is_private, "400", error);
}

GBytes *
file_read_trusted(const char *path, gsize most, GError **error)
{
	return read_kept(path, most, nobody_writes, "444", error);
}

bool
file_write_fd(int fd, const void *bytes, gsize length, GError **error)
{
	const char *from = bytes;

	while (length > 0) {
		ssize_t written = write(fd, from, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return error_errno(error, SLUIS_ERROR_RETRY, "cannot write");
		from += written;
		length -= (gsize)written;
	}
	return true;
}

/* The name is durable only when its folder is. */
static bool
sync_folder(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return synced;
}

static bool
fill(int fd, const void *bytes, gsize length, mode_t mode, GError **error)
{
	bool filled = file_write_fd(fd, bytes, length, error);

	if (filled && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
		filled = error_errno(error, SLUIS_ERROR_RETRY, "cannot sync");
	if (close(fd) != 0 && filled)
		filled = error_errno(error, SLUIS_ERROR_RETRY, "cannot close");
	return filled;
}

bool
file_write(const char *path, const void *bytes, gsize length, mode_t mode, GError **error)
{
	g_autofree char *beside = g_strdup_printf("%s.XXXXXX", path);
	int fd = mkostemp(beside, O_CLOEXEC);

	if (fd < 0)
		return error_errno(error, code_of_errno(errno), path);
	if (!fill(fd, bytes, length, mode, error)) {
		unlink(beside);
		return error_because(error, SLUIS_ERROR_RETRY, path);
	}
	if (rename(beside, path) != 0 || !sync_folder(path)) {
		error_errno(error, code_of_errno(errno), path);
		unlink(beside);
		return false;
	}
	return true;
}

bool
file_make_folder(const char *path, mode_t mode, GError **error)
{
	if (g_mkdir_with_parents(path, (int)mode) != 0)
		return error_errno(error, code_of_errno(errno), path);
	return true;
}

static int
remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	remove(path);
	return 0;
}

void
file_remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

char *
file_installed(const char *relative)
{
	g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(self != NULL ? self : "/usr/bin/sluis");
	g_autofree char *prefix = g_path_get_dirname(folder);
	g_autofree char *last = g_path_get_basename(prefix);

	if (g_str_equal(last, "libexec")) {
		g_autofree char *above = g_path_get_dirname(prefix);

		return g_build_filename(above, relative, NULL);
	}
	return g_build_filename(prefix, relative, NULL);
}
