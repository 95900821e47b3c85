/* feeds - see feeds.h */

#include "feeds.h"

#include "ids.h"
#include "times.h"

#define PIECE 65536		/* bytes that are sent at once */

bool
feeds_begin(Db *db, GBytes *content, const char *source, bool vouched, gint64 reception,
    gint64 *id, bool *again, GError **error)
{
	g_autoptr(Rows) row = NULL;

	if (!db_do(db, "set local statement_timeout = '10min'", NULL, error))
		return false;
	row = db_row(db, "select * from sluis.begin_feed($1, $2, 'none', $3, $4)",
	    params_id(params_bool(params_text(params_bytes(params_new(), content), source), vouched),
	        reception), error);
	if (row == NULL)
		return false;
	*id = rows_int(row, 0, "id");
	*again = rows_bool(row, 0, "again");
	return true;
}

struct FeedRows {
	Db *db;
	GString *piece;
};

FeedRows *
feeds_rows_begin(Db *db, GError **error)
{
	FeedRows *rows;

	if (!db_copy_begin(db, "copy sluis.finding (line, address, host, port, type, severity, again, time)"
	    " from stdin", error))
		return NULL;
	rows = g_new0(FeedRows, 1);
	rows->db = db;
	rows->piece = g_string_sized_new(PIECE + 1024);
	return rows;
}

static bool
flush(FeedRows *rows, GError **error)
{
	bool put = db_copy_put(rows->db, rows->piece->str, rows->piece->len, error);

	g_string_truncate(rows->piece, 0);
	return put;
}

static void
add_cell(GString *piece, const char *text)
{
	g_string_append(piece, text != NULL && text[0] != '\0' ? text : "\\N");
	g_string_append_c(piece, '\t');
}

/* No value has anything in it that would have to be escaped. */
bool
feeds_rows_put(FeedRows *rows, const FeedRow *row, GError **error)
{
	g_autofree char *time = row->time != 0 ? times_rfc3339(row->time) : NULL;
	GString *piece = rows->piece;

	g_string_append_printf(piece, "%u\t", row->line);
	add_cell(piece, row->address);
	add_cell(piece, row->host);
	g_string_append_printf(piece, "%u\t%s\t%s\t%" G_GINT64_FORMAT "\t%s\n", row->port, row->type,
	    row->severity, row->again, time != NULL ? time : "\\N");
	return piece->len < PIECE || flush(rows, error);
}

bool
feeds_rows_end(FeedRows *rows, GError **error)
{
	return (rows->piece->len == 0 || flush(rows, error)) && db_copy_end(rows->db, error);
}

void
feeds_rows_free(FeedRows *rows)
{
	if (rows == NULL)
		return;
	g_string_free(rows->piece, TRUE);
	g_free(rows);
}

bool
feeds_match(Db *db, gint64 feed, gint64 now, gint64 *matched, gint64 *others, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select * from sluis.match_feed($1, $2)",
	    params_time(params_int(params_new(), feed), now), error);

	if (row == NULL)
		return false;
	*matched = rows_int(row, 0, "matched");
	*others = rows_int(row, 0, "others");
	return true;
}

bool
feeds_end(Db *db, gint64 feed, const FeedEnd *end, GError **error)
{
	Params *params = params_text(params_int(params_new(), feed), end->format);

	params_int(params_int(params, end->matched), end->others);
	params_int(params_int(params, end->harmless), end->malformed);
	return db_do(db, "select sluis.end_feed($1, $2, $3, $4, $5, $6, $7, $8)",
	    params_texts(params_texts(params, end->lines), end->whys), error);
}

Rows *
feeds_list(Db *db, gint64 id, GError **error)
{
	return db_query(db, "select * from sluis.list_feeds($1)", params_id(params_new(), id), error);
}

Rows *
feeds_faults(Db *db, gint64 feed, GError **error)
{
	return db_query(db, "select * from sluis.list_faults($1)", params_int(params_new(), feed), error);
}

Rows *
feeds_observations(Db *db, const char *participant, gint64 feed, GError **error)
{
	return db_query(db, "select * from sluis.list_observations($1, $2)",
	    params_id(params_text(params_new(), participant), feed), error);
}

gint64
feeds_accept(Db *db, gint64 id, GError **error)
{
	return id_query(db, "select sluis.accept_feed($1) as id", params_int(params_new(), id), error);
}

Rows *
feeds_due(Db *db, guint most, GError **error)
{
	return db_query(db, "select * from sluis.due_hits($1)",
	    params_int(params_new(), most), error);
}

bool
feeds_told(Db *db, const GArray *ids, gint64 now, GError **error)
{
	return db_do(db, "select sluis.tell_hits($1, $2)",
	    params_time(params_ids(params_new(), ids), now), error);
}

Rows *
feeds_reserve_hits(Db *db, guint many, GError **error)
{
	return db_query(db, "select id from sluis.reserve_hits($1) id", params_int(params_new(), many),
	    error);
}

bool
feeds_keep_hit(Db *db, gint64 hit, int participant, const GPtrArray *types, gint64 now,
    const GPtrArray *letters, GError **error)
{
	Params *params = params_texts(params_int(params_int(params_new(), hit), participant), types);

	return db_do(db, "select sluis.keep_hit($1, $2, $3, $4, $5)",
	    params_hashes(params_time(params, now), letters), error);
}

Rows *
feeds_find_hit(Db *db, gint64 hit, const GPtrArray *hashes, CaseRef **ref, GError **error)
{
	Rows *rows = db_query(db, "select hit, whose, told, types, (ref).* from sluis.find_hit($1, $2)",
	    params_hashes(params_id(params_new(), hit), hashes), error);

	*ref = rows != NULL && rows_count(rows) > 0 && !rows_null(rows, 0, "case_no") ?
	    case_ref_read(rows) : NULL;
	return rows;
}

bool
feeds_answer_hit(Db *db, gint64 hit, guint case_no, gint64 party, GError **error)
{
	return db_do(db, "select sluis.answer_hit($1, $2, $3)",
	    params_int(params_int(params_int(params_new(), hit), case_no), party), error);
}
