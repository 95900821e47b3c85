/* consents - see consents.h */

#include "consents.h"

#include "ids.h"

bool
consents_note(Db *db, const ConsentNote *note, GError **error)
{
	Params *params = params_id(params_int(params_new(), note->party), note->other);

	params_text(params_text(params_text(params, note->what), note->state), note->how);
	params_text(params_text(params, note->signature), note->vouched);
	params_id(params_id(params, note->analyst), note->message);
	params_bytes(params_bytes(params_text(params, note->cause), note->wrapped), note->value);
	return db_do(db, "select sluis.note_consent($1, $2, $3, $4, $5, $6, $7, $8::int, $9, $10, $11, $12)",
	    params, error);
}

char *
consents_question(Db *db, gint64 party, GBytes *id, gint64 *other, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select what, other from sluis.find_question($1, $2)",
	    params_bytes(params_int(params_new(), party), id), error);

	*other = 0;
	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	if (!rows_null(rows, 0, "other"))
		*other = rows_int(rows, 0, "other");
	return g_strdup(rows_text(rows, 0, "what"));
}

int
consents_allow(Db *db, gint64 party, const char *what, gint64 other, GError **error)
{
	Params *params = params_text(params_int(params_new(), party), what);
	g_autoptr(Rows) row = db_row(db, "select sluis.consent_allows($1, $2, $3) as yes",
	    params_id(params, other), error);

	if (row == NULL)
		return -1;
	return rows_bool(row, 0, "yes") ? 1 : 0;
}

GArray *
consents_acquainted(Db *db, gint64 party, GError **error)
{
	return ids_query(db, "select id from sluis.acquaintances($1) id", params_int(params_new(), party),
	    error);
}

bool
consents_introduce(Db *db, gint64 party, gint64 other, int analyst, const char *cause,
    GError **error)
{
	Params *params = params_int(params_int(params_int(params_new(), party), other), analyst);

	return db_do(db, "select sluis.introduce($1, $2, $3, $4)", params_text(params, cause), error);
}

Rows *
consents_list(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_consents($1)",
	    params_int(params_new(), case_no), error);
}
