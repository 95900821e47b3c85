/* advised - see advised.h */

#include "advised.h"

#include "ids.h"

Rows *
advised_list(Db *db, const Advised *advised, GError **error)
{
	Params *params = params_bool(params_texts(params_new(), advised->products), advised->everybody);

	return db_query(db, "select * from sluis.list_advised($1, $2, $3, $4)",
	    params_text(params_text(params, advised->kind), advised->umbrella), error);
}

bool
advised_open(Db *db, const AdvisedCase *wanted, guint *case_no, char **tag, bool *again,
    GError **error)
{
	Params *params = params_text(params_bytes(params_new(), wanted->content), wanted->named);
	g_autoptr(Rows) row = NULL;

	params_text(params_int(params_text(params, wanted->prefix), wanted->year), wanted->inbox);
	row = db_row(db, "select * from sluis.open_advisory($1, $2, $3, $4, $5, $6)",
	    params_text(params, wanted->severity), error);
	if (row == NULL)
		return false;
	*case_no = (guint)rows_int(row, 0, "case_no");
	*tag = g_strdup(rows_text(row, 0, "tag"));
	*again = rows_bool(row, 0, "again");
	return true;
}

bool
advised_ask(Db *db, gint64 party, GError **error)
{
	return db_do(db, "select sluis.ask_party($1, 'advisory')", params_int(params_new(), party), error);
}

gint64
advised_release(Db *db, const char *cause, const char *reason, GError **error)
{
	return id_query(db, "select sluis.release_advisory($1, $2) as id",
	    params_text(params_text(params_new(), cause), reason), error);
}
