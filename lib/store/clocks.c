/* clocks - see clocks.h */

#include "clocks.h"

#include "ids.h"

bool
clocks_set(Db *db, guint case_no, int analyst, const char *kind, gint64 due, GError **error)
{
	Params *params = params_int(params_int(params_new(), case_no), analyst);

	return db_do(db, "select sluis.set_clock($1, $2, $3, $4)",
	    params_time(params_text(params, kind), due), error);
}

Rows *
clocks_list(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_clocks($1)", params_id(params_new(), case_no), error);
}

Rows *
clocks_owed(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.owed_clocks()", NULL, error);
}

bool
clocks_owe(Db *db, guint case_no, const char *kind, gint64 due, GError **error)
{
	Params *params = params_text(params_int(params_new(), case_no), kind);

	return db_do(db, "select sluis.owe_clock($1, $2, $3)", params_time(params, due), error);
}

Rows *
clocks_due(Db *db, gint64 now, GError **error)
{
	return db_query(db, "select * from sluis.due_clocks($1)", params_time(params_new(), now), error);
}

bool
clocks_told(Db *db, gint64 id, bool again, GError **error)
{
	return db_do(db, "select sluis.told_clock($1, $2)",
	    params_bool(params_int(params_new(), id), again), error);
}
