/* past - see past.h */

#include "past.h"

#include "ids.h"

void
past_free(Past *past)
{
	if (past == NULL)
		return;
	g_free(past->last_tag);
	g_free(past->last_class);
	g_free(past->last_status);
	g_ptr_array_unref(past->verdicts);
	g_clear_pointer(&past->wrapped, g_bytes_unref);
	g_clear_pointer(&past->mark, g_bytes_unref);
	g_free(past->who);
	g_free(past);
}

Past *
past_of(Db *db, gint64 reporter, const GPtrArray *hashes, guint case_no, GError **error)
{
	Params *params = params_hashes(params_id(params_new(), reporter), hashes);
	g_autoptr(Rows) row = db_row(db, "select * from sluis.past_of($1, $2, $3)",
	    params_id(params, case_no), error);
	Past *past;

	if (row == NULL)
		return NULL;
	past = g_new0(Past, 1);
	past->cases = (guint)rows_int(row, 0, "cases");
	past->confirmed = (guint)rows_int(row, 0, "confirmed");
	past->refuted = (guint)rows_int(row, 0, "refuted");
	past->unwelcome = (guint)rows_int(row, 0, "unwelcome");
	past->open = (guint)rows_int(row, 0, "open");
	past->recent = (guint)rows_int(row, 0, "recent");
	past->before = (guint)rows_int(row, 0, "before");
	past->since = rows_time(row, 0, "since");
	past->last_tag = g_strdup(rows_text(row, 0, "last_tag"));
	past->last_class = g_strdup(rows_text(row, 0, "last_class"));
	past->last_status = g_strdup(rows_text(row, 0, "last_status"));
	past->verdicts = rows_texts(row, 0, "verdicts");
	past->wrapped = rows_bytes(row, 0, "wrapped");
	past->mark = rows_bytes(row, 0, "mark");
	past->until = rows_time(row, 0, "until");
	past->who = g_strdup(rows_text(row, 0, "who"));
	return past;
}

void
same_text_free(SameText *same)
{
	if (same == NULL)
		return;
	g_bytes_unref(same->sketch);
	g_free(same->tag);
	g_ptr_array_unref(same->participants);
	g_free(same);
}

GPtrArray *
past_same_texts(Db *db, const GPtrArray *bands, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.same_texts($1)",
	    params_hashes(params_new(), bands), error);
	GPtrArray *found;

	if (rows == NULL)
		return NULL;
	found = g_ptr_array_new_with_free_func((GDestroyNotify)same_text_free);
	for (guint i = 0; i < rows_count(rows); i++) {
		SameText *same = g_new0(SameText, 1);

		same->sketch = rows_bytes(rows, i, "sketch");
		same->case_no = (guint)rows_int(rows, i, "case_no");
		same->tag = g_strdup(rows_text(rows, i, "tag"));
		same->reporter = rows_null(rows, i, "reporter") ? 0 : rows_int(rows, i, "reporter");
		same->participants = rows_texts(rows, i, "participants");
		same->came = rows_time(rows, i, "came");
		same->open = rows_bool(rows, i, "open");
		g_ptr_array_add(found, same);
	}
	return found;
}

bool
past_keep_sketch(Db *db, gint64 message, GBytes *sketch, const GPtrArray *bands, GError **error)
{
	Params *params = params_bytes(params_int(params_new(), message), sketch);

	return db_do(db, "select sluis.keep_sketch($1, $2, $3)", params_hashes(params, bands), error);
}

gint64
past_reporter(Db *db, const char *tag, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.reporter_of($1) as id",
	    params_text(params_new(), tag), error);

	return row != NULL ? rows_int(row, 0, "id") : 0;
}

bool
past_mark(Db *db, const char *tag, const char *who, gint64 until, GBytes *wrapped, GBytes *mark,
    GError **error)
{
	Params *params = params_time(params_text(params_text(params_new(), tag), who), until);

	return db_do(db, "select sluis.mark_reporter($1, $2, $3, $4, $5)",
	    params_bytes(params_bytes(params, wrapped), mark), error);
}
