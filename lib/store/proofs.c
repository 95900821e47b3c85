/* proofs - see proofs.h */

#include "proofs.h"

#include "ids.h"

bool
proofs_note(Db *db, gint64 party, int analyst, const char *method, GBytes *word,
    const char *sent, GError **error)
{
	Params *params = params_text(params_int(params_int(params_new(), party), analyst), method);

	return db_do(db, "select sluis.note_verification($1, $2, $3, $4, $5)",
	    params_text(params_bytes(params, word), sent), error);
}

gint64
proofs_waiting(Db *db, gint64 party, const GPtrArray *words, GError **error)
{
	return id_query(db, "select sluis.open_challenge($1, $2::text[]) as id",
	    params_hashes(params_int(params_new(), party), words), error);
}

bool
proofs_answer(Db *db, gint64 id, gint64 message, const char *how, GError **error)
{
	Params *params = params_int(params_int(params_new(), id), message);

	return db_do(db, "select sluis.answer_challenge($1, $2, $3)", params_text(params, how), error);
}

Rows *
proofs_list(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_verifications($1)",
	    params_int(params_new(), case_no), error);
}
