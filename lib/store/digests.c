/* digests - see digests.h */

#include "digests.h"

bool
digests_take_night(Db *db, bool *taken, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.take_night() as taken", NULL, error);

	*taken = row != NULL && rows_bool(row, 0, "taken");
	return row != NULL;
}

Rows *
digests_due(Db *db, const char *day, GError **error)
{
	return db_query(db, "select id from sluis.digests_due($1)", params_text(params_new(), day),
	    error);
}

Rows *
digests_head(Db *db, int participant, GError **error)
{
	return db_query(db, "select * from sluis.digest_head($1)",
	    params_int(params_new(), participant), error);
}

Rows *
digests_cases(Db *db, int participant, GError **error)
{
	return db_query(db, "select * from sluis.digest_cases($1)",
	    params_int(params_new(), participant), error);
}

/* Since ever, of one that had none. */
Rows *
digests_hits(Db *db, int participant, gint64 since, GError **error)
{
	return db_query(db, "select * from sluis.digest_observations($1, $2)",
	    params_time(params_int(params_new(), participant), MAX(since, 1)), error);
}

bool
digests_take(Db *db, int participant, const char *day, gint64 until, bool *fresh, GError **error)
{
	Params *params = params_text(params_int(params_new(), participant), day);
	g_autoptr(Rows) row = db_row(db, "select sluis.take_digest($1, $2, $3) as fresh",
	    params_time(params, until), error);

	*fresh = row != NULL && rows_bool(row, 0, "fresh");
	return row != NULL;
}

bool
digests_last_night(Db *db, gint64 *made, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.last_night() as made", NULL, error);

	*made = row != NULL ? rows_time(row, 0, "made") : 0;
	return row != NULL;
}

Rows *
digests_team(Db *db, gint64 since, GError **error)
{
	return db_query(db, "select * from sluis.team_night($1)", params_time(params_new(), since), error);
}

bool
digests_end_night(Db *db, const char *day, gint64 made, bool *fresh, GError **error)
{
	Params *params = params_time(params_text(params_new(), day), made);
	g_autoptr(Rows) row = db_row(db, "select sluis.end_night($1, $2) as fresh", params, error);

	*fresh = row != NULL && rows_bool(row, 0, "fresh");
	return row != NULL;
}
