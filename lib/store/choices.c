/* choices - see choices.h */

#include "choices.h"

bool
choices_keep(Db *db, gint64 message, guint answer, const char *how, GError **error)
{
	Params *params = params_int(params_int(params_new(), message), answer);

	return db_do(db, "select sluis.keep_choice($1, $2, $3)", params_text(params, how), error);
}

bool
choices_heard(Db *db, gint64 party, GError **error)
{
	return db_do(db, "select sluis.party_heard($1)", params_int(params_new(), party), error);
}

bool
choices_set(Db *db, gint64 party, int analyst, const char *state, GError **error)
{
	Params *params = params_int(params_int(params_new(), party), analyst);

	return db_do(db, "select sluis.set_party_state($1, $2, $3)", params_text(params, state), error);
}

Rows *
choices_silent(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.silent_parties()", NULL, error);
}

static bool
is_fresh(Db *db, const char *sql, gint64 party, bool *fresh, GError **error)
{
	g_autoptr(Rows) row = db_row(db, sql, params_int(params_new(), party), error);

	*fresh = row != NULL && rows_bool(row, 0, "fresh");
	return row != NULL;
}

bool
choices_nudge(Db *db, gint64 party, bool *fresh, GError **error)
{
	return is_fresh(db, "select sluis.nudge_party($1) as fresh", party, fresh, error);
}

bool
choices_silence(Db *db, gint64 party, bool *fresh, GError **error)
{
	return is_fresh(db, "select sluis.silence_party($1) as fresh", party, fresh, error);
}
