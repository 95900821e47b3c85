/* db_place - see db_place.h */

#include "db_place.h"

#include <string.h>
#include <libpq-fe.h>

#include "error.h"

/* What every server has, to say "create database" in. */
#define MAINTENANCE "postgres"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(PQconninfoOption, PQconninfoFree)

static PQconninfoOption *
conninfo_parse(const char *conninfo, GError **error)
{
	char *why = NULL;
	PQconninfoOption *options = PQconninfoParse(conninfo, &why);

	if (options == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "database.conninfo: %s",
		    why != NULL ? g_strchomp(why) : "no memory");
	PQfreemem(why);
	return options;
}

char *
db_place_name(const char *conninfo, GError **error)
{
	g_autoptr(PQconninfoOption) options = conninfo_parse(conninfo, error);

	if (options == NULL)
		return NULL;
	for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
		if (strcmp(option->keyword, "dbname") == 0 && option->val != NULL)
			return g_strdup(option->val);
	error_set(error, SLUIS_ERROR_SETUP, "database.conninfo: expected a dbname");
	return NULL;
}

/* The same server's MAINTENANCE. */
static char *
conninfo_beside(const char *conninfo, GError **error)
{
	g_autoptr(PQconninfoOption) options = conninfo_parse(conninfo, error);
	GString *beside;

	if (options == NULL)
		return NULL;
	beside = g_string_new("dbname=" MAINTENANCE);
	for (const PQconninfoOption *option = options; option->keyword != NULL; option++) {
		if (option->val == NULL || strcmp(option->keyword, "dbname") == 0)
			continue;
		g_string_append_printf(beside, " %s='", option->keyword);
		for (const char *p = option->val; *p != '\0'; p++)
			g_string_append_printf(beside, "%s%c", strchr("'\\", *p) != NULL ? "\\" : "", *p);
		g_string_append_c(beside, '\'');
	}
	return g_string_free(beside, FALSE);
}

/* Put together by the server, which knows how a name is quoted. NULL without
 * an error: it is there. */
static char *
statement(Db *db, const char *name, GError **error)
{
	g_autoptr(Rows) rows = db_query(db,
	    "select format('create database %I encoding ''UTF8'' template template0', $1::text)"
	    " as statement where not exists"
	    " (select from pg_catalog.pg_database where datname = $1::text)",
	    params_text(params_new(), name), error);

	return rows != NULL && rows_count(rows) > 0 ?
	    g_strdup(rows_text(rows, 0, "statement")) : NULL;
}

bool
db_place_make(const char *conninfo, const char *superuser, GError **error)
{
	g_autofree char *name = db_place_name(conninfo, error);
	g_autofree char *beside = name != NULL ? conninfo_beside(conninfo, error) : NULL;
	g_autoptr(Db) db = beside != NULL ? db_open_raw(beside, superuser, error) : NULL;
	g_autofree char *create = NULL;
	g_autoptr(GError) why = NULL;

	if (db == NULL)
		return false;
	create = statement(db, name, &why);
	if (why == NULL)
		return create == NULL || db_script(db, create, error);
	g_propagate_error(error, g_steal_pointer(&why));
	return false;
}

char *
db_place_setting(Db *superuser, const char *name, GError **error)
{
	g_autoptr(Rows) row = db_row(superuser, "select current_setting($1::text) as value",
	    params_text(params_new(), name), error);

	return row != NULL ? g_strdup(rows_text(row, 0, "value")) : NULL;
}

bool
db_place_reload(Db *superuser, GError **error)
{
	return db_do(superuser, "select pg_reload_conf()", NULL, error);
}
