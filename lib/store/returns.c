/* returns - see returns.h */

#include "returns.h"

#include "ids.h"

void
returned_free(Returned *returned)
{
	if (returned == NULL)
		return;
	g_free(returned->kind);
	g_free(returned->state);
	g_free(returned->who);
	g_free(returned->address);
	g_free(returned->severity);
	g_free(returned);
}

static Returned *
returned_of_row(const Rows *rows)
{
	Returned *returned = g_new0(Returned, 1);

	returned->outbox = rows_int(rows, 0, "outbox");
	returned->kind = g_strdup(rows_text(rows, 0, "kind"));
	returned->state = g_strdup(rows_text(rows, 0, "state"));
	returned->case_no = (guint)rows_int(rows, 0, "case");
	returned->party_number = (guint)rows_int(rows, 0, "party_number");
	returned->party = rows_int(rows, 0, "party");
	returned->contact = (int)rows_int(rows, 0, "contact");
	returned->analyst = (int)rows_int(rows, 0, "analyst");
	returned->who = g_strdup(rows_text(rows, 0, "who"));
	returned->address = g_strdup(rows_text(rows, 0, "address"));
	returned->severity = g_strdup(rows_text(rows, 0, "severity"));
	returned->dead = rows_bool(rows, 0, "dead");
	returned->hidden = rows_bool(rows, 0, "hidden");
	return returned;
}

Returned *
returns_find(Db *db, const GPtrArray *hashes, guint case_no, guint party_number,
    const GPtrArray *addresses, GError **error)
{
	Params *params = params_id(params_hashes(params_new(), hashes), case_no);
	g_autoptr(Rows) rows = NULL;

	params_texts(params_int(params, party_number), addresses);
	rows = db_query(db, "select * from sluis.find_returned($1, $2, $3, $4)", params, error);
	return rows != NULL && rows_count(rows) > 0 ? returned_of_row(rows) : NULL;
}

bool
returns_note(Db *db, gint64 outbox, const char *status, const char *fate, GError **error)
{
	Params *params = params_text(params_int(params_new(), outbox), status);

	return db_do(db, "select sluis.return_outgoing($1, $2, $3)", params_text(params, fate), error);
}

gint64
returns_reached(Db *db, const char *address, GError **error)
{
	return id_query(db, "select sluis.reached($1) as id", params_text(params_new(), address), error);
}
