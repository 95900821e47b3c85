/* known - see known.h */

#include "known.h"

#include "ids.h"

bool
known_note(Db *db, gint64 party, const GPtrArray *hashes, GError **error)
{
	return db_do(db, "select sluis.note_identifiers($1, $2)",
	    params_hashes(params_int(params_new(), party), hashes), error);
}

Rows *
known_find(Db *db, const Asked *asked, GError **error)
{
	Params *params = params_new();

	params_id(params, asked->case_no);
	params_id(params, asked->participant);
	params_id(params, asked->reporter);
	params_hashes(params, asked->hashes);
	params_texts(params, asked->addresses);
	params_texts(params, asked->hosts);
	params_texts(params, asked->names);
	params_texts(params, asked->keys);
	params_texts(params, asked->phones);
	params_texts(params, asked->lines);
	return db_query(db, "select kind, value from sluis.find_identifiers($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	    params, error);
}
