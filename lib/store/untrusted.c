/* untrusted - see untrusted.h */

#include "untrusted.h"

#include "error.h"
#include "ids.h"

bool
untrusted_keep(Db *db, const UntrustedKey *key, GError **error)
{
	Params *params = params_new();

	params_int(params, key->reception);
	params_id(params, key->case_no);
	params_bytes(params, key->fingerprint);
	params_bytes(params, key->content);
	params_text(params, key->origin);
	params_bool(params, key->encrypted);
	params_bytes(params, key->wrapped);
	params_bytes(params, key->record);
	return db_do(db, "select sluis.quarantine_key($1, $2, $3, $4, $5, $6, $7, $8)", params, error);
}

bool
untrusted_keep_revocation(Db *db, const UntrustedRevocation *revocation, GError **error)
{
	Params *params = params_new();

	params_bytes(params, revocation->fingerprint);
	params_bytes(params, revocation->content);
	params_bytes(params, revocation->wrapped);
	params_bytes(params, revocation->record);
	return db_do(db, "select sluis.keep_revocation($1, $2, $3, $4)", params, error);
}

Rows *
untrusted_revocations(Db *db, GBytes *fingerprint, GError **error)
{
	return db_query(db, "select * from sluis.revocations_of($1)",
	    params_bytes(params_new(), fingerprint), error);
}

Rows *
untrusted_list(Db *db, gint64 id, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.list_quarantine($1)",
	    params_id(params_new(), id), error);

	if (rows == NULL || id == 0 || rows_count(rows) == 1)
		return g_steal_pointer(&rows);
	error_set(error, SLUIS_ERROR_REFUSED, "there is no key %" G_GINT64_FORMAT " in quarantine", id);
	return NULL;
}

bool
untrusted_settle(Db *db, gint64 id, const char *state, GError **error)
{
	return db_do(db, "select sluis.settle_quarantine($1, $2)",
	    params_text(params_int(params_new(), id), state), error);
}
