/* verdicts - messages whose signatures are looked at again; see verdicts.h */

#include "verdicts.h"

#include "ids.h"

gint64
verdicts_ask(Db *db, const char *tag, GError **error)
{
	return id_query(db, "select sluis.reverify_case($1) as id",
	    params_text(params_new(), tag), error);
}

bool
verdicts_ask_again(Db *db, gint64 message, const char *key, GError **error)
{
	return db_do(db, "select sluis.ask_again($1, $2)",
	    params_text(params_int(params_new(), message), key), error);
}

GArray *
verdicts_due(Db *db, guint most, GError **error)
{
	return ids_query(db, "select sluis.due_reverifications($1) as id",
	    params_int(params_new(), most), error);
}

Rows *
verdicts_unheeded(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.unheeded_certificates($1)",
	    params_int(params_new(), most), error);
}

bool
verdicts_heed(Db *db, const GArray *ids, const GPtrArray *hashes, GError **error)
{
	return db_do(db, "select sluis.heed_certificates($1::text[]::bigint[], $2)",
	    params_hashes(params_ids(params_new(), ids), hashes), error);
}

Rows *
verdicts_take(Db *db, gint64 case_no, guint most, guint most_tries, GError **error)
{
	Params *params = params_new();

	params_int(params, case_no);
	params_int(params, most);
	params_int(params, most_tries);
	return db_query(db, "select * from sluis.take_reverifications($1, $2, $3)", params, error);
}

bool
verdicts_keep(Db *db, gint64 message, const char *reason, GError **error)
{
	return db_do(db, "select sluis.keep_verdict($1, $2)",
	    params_text(params_int(params_new(), message), reason), error);
}

bool
verdicts_change(Db *db, const ChangedVerdict *changed, GError **error)
{
	Params *params = params_new();

	params_int(params, changed->message);
	params_text(params, changed->signature);
	params_bytes(params, changed->signer);
	params_bytes(params, changed->wrapped);
	params_bytes(params, changed->extract);
	return db_do(db, "select sluis.change_verdict($1, $2, $3, $4, $5)", params, error);
}

bool
verdicts_postpone(Db *db, gint64 case_no, gint64 seconds, GError **error)
{
	return db_do(db, "select sluis.postpone_reverifications($1, $2)",
	    params_int(params_int(params_new(), case_no), seconds), error);
}
