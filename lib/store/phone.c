/* phone - see phone.h */

#include "phone.h"

#include "ids.h"

PhoneFacts *
phone_facts(Db *db, guint case_no, gint64 party, int contact, GError **error)
{
	Params *params = params_id(params_id(params_new(), case_no), party);
	g_autoptr(Rows) row = db_row(db, "select * from sluis.phone_facts($1, $2, $3)",
	    params_int(params, contact), error);
	PhoneFacts *facts;

	if (row == NULL)
		return NULL;
	facts = g_new0(PhoneFacts, 1);
	facts->tag = g_strdup(rows_text(row, 0, "tag"));
	facts->severity = g_strdup(rows_text(row, 0, "severity"));
	facts->inbox = g_strdup(rows_text(row, 0, "inbox"));
	facts->number = (guint)rows_int(row, 0, "number");
	facts->epoch = (guint)rows_int(row, 0, "epoch");
	facts->participant = g_strdup(rows_text(row, 0, "participant"));
	facts->title = g_strdup(rows_text(row, 0, "title"));
	facts->content = rows_bool(row, 0, "content");
	return facts;
}

void
phone_facts_free(PhoneFacts *facts)
{
	if (facts == NULL)
		return;
	g_free(facts->tag);
	g_free(facts->severity);
	g_free(facts->inbox);
	g_free(facts->participant);
	g_free(facts->title);
	g_free(facts);
}

bool
phone_open(Db *db, guint case_no, gint64 party, int contact, gint64 due, const char *why,
    GError **error)
{
	Params *params = params_id(params_id(params_new(), case_no), party);

	params_time(params_int(params, contact), due);
	return db_do(db, "select sluis.open_phone_task($1, $2, $3, $4, $5)",
	    params_text(params, why), error);
}

Rows *
phone_tasks(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.list_phone_tasks($1)",
	    params_id(params_new(), case_no), error);
}

bool
phone_remind(Db *db, gint64 id, const char *day, bool *fresh, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.remind_phone_task($1, $2::date) as fresh",
	    params_text(params_int(params_new(), id), day), error);

	*fresh = row != NULL && rows_bool(row, 0, "fresh");
	return row != NULL;
}

gint64
phone_told(Db *db, const char *tag, const char *party, const char *how, gint64 at,
    GError **error)
{
	Params *params = params_text(params_text(params_new(), tag), party);

	params_text(params, how);
	return id_query(db, "select sluis.tell_party($1, $2, $3, $4) as id",
	    params_time(params, at), error);
}
