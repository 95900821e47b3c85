/* admin - what the operator's tool asks of the store; see admin.h */

#include "admin.h"

#include "error.h"
#include "ids.h"

/* The answer of a put function: a row id, and whether it is a new one. */
static int
put(Db *db, const char *sql, Params *params, bool *fresh, GError **error)
{
	g_autoptr(Rows) row = db_row(db, sql, params, error);

	if (row == NULL)
		return 0;
	if (fresh != NULL)
		*fresh = rows_bool(row, 0, "fresh");
	return (int)rows_int(row, 0, "id");
}

/* The one row of what a list function gave for a name; takes rows. */
static Rows *
only(Rows *rows, const char *what, GError **error)
{
	g_autoptr(Rows) owned = rows;

	if (owned == NULL)
		return NULL;
	if (rows_count(owned) == 1)
		return g_steal_pointer(&owned);
	error_set(error, SLUIS_ERROR_REFUSED, "there is no %s", what);
	return NULL;
}

static Params *
params_most(Params *params, guint most)
{
	return params_id(params, most);
}

int
admin_put_participant(Db *db, const ParticipantRecord *record, bool *fresh, GError **error)
{
	Params *params = params_new();

	params_text(params, record->name);
	params_text(params, record->title);
	params_text(params, record->kind);
	params_text(params, record->size);
	params_text(params, record->umbrella);
	params_text(params, record->policy);
	params_text(params, record->agreement);
	params_text(params, record->tlp_default);
	params_text(params, record->fallback);
	if (record->digest < 0)
		params_null(params);
	else
		params_bool(params, record->digest != 0);
	params_texts(params, record->aliases);
	params_texts(params, record->languages);
	params_texts(params, record->products);
	params_texts(params, record->domains);
	params_texts(params, record->networks);
	params_texts(params, record->out_of_scope);
	return put(db, "select * from sluis.put_participant($1, $2, $3, $4, $5, $6, $7, $8, $9, "
	    "$10, $11, $12, $13, $14, $15, $16)", params, fresh, error);
}

bool
admin_remove_participant(Db *db, const char *name, GError **error)
{
	return db_do(db, "select sluis.remove_participant($1)",
	    params_text(params_new(), name), error);
}

Rows *
admin_participants(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_participants(null)", NULL, error);
}

Rows *
admin_participant(Db *db, const char *name, GError **error)
{
	return only(db_query(db, "select * from sluis.list_participants($1)",
	    params_text(params_new(), name), error), "participant of that name", error);
}

int
admin_put_contact(Db *db, int participant, const ContactRecord *record, bool *fresh, GError **error)
{
	Params *params = params_new();

	params_int(params, participant);
	params_text(params, record->address);
	params_text(params, record->name);
	params_text(params, record->role);
	params_text(params, record->phone);
	params_text(params, record->hours);
	params_text(params, record->deputy_of);
	params_text(params, record->language);
	params_texts(params, record->receives);
	return put(db, "select * from sluis.put_contact($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    params, fresh, error);
}

bool
admin_remove_contact(Db *db, int participant, const char *address, GError **error)
{
	return db_do(db, "select sluis.remove_contact($1, $2)",
	    params_text(params_int(params_new(), participant), address), error);
}

Rows *
admin_contacts(Db *db, int participant, GError **error)
{
	return db_query(db, "select * from sluis.list_contacts($1)",
	    params_id(params_new(), participant), error);
}

int
admin_put_analyst(Db *db, const char *name, const char *address, const GPtrArray *reads,
    bool *fresh, GError **error)
{
	Params *params = params_text(params_text(params_new(), name), address);

	return put(db, "select * from sluis.put_analyst($1, $2, $3)", params_texts(params, reads),
	    fresh, error);
}

bool
admin_remove_analyst(Db *db, const char *name, GError **error)
{
	return db_do(db, "select sluis.remove_analyst($1)", params_text(params_new(), name), error);
}

Rows *
admin_analysts(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_analysts()", NULL, error);
}

bool
admin_put_certificate(Db *db, const CertificateRecord *record, bool *fresh, GError **error)
{
	g_autoptr(Rows) row = NULL;
	Params *params = params_new();

	params_id(params, record->contact);
	params_id(params, record->analyst);
	params_text(params, record->fingerprint);
	params_text(params, record->encryption);
	params_bytes(params, record->bytes);
	params_text(params, record->algorithm);
	params_texts(params, record->user_ids);
	params_texts(params, record->subkeys);
	params_time(params, record->made);
	params_time(params, record->expires);
	params_text(params, record->unusable);
	params_text(params, record->vouched_by);
	params_text(params, record->vouched_how);
	params_text(params, record->vouched);
	row = db_row(db, "select sluis.put_certificate($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
	    "$12, $13, $14) as fresh", params, error);
	if (row != NULL && fresh != NULL)
		*fresh = rows_bool(row, 0, "fresh");
	return row != NULL;
}

GBytes *
admin_known_certificate(Db *db, const char *fingerprint, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select bytes from sluis.known_certificate($1)",
	    params_text(params_new(), fingerprint), error);

	return rows != NULL && rows_count(rows) > 0 ? rows_bytes(rows, 0, "bytes") : NULL;
}

bool
admin_remove_certificate(Db *db, const char *owner, const char *fingerprint, GError **error)
{
	return db_do(db, "select sluis.remove_certificate($1, $2)",
	    params_text(params_text(params_new(), owner), fingerprint), error);
}

Rows *
admin_certificates(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_certificates()", NULL, error);
}

Rows *
admin_cases(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.list_cases(null, $1)",
	    params_most(params_new(), most), error);
}

Rows *
admin_case(Db *db, const char *tag, GError **error)
{
	return only(db_query(db, "select * from sluis.list_cases($1, null)",
	    params_text(params_new(), tag), error), "case of that name", error);
}

Rows *
admin_parties(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_parties($1)",
	    params_int(params_new(), case_no), error);
}

Rows *
admin_messages(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_messages($1)",
	    params_int(params_new(), case_no), error);
}

Rows *
admin_events(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_events($1)",
	    params_int(params_new(), case_no), error);
}

Rows *
admin_trials(Db *db, GError **error)
{
	return db_query(db, "select * from sluis.list_trials()", NULL, error);
}

Rows *
admin_audit(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.list_audit($1)", params_most(params_new(), most), error);
}

Rows *
admin_receptions(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.list_receptions(null, $1)",
	    params_most(params_new(), most), error);
}

Rows *
admin_reception(Db *db, gint64 id, GError **error)
{
	return only(db_query(db, "select * from sluis.list_receptions($1, null)",
	    params_int(params_new(), id), error), "reception of that number", error);
}

bool
admin_retry_reception(Db *db, gint64 id, GError **error)
{
	return db_do(db, "select sluis.retry_reception($1)", params_int(params_new(), id), error);
}

Rows *
admin_outbox(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.list_outbox(null, $1)",
	    params_most(params_new(), most), error);
}

Rows *
admin_outgoing(Db *db, gint64 id, GError **error)
{
	return only(db_query(db, "select * from sluis.list_outbox($1, null)",
	    params_int(params_new(), id), error), "outgoing mail of that number", error);
}

bool
admin_release(Db *db, gint64 id, GError **error)
{
	return db_do(db, "select sluis.release_outgoing($1)", params_int(params_new(), id), error);
}

bool
admin_drop(Db *db, gint64 id, GError **error)
{
	return db_do(db, "select sluis.drop_outgoing($1)", params_int(params_new(), id), error);
}
