/* outbox - what leaves, once per effect; see outbox.h */

#include "outbox.h"

#include "blob.h"
#include "ids.h"

/* A fresh id for chunks, NULL if there are none; the caller's. */
static char *
id_for(const GPtrArray *chunks)
{
	return chunks != NULL ? blob_id() : NULL;
}

static bool
add_chunks(Db *db, const char *blob, const GPtrArray *chunks, GError **error)
{
	return chunks == NULL || blob_add(db, blob, chunks, error);
}

static Params *
params_outgoing(const NewOutgoing *outgoing, const char *blob, const char *draft)
{
	Params *params = params_new();

	params_id(params, outgoing->case_no);
	params_id(params, outgoing->party);
	params_text(params, outgoing->kind);
	params_text(params, outgoing->cause);
	params_text(params, outgoing->target);
	params_text(params, outgoing->state);
	params_text(params, outgoing->reason);
	params_int(params, outgoing->delay);
	params_bytes(params, outgoing->sender_hash);
	params_bytes(params, outgoing->send_wrapped);
	params_bytes(params, outgoing->envelope);
	params_text(params, blob);
	params_bytes(params, outgoing->wrapped);
	params_bytes(params, outgoing->record);
	params_text(params, draft);
	params_bool(params, outgoing->keyless);
	params_bool(params, outgoing->embargoed);
	return params;
}

static gint64
file_row(Db *db, const NewOutgoing *outgoing, bool *again, GError **error)
{
	g_autofree char *blob = id_for(outgoing->bytes), *draft = id_for(outgoing->draft);
	g_autoptr(Rows) row = db_row(db, "select * from sluis.file_outgoing($1, $2, $3, $4, $5, "
	    "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
	    params_outgoing(outgoing, blob, draft), error);

	if (row == NULL)
		return 0;
	*again = rows_bool(row, 0, "again");
	if (!*again && (!add_chunks(db, blob, outgoing->bytes, error) ||
	    !add_chunks(db, draft, outgoing->draft, error)))
		return 0;
	return rows_int(row, 0, "id");
}

/* Runs in the caller's transaction, or in one of its own. */
gint64
outbox_file(Db *db, const NewOutgoing *outgoing, bool *again, GError **error)
{
	bool alone = !db_in_transaction(db);
	gint64 id;

	if (alone && !db_begin(db, error))
		return 0;
	id = file_row(db, outgoing, again, error);
	if (alone && (id == 0 || !db_commit(db, error))) {
		db_rollback(db);
		return 0;
	}
	return id;
}

static bool
build_row(Db *db, gint64 id, const NewOutgoing *outgoing, GError **error)
{
	g_autofree char *blob = id_for(outgoing->bytes);
	Params *params = params_new();

	params_int(params, id);
	params_text(params, outgoing->state);
	params_text(params, outgoing->reason);
	params_bool(params, outgoing->keyless);
	params_int(params, outgoing->delay);
	params_bytes(params, outgoing->send_wrapped);
	params_bytes(params, outgoing->envelope);
	params_text(params, blob);
	params_bytes(params, outgoing->wrapped);
	params_bytes(params, outgoing->record);
	return db_do(db, "select sluis.build_outgoing($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	    params, error) && add_chunks(db, blob, outgoing->bytes, error);
}

bool
outbox_build(Db *db, gint64 id, const NewOutgoing *outgoing, GError **error)
{
	bool alone = !db_in_transaction(db), good;

	if (alone && !db_begin(db, error))
		return false;
	good = build_row(db, id, outgoing, error) && (!alone || db_commit(db, error));
	if (alone && !good)
		db_rollback(db);
	return good;
}

GArray *
outbox_due_drafts(Db *db, guint most, GError **error)
{
	return ids_query(db, "select id from sluis.due_drafts($1) id",
	    params_int(params_new(), most), error);
}

HeldDraft *
outbox_take_draft(Db *db, gint64 id, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.take_draft($1)",
	    params_int(params_new(), id), error);
	HeldDraft *draft;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	draft = g_new0(HeldDraft, 1);
	draft->id = id;
	draft->case_no = (guint)rows_int(rows, 0, "case_no");
	draft->party = rows_int(rows, 0, "party");
	draft->kind = g_strdup(rows_text(rows, 0, "kind"));
	draft->cause = g_strdup(rows_text(rows, 0, "cause"));
	draft->target = g_strdup(rows_text(rows, 0, "target"));
	draft->wrapped = rows_bytes(rows, 0, "wrapped");
	draft->record = rows_bytes(rows, 0, "record");
	draft->draft = g_strdup(rows_text(rows, 0, "draft"));
	return draft;
}

void
held_draft_free(HeldDraft *draft)
{
	if (draft == NULL)
		return;
	g_free(draft->kind);
	g_free(draft->cause);
	g_free(draft->target);
	g_free(draft->draft);
	g_clear_pointer(&draft->wrapped, g_bytes_unref);
	g_clear_pointer(&draft->record, g_bytes_unref);
	g_free(draft);
}

bool
outbox_postpone_draft(Db *db, gint64 id, gint64 seconds, GError **error)
{
	return db_do(db, "select sluis.postpone_draft($1, $2)",
	    params_int(params_int(params_new(), id), seconds), error);
}

bool
outbox_may_acknowledge(Db *db, GBytes *sender_hash, gint64 per_sender, gint64 in_all,
    bool *may, GError **error)
{
	g_autoptr(Rows) row = NULL;
	Params *params = params_new();

	params_bytes(params, sender_hash);
	params_int(params, per_sender);
	params_int(params, in_all);
	row = db_row(db, "select sluis.may_acknowledge($1, $2, $3) as may", params, error);
	*may = row != NULL && rows_bool(row, 0, "may");
	return row != NULL;
}

GArray *
outbox_due(Db *db, guint most, GError **error)
{
	return ids_query(db, "select id from sluis.due_outgoing($1) id",
	    params_int(params_new(), most), error);
}

Outgoing *
outbox_take(Db *db, gint64 id, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.take_outgoing($1)",
	    params_int(params_new(), id), error);
	Outgoing *outgoing;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	outgoing = g_new0(Outgoing, 1);
	outgoing->id = id;
	outgoing->attempts = (guint)rows_int(rows, 0, "attempts");
	outgoing->kind = g_strdup(rows_text(rows, 0, "kind"));
	outgoing->wrapped = rows_bytes(rows, 0, "wrapped");
	outgoing->envelope = rows_bytes(rows, 0, "envelope");
	outgoing->blob = g_strdup(rows_text(rows, 0, "blob"));
	outgoing->confirmed = rows_bool(rows, 0, "confirmed");
	return outgoing;
}

void
outgoing_free(Outgoing *outgoing)
{
	if (outgoing == NULL)
		return;
	g_free(outgoing->kind);
	g_free(outgoing->blob);
	g_clear_pointer(&outgoing->wrapped, g_bytes_unref);
	g_clear_pointer(&outgoing->envelope, g_bytes_unref);
	g_free(outgoing);
}

bool
outbox_sent(Db *db, gint64 id, GError **error)
{
	return db_do(db, "select sluis.sent_outgoing($1)", params_int(params_new(), id), error);
}

bool
outbox_defer(Db *db, gint64 id, const char *reason, gint64 seconds, GError **error)
{
	Params *params = params_text(params_int(params_new(), id), reason);

	return db_do(db, "select sluis.defer_outgoing($1, $2, $3)",
	    params_int(params, seconds), error);
}

bool
outbox_fail(Db *db, gint64 id, const char *reason, GError **error)
{
	return db_do(db, "select sluis.fail_outgoing($1, $2)",
	    params_text(params_int(params_new(), id), reason), error);
}

bool
outbox_hold(Db *db, gint64 id, const char *reason, GError **error)
{
	return db_do(db, "select sluis.hold_outgoing($1, $2)",
	    params_text(params_int(params_new(), id), reason), error);
}
