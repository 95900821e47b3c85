/* migrate - the schema brought to this program's version; see migrate.h */

#include "migrate.h"

#include <string.h>

#include "error.h"
#include "file.h"

#define VERSION 1
#define MOST_SCRIPT (1024 * 1024)

/* What is run, and when. A folder is all its files, by name. */
static const struct {
	const char *path;
	enum { ALWAYS, WHEN_NEW, WHEN_OLDER } when;
	bool as_owner;
} scripts[] = {
	{ "roles.sql",   ALWAYS,     false },
	{ "install.sql", WHEN_NEW,   false },
	{ "tables.sql",  WHEN_NEW,   true },
	{ "upgrade",     WHEN_OLDER, true },
	{ "api",         ALWAYS,     true },
	{ "views.sql",   ALWAYS,     true },
	{ "grants.sql",  ALWAYS,     false },
};

guint
migrate_version(void)
{
	return VERSION;
}

static bool
run_file(Db *db, const char *path, bool as_owner, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(path, MOST_SCRIPT, error);
	g_autofree char *sql = NULL, *name = g_path_get_basename(path);
	gsize length;

	if (bytes == NULL)
		return false;
	sql = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	length = strlen(sql);
	if (length != g_bytes_get_size(bytes))
		return error_set(error, SLUIS_ERROR_SETUP, "%s is no text", path);
	if (!db_script(db, as_owner ? "set local role sluis_owner" : "reset role", error) ||
	    !db_script(db, sql, error))
		return error_because(error, SLUIS_ERROR_SETUP, name);
	return true;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The *.sql files of a folder, sorted. */
static GPtrArray *
files_of(const char *folder, GError **error)
{
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, error);
	const char *name;

	if (dir == NULL) {
		error_because(error, SLUIS_ERROR_SETUP, "cannot read the schema");
		return NULL;
	}
	while ((name = g_dir_read_name(dir)) != NULL)
		if (g_str_has_suffix(name, ".sql"))
			g_ptr_array_add(files, g_strdup(name));
	g_ptr_array_sort(files, by_name);
	return g_steal_pointer(&files);
}

/* Those above a version and not beyond another; 0 and 0: all. */
static bool
run_folder(Db *db, const char *folder, guint above, guint beyond, bool as_owner, GError **error)
{
	g_autoptr(GPtrArray) files = files_of(folder, error);

	if (files == NULL)
		return false;
	for (guint i = 0; i < files->len; i++) {
		const char *name = g_ptr_array_index(files, i);
		g_autofree char *path = g_build_filename(folder, name, NULL);

		guint64 version = g_ascii_strtoull(name, NULL, 10);

		if (beyond > 0 && (version <= above || version > beyond))
			continue;
		if (!run_file(db, path, as_owner, error))
			return false;
	}
	return true;
}

/* Upgrades are named by the version they lead to. */
static bool
run_all(Db *db, const char *schema_folder, guint from, guint to, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(scripts); i++) {
		g_autofree char *path = g_build_filename(schema_folder, scripts[i].path, NULL);
		bool is_upgrade = scripts[i].when == WHEN_OLDER, good = true;

		if ((scripts[i].when == WHEN_NEW && from != 0) ||
		    (is_upgrade && (from == 0 || from == to)))
			continue;
		if (g_str_has_suffix(path, ".sql"))
			good = run_file(db, path, scripts[i].as_owner, error);
		else
			good = run_folder(db, path, is_upgrade ? from : 0, is_upgrade ? to : 0,
			    scripts[i].as_owner, error);
		if (!good)
			return false;
	}
	return db_script(db, "reset role", error);
}

/* 0 when there is no schema yet. */
static bool
version_now(Db *db, guint *version, GError **error)
{
	g_autoptr(Rows) there = db_row(db,
	    "select to_regclass('sluis.schema_version') is not null as there", NULL, error);
	g_autoptr(Rows) row = NULL;

	*version = 0;
	if (there == NULL || !rows_bool(there, 0, "there"))
		return there != NULL;
	row = db_row(db, "select max(version) as version from sluis.schema_version", NULL, error);
	if (row != NULL)
		*version = (guint)rows_int(row, 0, "version");
	return row != NULL;
}

/* Functions refer to each other, so their bodies are looked at when all are
 * there, that is, when they run; the tests run every one. */
static bool
migrate(Db *db, const char *schema_folder, guint *from, guint to, GError **error)
{
	if (!db_script(db, "set local statement_timeout = 0; set local check_function_bodies = off; "
	    "select pg_advisory_xact_lock(4::bigint << 56)", error) ||
	    !version_now(db, from, error))
		return false;
	if (*from > to)
		return error_set(error, SLUIS_ERROR_SETUP, "the database has schema version %u, "
		    "newer than version %u of this program", *from, to);
	if (!run_all(db, schema_folder, *from, to, error))
		return false;
	return *from == to || db_do(db, "insert into sluis.schema_version (version) values ($1)",
	    params_int(params_new(), to), error);
}

bool
migrate_to(Db *superuser, const char *schema_folder, guint *from, guint to, GError **error)
{
	if (!db_begin(superuser, error))
		return false;
	if (migrate(superuser, schema_folder, from, to, error) && db_commit(superuser, error))
		return true;
	db_rollback(superuser);
	return false;
}

bool
migrate_run(Db *superuser, const char *schema_folder, guint *from, guint *to, GError **error)
{
	*to = VERSION;
	return migrate_to(superuser, schema_folder, from, VERSION, error);
}
