/* cases - matters, their parties and their messages; see cases.h */

#include "cases.h"

#include "ids.h"

void
case_ref_free(CaseRef *ref)
{
	if (ref == NULL)
		return;
	g_free(ref->tag);
	g_free(ref->status);
	g_free(ref->inbox);
	g_free(ref->role);
	g_free(ref->language);
	g_free(ref);
}

CaseRef *
case_ref_read(const Rows *rows)
{
	CaseRef *ref;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	ref = g_new0(CaseRef, 1);
	ref->case_no = (guint)rows_int(rows, 0, "case_no");
	ref->tag = g_strdup(rows_text(rows, 0, "tag"));
	ref->status = g_strdup(rows_text(rows, 0, "status"));
	ref->inbox = g_strdup(rows_text(rows, 0, "inbox"));
	ref->revision = (guint)rows_int(rows, 0, "revision");
	ref->replayed = rows_bool(rows, 0, "replayed");
	ref->party = rows_int(rows, 0, "party");
	ref->party_number = (guint)rows_int(rows, 0, "party_number");
	ref->epoch = (guint)rows_int(rows, 0, "epoch");
	ref->role = g_strdup(rows_text(rows, 0, "role"));
	ref->participant = (int)rows_int(rows, 0, "participant");
	ref->reporter = rows_int(rows, 0, "reporter");
	ref->language = g_strdup(rows_text(rows, 0, "language"));
	return ref;
}

static CaseRef *
look_up(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, sql, params, error);

	return case_ref_read(rows);
}

CaseRef *
case_by_origin(Db *db, GBytes *origin, GError **error)
{
	return look_up(db, "select * from sluis.find_case_by_origin($1)",
	    params_bytes(params_new(), origin), error);
}

CaseRef *
case_by_party(Db *db, guint case_no, guint party_number, GError **error)
{
	return look_up(db, "select * from sluis.find_case_by_party($1, $2)",
	    params_int(params_int(params_new(), case_no), party_number), error);
}

CaseRef *
case_by_tag(Db *db, const char *tag, GError **error)
{
	return look_up(db, "select * from sluis.find_case_by_tag($1)",
	    params_text(params_new(), tag), error);
}

CaseRef *
case_by_reporter(Db *db, gint64 reporter, bool hidden, GError **error)
{
	return look_up(db, "select * from sluis.find_case_by_reporter($1, $2)",
	    params_bool(params_int(params_new(), reporter), hidden), error);
}

CaseRef *
case_by_refs(Db *db, const GPtrArray *hashes, char **kind, int *analyst, GError **error)
{
	g_autoptr(Rows) rows = db_query(db,
	    "select kind, analyst, (ref).* from sluis.find_case_by_refs($1)",
	    params_hashes(params_new(), hashes), error);

	if (rows != NULL && rows_count(rows) > 0) {
		*kind = g_strdup(rows_text(rows, 0, "kind"));
		*analyst = (int)rows_int(rows, 0, "analyst");
	}
	return case_ref_read(rows);
}

bool
case_concerns(Db *db, guint case_no, int participant, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.case_concerns($1, $2) as concerns",
	    params_int(params_int(params_new(), case_no), participant), error);

	return row != NULL && rows_bool(row, 0, "concerns");
}

bool
case_reserve(Db *db, gint64 reception, const char *prefix, int year, guint *case_no,
    char **tag, GError **error)
{
	g_autoptr(Rows) row = NULL;
	Params *params = params_new();

	params_id(params, reception);
	params_text(params, prefix);
	params_int(params, year);
	row = db_row(db, "select * from sluis.reserve_case($1, $2, $3)", params, error);
	if (row == NULL)
		return false;
	*case_no = (guint)rows_int(row, 0, "case_no");
	*tag = g_strdup(rows_text(row, 0, "tag"));
	return true;
}
