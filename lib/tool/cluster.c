/* cluster - see cluster.h */

#include "cluster.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db.h"
#include "error.h"
#include "file.h"
#include "spawn.h"

#define OLDEST 14
#define SUPERUSER "postgres"

/* The newest of Debian's versions, else what pg_config names. */
static char *
newest_debian(void)
{
	g_autoptr(GDir) dir = g_dir_open("/usr/lib/postgresql", 0, NULL);
	const char *name;
	gint64 best = 0;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		gint64 version = g_ascii_strtoll(name, NULL, 10);
		g_autofree char *initdb = g_strdup_printf(
		    "/usr/lib/postgresql/%s/bin/initdb", name);

		if (version >= OLDEST && g_file_test(initdb, G_FILE_TEST_IS_EXECUTABLE))
			best = MAX(best, version);
	}
	return best != 0 ?
	    g_strdup_printf("/usr/lib/postgresql/%" G_GINT64_FORMAT "/bin", best) : NULL;
}

static char *
by_pg_config(void)
{
	g_autofree char *program = g_find_program_in_path("pg_config");
	const char *argv[] = { program, "--bindir", NULL };
	const Spawn spawn = { .argv = argv, .seconds = 10, .most_output = PATH_MAX };
	g_autoptr(GBytes) output = NULL;

	if (program == NULL || !spawn_check(&spawn, &output, NULL))
		return NULL;
	return g_strchomp(g_strndup(g_bytes_get_data(output, NULL),
	    g_bytes_get_size(output)));
}

static char *
cluster_program(const char *name, GError **error)
{
	g_autofree char *folder = newest_debian();
	g_autofree char *path = NULL;

	if (folder == NULL)
		folder = by_pg_config();
	path = g_build_filename(folder != NULL ? folder : "", name, NULL);
	if (folder != NULL && g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
		return g_steal_pointer(&path);
	error_set(error, SLUIS_ERROR_SETUP,
	    "no PostgreSQL %d or newer: apt-get install postgresql", OLDEST);
	return NULL;
}

static Spawn
cluster_spawn(const Place *place, const char *const *argv)
{
	return (Spawn){
		.argv = argv, .seconds = 120, .uid = place->uid, .gid = place->gid,
	};
}

/* Made in "postgres.new", which counts for nothing, and then renamed. */
bool
cluster_make(const Place *place, GError **error)
{
	g_autofree char *data = place_path(place, "postgres");
	g_autofree char *fresh = place_path(place, "postgres.new");
	g_autofree char *initdb = NULL;
	const char *argv[] = {
		NULL, "-D", fresh, "-U", SUPERUSER, "--auth=peer", "--encoding=UTF8",
		"--no-locale", NULL
	};
	Spawn spawn = cluster_spawn(place, argv);

	if (g_file_test(data, G_FILE_TEST_IS_DIR))
		return true;
	argv[0] = initdb = cluster_program("initdb", error);
	if (initdb == NULL)
		return false;
	file_remove_tree(fresh);
	if (!file_make_folder(fresh, 0700, error) || !place_give(place, fresh, error) ||
	    !spawn_check(&spawn, NULL, error))
		return false;
	return rename(fresh, data) == 0 || error_errno(error, SLUIS_ERROR_SETUP, data);
}

/* What is said in the log are the server's own matters. Errors of statements
 * are told to who made them; here they could quote what must not be kept. Its
 * shared memory is files of its own, since /dev/shm is not for everybody in
 * every container, and nothing here runs in parallel. */
static const char settings[] =
    "# Written by sluis at every start; put your own in postgresql.auto.conf.\n"
    "data_directory = '%s'\n"
    "hba_file = '%s'\n"
    "ident_file = '%s'\n"
    "unix_socket_directories = '%s'\n"
    "listen_addresses = ''\n"
    "port = 5432\n"
    "dynamic_shared_memory_type = mmap\n"
    "fsync = on\n"
    "synchronous_commit = on\n"
    "timezone = 'UTC'\n"
    "log_destination = 'stderr'\n"
    "log_timezone = 'UTC'\n"
    "log_min_messages = log\n"
    "log_error_verbosity = terse\n"
    "log_statement = none\n"
    "log_min_error_statement = panic\n"
    "log_min_duration_statement = -1\n"
    "log_parameter_max_length = 0\n"
    "log_parameter_max_length_on_error = 0\n";

/* Whoever may be whom: we, root and the cluster's own user may be each role. */
static char *
ident_text(const Place *place)
{
	static const char *const roles[] = {
		SUPERUSER, "sluis_in", "sluis_work", "sluis_out", "sluis_adm",
		"sluis_ro", "sluis_audit",
	};
	const struct passwd *self = getpwuid(geteuid());
	const char *users[] = { "root", place->user, self != NULL ? self->pw_name : "" };
	GString *text = g_string_new("# map user role\n");

	for (guint u = 0; u < G_N_ELEMENTS(users); u++)
		for (guint r = 0; r < G_N_ELEMENTS(roles); r++)
			if (*users[u] != '\0')
				g_string_append_printf(text, "sluis \"%s\" %s\n", users[u], roles[r]);
	return g_string_free(text, FALSE);
}

static char *
settings_text(const Place *place)
{
	g_autofree char *data = place_brief(place, "postgres");
	g_autofree char *hba = place_brief(place, "server/pg_hba.conf");
	g_autofree char *ident = place_brief(place, "server/pg_ident.conf");
	g_autofree char *socket = place_socket(place, "pg");

	return g_strdup_printf(settings, data, hba, ident, socket);
}

static bool
write_setting(const Place *place, const char *name, const char *text, GError **error)
{
	g_autofree char *path = place_path(place, name);

	return file_write(path, text, strlen(text), 0644, error);
}

static bool
cluster_configure(const Place *place, GError **error)
{
	g_autofree char *folder = place_path(place, "server");
	g_autofree char *text = settings_text(place);
	g_autofree char *ident = ident_text(place);

	if (!file_make_folder(folder, 0755, error))
		return false;
	if (chmod(folder, 0755) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, folder);
	return write_setting(place, "server/postgresql.conf", text, error) &&
	    write_setting(place, "server/pg_ident.conf", ident, error) &&
	    write_setting(place, "server/pg_hba.conf",
	    "local all all peer map=sluis\n", error);
}

/* What pg_ctl makes a shell command of has short, harmless names. */
static bool
cluster_launch(const Place *place, GError **error)
{
	g_autofree char *data = place_brief(place, "postgres");
	g_autofree char *log = place_brief(place, "postgres/server.log");
	g_autofree char *file = place_brief(place, "server/postgresql.conf");
	g_autofree char *options = g_strdup_printf("-c config_file=%s", file);
	g_autofree char *program = cluster_program("pg_ctl", error);
	const char *argv[] = {
		program, "start", "-D", data, "-w", "-s", "-l", log, "-o", options, NULL
	};
	Spawn spawn = cluster_spawn(place, argv);

	if (program == NULL)
		return false;
	if (spawn_check(&spawn, NULL, error))
		return true;
	g_prefix_error(error, "see %s/postgres/server.log: ", place->folder);
	return false;
}

static bool
cluster_control(const Place *place, const char *verb, const char *mode, GError **error)
{
	g_autofree char *data = place_path(place, "postgres");
	g_autofree char *program = cluster_program("pg_ctl", error);
	const char *argv[] = { program, verb, "-D", data, mode, NULL };
	Spawn spawn = cluster_spawn(place, argv);

	return program != NULL && spawn_check(&spawn, NULL, error);
}

bool
cluster_runs(const Place *place)
{
	return cluster_control(place, "status", NULL, NULL);
}

bool
cluster_stop(const Place *place, GError **error)
{
	return !cluster_runs(place) || cluster_control(place, "stop", "-mfast", error);
}

/* One whose socket was tidied away with /tmp has to be started anew. */
bool
cluster_start(const Place *place, GError **error)
{
	g_autofree char *socket = place_socket(place, "pg/.s.PGSQL.5432");

	if (!place_sockets(place, error))
		return false;
	if (cluster_runs(place)) {
		if (g_file_test(socket, G_FILE_TEST_EXISTS))
			return true;
		if (!cluster_stop(place, error))
			return false;
	}
	return cluster_configure(place, error) && cluster_launch(place, error);
}

char *
cluster_conninfo(const Place *place, const char *database)
{
	g_autofree char *socket = place_socket(place, "pg");

	return g_strdup_printf("host=%s port=5432 dbname=%s", socket, database);
}

bool
cluster_make_database(const Place *place, GError **error)
{
	g_autofree char *conninfo = cluster_conninfo(place, "sluis");
	g_autofree char *socket = place_socket(place, "pg");
	g_autofree char *program = cluster_program("createdb", error);
	const char *argv[] = {
		program, "-h", socket, "-p", "5432", "-U", SUPERUSER, "sluis", NULL
	};
	const Spawn spawn = { .argv = argv, .seconds = 60 };
	g_autoptr(Db) db = db_open_raw(conninfo, SUPERUSER, NULL);

	if (program == NULL)
		return false;
	return db != NULL || spawn_check(&spawn, NULL, error);
}
