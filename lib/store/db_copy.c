/* db_copy - rows by the thousand; see db.h */

#include "db_private.h"

bool
db_copy_begin(Db *db, const char *sql, GError **error)
{
	PGresult *result = PQexec(db->connection, sql);
	bool begun = PQresultStatus(result) == PGRES_COPY_IN;

	if (!begun)
		db_failed(db, result, error);
	PQclear(result);
	return begun;
}

bool
db_copy_put(Db *db, const char *bytes, gsize length, GError **error)
{
	return PQputCopyData(db->connection, bytes, (int)length) == 1 || db_failed(db, NULL, error);
}

/* What was wrong with the rows is told only here. */
bool
db_copy_end(Db *db, GError **error)
{
	bool sent = PQputCopyEnd(db->connection, NULL) == 1, done = sent;
	PGresult *result;

	while ((result = PQgetResult(db->connection)) != NULL) {
		if (PQresultStatus(result) != PGRES_COMMAND_OK && done)
			done = db_failed(db, result, error);
		PQclear(result);
	}
	return done || (!sent && db_failed(db, NULL, error));
}
