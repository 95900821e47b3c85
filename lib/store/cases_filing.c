/* cases_filing - the steps of the transaction that files a mail; see cases.h */

#include "cases.h"

#include "ids.h"

/* Of what was just filed; 0 with an error. */
static gint64
new_id(Db *db, const char *sql, Params *params, GError **error)
{
	gint64 id = id_query(db, sql, params, error);

	return id > 0 ? id : 0;
}

bool
case_open(Db *db, const NewCase *new_case, GError **error)
{
	Params *params = params_new();

	params_int(params, new_case->case_no);
	params_text(params, new_case->tag);
	params_text(params, new_case->inbox);
	params_text(params, new_case->class);
	params_text(params, new_case->motive);
	params_text(params, new_case->severity);
	return db_do(db, "select sluis.open_case($1, $2, $3, $4, $5, $6)", params, error);
}

bool
case_note_inbox(Db *db, guint case_no, const char *inbox, GError **error)
{
	return db_do(db, "select sluis.note_inbox($1, $2)",
	    params_text(params_int(params_new(), case_no), inbox), error);
}

bool
case_note_participant(Db *db, guint case_no, int participant, const char *how, GError **error)
{
	Params *params = params_new();

	params_int(params, case_no);
	params_int(params, participant);
	params_text(params, how);
	return db_do(db, "select sluis.note_participant($1, $2, $3)", params, error);
}

gint64
case_add_party(Db *db, guint case_no, const char *role, int participant, gint64 reporter,
    const char *language, guint *number, GError **error)
{
	g_autoptr(Rows) row = NULL;
	Params *params = params_new();

	params_int(params, case_no);
	params_text(params, role);
	params_id(params, participant);
	params_id(params, reporter);
	params_text(params, language);
	row = db_row(db, "select * from sluis.add_party($1, $2, $3, $4, $5)", params, error);
	if (row == NULL)
		return 0;
	if (number != NULL)
		*number = (guint)rows_int(row, 0, "number");
	return rows_int(row, 0, "id");
}

gint64
case_add_message(Db *db, const NewMessage *message, GError **error)
{
	Params *params = params_new();

	params_int(params, message->party);
	params_text(params, message->out ? "out" : "in");
	params_time(params, message->time);
	params_id(params, message->reception);
	params_id(params, message->outbox);
	params_text(params, message->encryption);
	params_text(params, message->signature);
	params_bool(params, message->verified);
	params_bool(params, message->replayed);
	params_text(params, message->kind);
	params_bytes(params, message->signer);
	params_bytes(params, message->wrapped);
	params_bytes(params, message->extract);
	return new_id(db, "select sluis.add_message($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
	    "$11, $12, $13) as id", params, error);
}

bool
case_add_ref(Db *db, GBytes *id_hash, const char *kind, guint case_no, gint64 party,
    int analyst, GError **error)
{
	return case_add_mail_ref(db, id_hash, kind, case_no, party, analyst, 0, error);
}

bool
case_add_mail_ref(Db *db, GBytes *id_hash, const char *kind, guint case_no, gint64 party,
    int analyst, gint64 outbox, GError **error)
{
	Params *params = params_new();

	params_bytes(params, id_hash);
	params_text(params, kind);
	params_int(params, case_no);
	params_id(params, party);
	params_id(params, analyst);
	params_id(params, outbox);
	return db_do(db, "select sluis.add_ref($1, $2, $3, $4, $5, $6)", params, error);
}

bool
case_add_event(Db *db, guint case_no, const char *kind, const char *detail, GError **error)
{
	Params *params = params_new();

	params_int(params, case_no);
	params_text(params, kind);
	params_text(params, detail);
	return db_do(db, "select sluis.add_event($1, $2, $3)", params, error);
}

bool
case_add_nonce(Db *db, GBytes *nonce_hash, int analyst, guint case_no, GBytes *notice_hash,
    const char *cause, gint64 expires, gint64 about, GError **error)
{
	Params *params = params_new();

	params_bytes(params, nonce_hash);
	params_int(params, analyst);
	params_id(params, case_no);
	params_bytes(params, notice_hash);
	params_text(params, cause);
	params_time(params, expires);
	params_id(params, about);
	return db_do(db, "select sluis.add_nonce($1, $2, $3, $4, $5, $6, $7)", params, error);
}

bool
reception_finish(Db *db, gint64 id, const Finish *finish, GError **error)
{
	Params *params = params_new();

	params_int(params, id);
	params_text(params, finish->state);
	params_text(params, finish->reason);
	params_text(params, finish->class);
	params_text(params, finish->motive);
	params_text(params, finish->encryption);
	params_text(params, finish->signature);
	params_id(params, finish->case_no);
	params_id(params, finish->message);
	return db_do(db, "select sluis.finish_reception($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    params, error);
}

gint64
reporter_find(Db *db, GBytes *address_hash, GBytes **wrapped, GBytes **record, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_reporter($1)",
	    params_bytes(params_new(), address_hash), error);

	if (rows == NULL)
		return -1;
	if (rows_count(rows) == 0)
		return 0;
	*wrapped = rows_bytes(rows, 0, "wrapped");
	*record = rows_bytes(rows, 0, "record");
	return rows_int(rows, 0, "id");
}

gint64
reporter_put(Db *db, GBytes *address_hash, GBytes *wrapped, GBytes *record, GError **error)
{
	Params *params = params_new();

	params_bytes(params, address_hash);
	params_bytes(params, wrapped);
	params_bytes(params, record);
	return new_id(db, "select sluis.put_reporter($1, $2, $3) as id", params, error);
}
