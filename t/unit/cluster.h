/*
 * cluster - a throw-away PostgreSQL with our schema, for tests in C
 *
 * Lies in a folder of its own under $TMPDIR and listens on a socket there; as
 * root it belongs to the user postgres. Ends with the test.
 */

#ifndef SLUIS_T_UNIT_CLUSTER_H
#define SLUIS_T_UNIT_CLUSTER_H

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <glib.h>

#include "db.h"
#include "file.h"
#include "migrate.h"

typedef struct {
	char *folder, *bin;
	GPid pid;
	char *conninfo;		/* of the database "sluis", without a user */
	char *superuser;	/* the same with one */
	char *schema;		/* folder of the schema */
} Cluster;

static inline void
cluster_run(const char *command)
{
	g_autofree char *become = g_strdup_printf("setpriv --reuid=postgres --regid=postgres "
	    "--clear-groups sh -c '%s'", command);
	g_autofree char *stay = g_strdup_printf("sh -c '%s'", command);
	GError *error = NULL;
	int status;

	g_spawn_command_line_sync(getuid() == 0 ? become : stay, NULL, NULL, &status, &error);
	g_assert_no_error(error);
	g_assert_cmpint(status, ==, 0);
}

static inline char *
cluster_bin(void)
{
	g_autoptr(GDir) dir = g_dir_open("/usr/lib/postgresql", 0, NULL);
	const char *name, *best = NULL;

	g_assert_nonnull(dir);
	while ((name = g_dir_read_name(dir)) != NULL)
		if (best == NULL || g_ascii_strtoull(name, NULL, 10) > g_ascii_strtoull(best, NULL, 10))
			best = name;
	return g_build_filename("/usr/lib/postgresql", best, "bin", NULL);
}

/* The server dies with us, also when a test aborts. */
static inline void
cluster_launch(Cluster *cluster)
{
	g_autofree char *data = g_strdup_printf("%s/data", cluster->folder);
	g_autofree char *postgres = g_build_filename(cluster->bin, "postgres", NULL);
	const char *const as_postgres[] = { "--reuid=postgres", "--regid=postgres", "--clear-groups" };
	g_autoptr(GPtrArray) argv = g_ptr_array_new();
	GError *error = NULL;

	g_ptr_array_add(argv, (gpointer)"setpriv");
	for (guint i = 0; i < G_N_ELEMENTS(as_postgres) && getuid() == 0; i++)
		g_ptr_array_add(argv, (gpointer)as_postgres[i]);
	for (const char *const *word = (const char *const[]){ "--pdeathsig", "QUIT", postgres, "-D",
	    data, "-k", cluster->folder, "-c", "listen_addresses=", "-c", "logging_collector=on",
	    "-c", "log_directory=..", "-c", "log_filename=log", NULL }; *word != NULL; word++)
		g_ptr_array_add(argv, (gpointer)*word);
	g_ptr_array_add(argv, NULL);
	g_spawn_async(NULL, (char **)argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
	    G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, &cluster->pid, &error);
	g_assert_no_error(error);
}

static inline void
cluster_await(const Cluster *cluster)
{
	g_autofree char *conninfo = g_strdup_printf("host=%s dbname=postgres user=postgres", cluster->folder);
	GError *error = NULL;

	for (int tries = 0; tries < 600; tries++) {
		g_autoptr(Db) db = NULL;

		g_clear_error(&error);
		db = db_open_raw(conninfo, NULL, &error);
		if (db != NULL) {
			g_assert_true(db_script(db, "create database sluis", NULL));
			return;
		}
		g_usleep(50000);
	}
	g_assert_no_error(error);
}

static inline void
cluster_migrate(const Cluster *cluster)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, &error);
	guint from, to;

	g_assert_no_error(error);
	migrate_run(db, cluster->schema, &from, &to, &error);
	g_assert_no_error(error);
}

static inline Cluster *
cluster_start(void)
{
	Cluster *cluster = g_new0(Cluster, 1);
	g_autofree char *make = NULL;

	cluster->folder = g_strdup_printf("%s/pg.XXXXXX", g_get_tmp_dir());
	g_assert_nonnull(g_mkdtemp_full(cluster->folder, 0777));
	if (getuid() == 0)
		g_assert_cmpint(chmod(cluster->folder, 0777), ==, 0);
	cluster->bin = cluster_bin();
	cluster->conninfo = g_strdup_printf("host=%s dbname=sluis", cluster->folder);
	cluster->superuser = g_strdup_printf("%s user=postgres", cluster->conninfo);
	cluster->schema = file_installed("share/sluis/schema");
	make = g_strdup_printf("%s/initdb -D %s/data -U postgres -A trust -E UTF8 --locale=C "
	    "--no-sync >/dev/null", cluster->bin, cluster->folder);
	cluster_run(make);
	cluster_launch(cluster);
	cluster_await(cluster);
	cluster_migrate(cluster);
	return cluster;
}

static inline void
cluster_stop(Cluster *cluster)
{
	kill(cluster->pid, SIGQUIT);
	waitpid(cluster->pid, NULL, 0);
	file_remove_tree(cluster->folder);
	g_free(cluster->folder);
	g_free(cluster->bin);
	g_free(cluster->conninfo);
	g_free(cluster->superuser);
	g_free(cluster->schema);
	g_free(cluster);
}

static inline Db *
cluster_open(const Cluster *cluster, const char *role)
{
	GError *error = NULL;
	Db *db = db_open(cluster->conninfo, role, &error);

	g_assert_no_error(error);
	return db;
}

/* As superuser: a statement, and a number. */
static inline void
cluster_do(const Cluster *cluster, const char *sql)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, &error);

	g_assert_no_error(error);
	db_script(db, sql, &error);
	g_assert_no_error(error);
}

static inline gint64
cluster_number(const Cluster *cluster, const char *sql)
{
	GError *error = NULL;
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, &error);
	g_autoptr(Rows) row = NULL;

	g_assert_no_error(error);
	row = db_row(db, sql, NULL, &error);
	g_assert_no_error(error);
	return rows_int(row, 0, "n");
}

/* A connection the tests share. */
typedef struct {
	Db **db;
	const char *role;
} ClusterSession;

typedef struct {
	const char *name;
	GTestFunc run;
} ClusterTest;

/* All of main(); each table ends in an empty row, sessions may be NULL. */
static inline int
cluster_prove(int argc, char *argv[], Cluster **cluster, const ClusterSession *sessions,
    const ClusterTest *tests)
{
	int failed;

	g_test_init(&argc, &argv, NULL);
	*cluster = cluster_start();
	for (const ClusterSession *at = sessions; at != NULL && at->db != NULL; at++)
		*at->db = cluster_open(*cluster, at->role);
	for (; tests->name != NULL; tests++)
		g_test_add_func(tests->name, tests->run);
	failed = g_test_run();
	for (const ClusterSession *at = sessions; at != NULL && at->db != NULL; at++)
		db_close(*at->db);
	cluster_stop(*cluster);
	return failed;
}

#endif
