/* upkeep - what the operator's tool asks to keep things going; see upkeep.h */

#include "upkeep.h"

#include "ids.h"

Rows *
upkeep_summary(Db *db, GError **error)
{
	return db_row(db, "select * from sluis.queue_summary()", NULL, error);
}

Rows *
upkeep_complaints(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.check_database()", NULL, error);
}

static bool
ask(Db *db, const char *sql, Params *params, bool *answer, GError **error)
{
	g_autoptr(Rows) row = db_row(db, sql, params, error);

	if (row != NULL)
		*answer = rows_bool(row, 0, "answer");
	return row != NULL;
}

bool
upkeep_pause(Db *db, const char *tag, bool *fresh, GError **error)
{
	return ask(db, "select sluis.pause_outgoing($1) as answer",
	    params_text(params_new(), tag), fresh, error);
}

bool
upkeep_resume(Db *db, const char *tag, bool *was, GError **error)
{
	return ask(db, "select sluis.resume_outgoing($1) as answer",
	    params_text(params_new(), tag), was, error);
}

Rows *
upkeep_pauses(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_pauses()", NULL, error);
}

gint64
upkeep_retry_parked(Db *db, GError **error)
{
	return id_query(db, "select sluis.retry_parked() as id", NULL, error);
}

Rows *
upkeep_extracts(Db *db, gint64 behind, guint most, GError **error)
{
	return db_query(db, "select * from sluis.search_extracts($1, $2)",
	    params_int(params_int(params_new(), behind), most), error);
}

bool
upkeep_expect_test(Db *db, GBytes *id, GError **error)
{
	return db_do(db, "select sluis.expect_test($1)", params_bytes(params_new(), id), error);
}

Rows *
upkeep_find_test(Db *db, GBytes *id, GError **error)
{
	return db_query(db, "select * from sluis.find_test($1)",
	    params_bytes(params_new(), id), error);
}

bool
upkeep_finish_test(Db *db, GBytes *id, GError **error)
{
	return db_do(db, "select sluis.finish_test($1)", params_bytes(params_new(), id), error);
}
