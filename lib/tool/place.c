/* place - see place.h */

#include "place.h"

#include <errno.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "spawn.h"

char *
place_path(const Place *place, const char *relative)
{
	return g_build_filename(place->folder, relative, NULL);
}

char *
place_brief(const Place *place, const char *relative)
{
	return g_build_filename(place->sockets, "home", relative, NULL);
}

char *
place_socket(const Place *place, const char *relative)
{
	return g_build_filename(place->sockets, relative, NULL);
}

void
place_free(Place *place)
{
	if (place == NULL)
		return;
	g_free(place->folder);
	g_free(place->sockets);
	g_free(place->user);
	g_free(place);
}

/* Who a cluster of root's belongs to: whoever has it already, else the user
 * Debian makes for PostgreSQL, else nobody. */
static const struct passwd *
cluster_owner(const char *cluster)
{
	const struct passwd *user;
	struct stat st;

	if (geteuid() != 0)
		return getpwuid(geteuid());
	if (stat(cluster, &st) == 0 && st.st_uid != 0)
		return getpwuid(st.st_uid);
	user = getpwnam("postgres");
	return user != NULL ? user : getpwnam("nobody");
}

static bool
place_find_owner(Place *place, GError **error)
{
	g_autofree char *cluster = place_path(place, "postgres");
	const struct passwd *user = cluster_owner(cluster);

	if (user == NULL)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "no user to run PostgreSQL as: add the user \"postgres\"");
	place->user = g_strdup(user->pw_name);
	place->uid = geteuid() == 0 ? user->pw_uid : 0;
	place->gid = geteuid() == 0 ? user->pw_gid : 0;
	return true;
}

/* Asked of the system itself, since modes are not all that decides. */
static bool
user_may_enter(const Place *place, const char *path)
{
	const char *argv[] = { "/usr/bin/test", "-x", path, NULL };
	const Spawn spawn = {
		.argv = argv, .seconds = 10, .uid = place->uid, .gid = place->gid,
	};

	return spawn_check(&spawn, NULL, NULL);
}

static bool
place_check_parents(const Place *place, GError **error)
{
	g_autofree char *path = g_strdup(place->folder);
	g_autofree char *closed = NULL;

	if (place->uid == 0)
		return true;
	while (!user_may_enter(place, path)) {
		g_free(closed);
		closed = g_steal_pointer(&path);
		path = g_path_get_dirname(closed);
		if (g_str_equal(path, closed))
			break;
	}
	return closed == NULL || error_set(error, SLUIS_ERROR_SETUP,
	    "the user %s, whom PostgreSQL runs as, cannot enter %s: choose another "
	    "folder, or chmod a+x %s", place->user, closed, closed);
}

bool
place_give(const Place *place, const char *path, GError **error)
{
	if (place->uid != 0 && lchown(path, place->uid, place->gid) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	return true;
}

/* mkdir(2) with exactly that mode, or the same folder from an earlier time;
 * in /tmp somebody else may have been there first. */
static bool
make_private(const char *path, mode_t mode, uid_t owner, GError **error)
{
	struct stat st;

	if (mkdir(path, mode) == 0)
		return chmod(path, mode) == 0 ||
		    error_errno(error, SLUIS_ERROR_SETUP, path);
	if (errno != EEXIST)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	if (lstat(path, &st) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	if (!S_ISDIR(st.st_mode) || (st.st_uid != geteuid() && st.st_uid != owner) ||
	    (st.st_mode & 0022) != 0)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s is not a private folder of ours: remove it", path);
	return true;
}

/* DIR may have been moved since. */
static bool
make_link(const char *target, const char *link, GError **error)
{
	g_autofree char *before = g_file_read_link(link, NULL);

	if (g_strcmp0(before, target) == 0)
		return true;
	if (before != NULL)
		unlink(link);
	return symlink(target, link) == 0 || error_errno(error, SLUIS_ERROR_SETUP, link);
}

bool
place_sockets(const Place *place, GError **error)
{
	const struct {
		const char *name;
		bool cluster;
	} folders[] = { { "pg", true }, { "gnupg", false }, { "work", false } };
	g_autofree char *home = place_socket(place, "home");

	if (!make_private(place->sockets, place->uid != 0 ? 0711 : 0700, geteuid(), error))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = place_socket(place, folders[i].name);

		if (!make_private(path, 0700, folders[i].cluster ? place->uid : 0, error))
			return false;
		if (folders[i].cluster && !place_give(place, path, error))
			return false;
	}
	return make_link(place->folder, home, error);
}

/* The link is laid before the folder is used, so that an interrupted init
 * leaves at most one empty folder behind. */
static bool
place_link(Place *place, GError **error)
{
	g_autofree char *link = place_path(place, "run");
	g_autofree char *sockets = g_strdup("/tmp/sluis-XXXXXX");

	place->sockets = g_file_read_link(link, NULL);
	if (place->sockets != NULL)
		return true;
	if (g_mkdtemp(sockets) == NULL)
		return error_errno(error, SLUIS_ERROR_SETUP, "cannot make a folder in /tmp");
	if (place->uid != 0 && chmod(sockets, 0711) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, sockets);
	if (symlink(sockets, link) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, link);
	place->sockets = g_steal_pointer(&sockets);
	return true;
}

/* One may be root and still not be who an installation belongs to: what root
 * wrote there, its owner could no longer read. */
static bool
place_is_ours(const Place *place, GError **error)
{
	struct stat st;

	if (stat(place->folder, &st) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, place->folder);
	if (!S_ISDIR(st.st_mode))
		return error_set(error, SLUIS_ERROR_SETUP, "%s is no folder", place->folder);
	if (st.st_uid != geteuid()) {
		const struct passwd *owner = getpwuid(st.st_uid);

		return error_set(error, SLUIS_ERROR_SETUP, "%s belongs to %s: run this as that user",
		    place->folder, owner != NULL ? owner->pw_name : "another user");
	}
	return true;
}

/* Folders that are not there yet, each with that mode whatever the umask. */
static bool
make_folders(const char *path, mode_t mode, GError **error)
{
	g_autofree char *above = g_path_get_dirname(path);

	if (g_file_test(path, G_FILE_TEST_EXISTS))
		return true;
	if (!make_folders(above, mode, error))
		return false;
	if (mkdir(path, mode) != 0 || chmod(path, mode) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	return true;
}

/* Nobody's folder is made an installation by a slip of the hand. */
static bool
place_is_free(const Place *place, GError **error)
{
	g_autofree char *link = place_path(place, "run");
	g_autoptr(GDir) dir = g_dir_open(place->folder, 0, error);

	if (dir == NULL)
		return error_because(error, SLUIS_ERROR_SETUP, "cannot look around");
	if (g_file_test(link, G_FILE_TEST_IS_SYMLINK) || g_dir_read_name(dir) == NULL)
		return true;
	return error_set(error, SLUIS_ERROR_SETUP,
	    "%s is neither empty nor an embedded installation: choose another folder",
	    place->folder);
}

static bool
place_prepare(Place *place, GError **error)
{
	mode_t mode = place->uid != 0 ? 0711 : 0700;

	if (!make_folders(place->folder, mode, error) ||
	    !place_is_ours(place, error) || !place_is_free(place, error))
		return false;
	if (place->uid != 0 && chmod(place->folder, mode) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, place->folder);
	return place_check_parents(place, error) && place_link(place, error) &&
	    place_sockets(place, error);
}

/* PostgreSQL's user may not be able to be where we are, so we go to the root
 * as soon as the folder's name does not depend on it. */
static Place *
place_new(const char *folder, GError **error)
{
	g_autoptr(Place) place = g_new0(Place, 1);

	place->folder = g_canonicalize_filename(folder, NULL);
	if (chdir("/") != 0) {
		error_errno(error, SLUIS_ERROR_SETUP, "/");
		return NULL;
	}
	return place_find_owner(place, error) ? g_steal_pointer(&place) : NULL;
}

Place *
place_make(const char *folder, GError **error)
{
	g_autoptr(Place) place = place_new(folder, error);

	if (place == NULL || !place_prepare(place, error))
		return NULL;
	return g_steal_pointer(&place);
}

Place *
place_open(const char *folder, GError **error)
{
	g_autoptr(Place) place = place_new(folder, error);
	g_autofree char *link = NULL;

	if (place == NULL)
		return NULL;
	link = place_path(place, "run");
	place->sockets = g_file_read_link(link, NULL);
	if (place->sockets == NULL) {
		error_set(error, SLUIS_ERROR_SETUP, "%s is no embedded installation: "
		    "make one with sluis init --embedded %s", folder, folder);
		return NULL;
	}
	return place_is_ours(place, error) ? g_steal_pointer(&place) : NULL;
}
