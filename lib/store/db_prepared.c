/* db_prepared - statements a session keeps by name; see db.h */

#include "db_private.h"

void
db_keep_statements(Db *db)
{
	if (db->prepared == NULL)
		db->prepared = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

/* Whoever has the session, the same statement has the same name. */
static char *
name_of(const char *sql, const Bound *bound)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA1);

	g_checksum_update(sum, (const guchar *)sql, -1);
	if (bound->count > 0)
		g_checksum_update(sum, (const guchar *)bound->types,
		    (gssize)((gsize)bound->count * sizeof(*bound->types)));
	return g_strdup(g_checksum_get_string(sum));
}

bool
db_send(Db *db, const char *sql, const Bound *bound)
{
	g_autofree char *name = NULL;

	if (db->prepared == NULL)
		return PQsendQueryParams(db->connection, sql, bound->count, bound->types,
		    bound->values, bound->lengths, bound->formats, 1);
	name = name_of(sql, bound);
	if (!g_hash_table_contains(db->prepared, name)) {
		if (!PQsendPrepare(db->connection, name, sql, bound->count, bound->types))
			return false;
		g_hash_table_add(db->prepared, g_strdup(name));
	}
	return PQsendQueryPrepared(db->connection, name, bound->count, bound->values,
	    bound->lengths, bound->formats, 1);
}

PGresult *
db_carry_out(Db *db, const char *sql, const Bound *bound)
{
	g_autofree char *name = NULL;
	PGresult *result;

	if (db->prepared == NULL)
		return PQexecParams(db->connection, sql, bound->count, bound->types,
		    bound->values, bound->lengths, bound->formats, 1);
	name = name_of(sql, bound);
	if (!g_hash_table_contains(db->prepared, name)) {
		result = PQprepare(db->connection, name, sql, bound->count, bound->types);
		if (PQresultStatus(result) != PGRES_COMMAND_OK)
			return result;
		PQclear(result);
		g_hash_table_add(db->prepared, g_strdup(name));
	}
	return PQexecPrepared(db->connection, name, bound->count, bound->values,
	    bound->lengths, bound->formats, 1);
}

bool
db_give_back(Db *db, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select p.name from pg_catalog.pg_advisory_unlock_all() "
	    "left join pg_catalog.pg_prepared_statements p on true", NULL, error);

	if (rows == NULL)
		return false;
	db_keep_statements(db);
	for (guint i = 0; i < rows_count(rows); i++)
		if (!rows_null(rows, i, "name"))
			g_hash_table_add(db->prepared, g_strdup(rows_text(rows, i, "name")));
	return true;
}
