/* migrate - a schema that can be put down twice, upgraded, and never lowered (T-11) */

#include "cluster.h"

#include "error.h"

static Cluster *cluster;

/* A copy of the schema's folder that may be changed. */
static char *
copy(void)
{
	g_autofree char *to = g_strdup_printf("%s/schema.XXXXXX", cluster->folder);
	g_autofree char *command = NULL;
	int status;

	g_assert_nonnull(g_mkdtemp(to));
	command = g_strdup_printf("cp -rL %s/. %s", cluster->schema, to);
	g_assert_true(g_spawn_command_line_sync(command, NULL, NULL, &status, NULL));
	g_assert_cmpint(status, ==, 0);
	return g_steal_pointer(&to);
}

static bool
run(const char *database, const char *folder, guint *from, guint *to, GError **error)
{
	g_autofree char *conninfo = g_strdup_printf("host=%s user=postgres dbname=%s",
	    cluster->folder, database);
	g_autoptr(Db) db = db_open_raw(conninfo, NULL, error);

	return db != NULL && migrate_run(db, folder, from, to, error);
}

/* All that is in the catalogue about us, as one number. */
static gint64
fingerprint(void)
{
	return cluster_number(cluster, "select sum(hashtext(t))::bigint as n from ("
	    "select concat(relname, relkind, relacl) from pg_class where relnamespace = 'sluis'::regnamespace "
	    "union all select concat(proname, proacl, prosrc) from pg_proc where pronamespace = 'sluis'::regnamespace "
	    "union all select concat(nspname, nspacl) from pg_namespace where nspname in ('sluis', 'public') "
	    "union all select concat(datname, datacl) from pg_database where datname = 'sluis' "
	    "union all select concat(rolname, rolconfig, rolcanlogin) from pg_roles where rolname ~ '^sluis_' "
	    "union all select concat(lanname, lanacl) from pg_language) q (t)");
}

static void
test_twice(void)
{
	gint64 before = fingerprint();
	guint from, to;
	GError *error = NULL;

	g_assert_true(run("sluis", cluster->schema, &from, &to, &error));
	g_assert_no_error(error);
	g_assert_cmpint(from, ==, migrate_version());
	g_assert_cmpint(to, ==, migrate_version());
	g_assert_cmpint(fingerprint(), ==, before);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.schema_version"), ==, 1);
}

/* What somebody granted by hand is gone after it. */
static void
test_repairs(void)
{
	gint64 before = fingerprint();
	guint from, to;

	cluster_do(cluster, "grant all on all tables in schema sluis to public, sluis_in;"
	    "grant execute on all functions in schema sluis to public, sluis_out;"
	    "grant all on database sluis to public; grant all on schema public to public;"
	    "alter role sluis_in superuser bypassrls; alter role sluis_in set search_path = public;"
	    "alter role sluis_owner login");
	g_assert_cmpint(fingerprint(), !=, before);
	g_assert_true(run("sluis", cluster->schema, &from, &to, NULL));
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from pg_roles where rolname ~ '^sluis_' "
	    "and (rolsuper or rolbypassrls or (rolname = 'sluis_owner' and rolcanlogin))"), ==, 0);
	g_assert_cmpint(fingerprint(), ==, before);
}

static void
test_newer(void)
{
	g_autofree char *want = g_strdup_printf("the database has schema version 77, newer than "
	    "version %u of this program", migrate_version());
	gint64 before = fingerprint();
	GError *error = NULL;
	guint from, to;

	cluster_do(cluster, "insert into sluis.schema_version values (77)");
	g_assert_false(run("sluis", cluster->schema, &from, &to, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_cmpstr(error->message, ==, want);
	g_clear_error(&error);
	g_assert_cmpint(fingerprint(), ==, before);
	cluster_do(cluster, "delete from sluis.schema_version where version = 77");
}

static void
put_file(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *above = g_path_get_dirname(path);

	g_assert_true(file_make_folder(above, 0755, NULL));
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* Upgrades are run once, in order, as the owner, and all or nothing. */
static void
test_upgrade(void)
{
	g_autofree char *folder = copy();
	g_autoptr(Db) db = db_open_raw(cluster->superuser, NULL, NULL);
	guint version = migrate_version(), from;
	GError *error = NULL;
	g_autofree char *one = g_strdup_printf("upgrade/%04u.sql", version + 1);
	g_autofree char *two = g_strdup_printf("upgrade/%04u.sql", version + 2);
	g_autofree char *far = g_strdup_printf("upgrade/%04u.sql", version + 3);

	put_file(folder, one, "create table sluis.added (n int);");
	put_file(folder, two, "insert into sluis.added values (1); select 1/0;");
	put_file(folder, far, "select 1/0;");
	g_assert_false(migrate_to(db, folder, &from, version + 2, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from pg_class where relname = 'added'"), ==, 0);
	put_file(folder, two, "insert into sluis.added values (1);");
	for (int i = 0; i < 2; i++) {
		g_assert_true(migrate_to(db, folder, &from, version + 2, &error));
		g_assert_cmpint(from, ==, i == 0 ? version : version + 2);
	}
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from sluis.added"), ==, 1);
	g_assert_cmpint(cluster_number(cluster, "select count(*) as n from pg_tables "
	    "where tablename = 'added' and tableowner = 'sluis_owner'"), ==, 1);
}

/* A script that fails leaves nothing of the others. */
static void
test_broken(void)
{
	g_autofree char *folder = copy();
	g_autofree char *views = g_build_filename(folder, "views.sql", NULL);
	g_autofree char *tables = NULL;
	GError *error = NULL;
	guint from, to;

	g_assert_true(g_file_set_contents(views, "select 1;\n\nselect * from sluis.nothing;\n", -1, NULL));
	cluster_do(cluster, "create database broken");
	g_assert_false(run("broken", folder, &from, &to, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_cmpstr(error->message, ==, "views.sql: line 3: relation \"sluis.nothing\" does not exist");
	g_clear_error(&error);
	tables = g_strdup_printf("host=%s user=postgres dbname=broken", cluster->folder);
	{
		g_autoptr(Db) db = db_open_raw(tables, NULL, NULL);
		g_autoptr(Rows) row = db_row(db, "select count(*) as n from pg_namespace where nspname = 'sluis'", NULL, NULL);

		g_assert_cmpint(rows_int(row, 0, "n"), ==, 0);
	}
	g_assert_true(run("broken", cluster->schema, &from, &to, &error));
	g_assert_no_error(error);
	g_assert_cmpint(from, ==, 0);
}

/* No superuser, no schema: told as what it is. */
static void
test_missing(void)
{
	GError *error = NULL;
	g_autofree char *conninfo = g_strdup_printf("host=%s dbname=empty", cluster->folder);
	guint from, to;

	cluster_do(cluster, "create database empty");
	g_assert_null(db_open(conninfo, "sluis_work", &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
	g_assert_false(run("empty", "/nonexistent", &from, &to, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_clear_error(&error);
}

int
main(int argc, char *argv[])
{
	static const ClusterTest tests[] = {
		{ "/migrate/twice", test_twice }, { "/migrate/repairs", test_repairs },
		{ "/migrate/newer", test_newer }, { "/migrate/broken", test_broken },
		{ "/migrate/missing", test_missing }, { "/migrate/upgrade", test_upgrade },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, NULL, tests);
}
