/* reception - mails as they were taken, and whose turn they are; see reception.h */

#include "reception.h"

#include <string.h>

#include "blob.h"
#include "error.h"
#include "ids.h"

static Rows *
accept(Db *db, const Acceptance *acceptance, const char *blob, GError **error)
{
	Params *params = params_new();

	params_text(params, acceptance->inbox);
	params_bytes(params, acceptance->fingerprint);
	params_bytes(params, acceptance->origin);
	params_int(params, acceptance->size);
	params_text(params, blob);
	params_bytes(params, acceptance->wrapped);
	params_bytes(params, acceptance->envelope);
	if (acceptance->imported)
		return db_row(db, "select sluis.import_mail($1, $2, $3, $4, $5, $6, $7, $8) as again",
		    params_time(params, acceptance->came), error);
	return db_row(db, "select sluis.accept($1, $2, $3, $4, $5, $6, $7) as again", params, error);
}

/* Each chunk is on its way, and gone from here, before the next one is made. */
static bool
add_parts(Db *db, const Acceptance *acceptance, const char *blob, GError **error)
{
	GBytes *chunk;
	bool good = true;

	for (guint n = 0; good && (chunk = acceptance->next_part(acceptance->source)) != NULL; n++) {
		good = blob_add_part(db, blob, n, chunk, error);
		g_bytes_unref(chunk);
	}
	return good;
}

/*
 * One round trip. What stands in a pipeline up to its end is one transaction,
 * and the answer to accept() is only looked at when the end has been reached,
 * which is after the commit.
 */
bool
reception_accept(Db *db, const Acceptance *acceptance, bool *again, GError **error)
{
	g_autofree char *blob = blob_id();
	g_autoptr(Rows) row = NULL;

	db_pipeline_begin(db);
	if (add_parts(db, acceptance, blob, error))
		row = accept(db, acceptance, blob, error);
	if (row == NULL) {
		db_rollback(db);
		return false;
	}
	*again = rows_bool(row, 0, "again");
	return db_pipeline_end(db, error);
}

Accepted *
reception_find(Db *db, GBytes *fingerprint, const char *inbox, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_reception($1, $2)",
	    params_text(params_bytes(params_new(), fingerprint), inbox), error);
	Accepted *accepted;
	const char *state;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	accepted = g_new0(Accepted, 1);
	state = rows_text(rows, 0, "state");
	accepted->id = rows_int(rows, 0, "id");
	accepted->over = strcmp(state, "received") != 0 && strcmp(state, "trying") != 0;
	accepted->tag = g_strdup(rows_text(rows, 0, "tag"));
	accepted->party = rows_int(rows, 0, "party");
	accepted->fresh = rows_bool(rows, 0, "fresh");
	return accepted;
}

void
accepted_free(Accepted *accepted)
{
	if (accepted == NULL)
		return;
	g_free(accepted->tag);
	g_free(accepted);
}

GArray *
reception_due(Db *db, guint most, GError **error)
{
	return ids_query(db, "select id from sluis.due_receptions($1) id",
	    params_int(params_new(), most), error);
}

static Reception *
reception_of(const Rows *row, gint64 id)
{
	Reception *reception = g_new0(Reception, 1);

	reception->id = id;
	reception->inbox = g_strdup(rows_text(row, 0, "inbox"));
	reception->size = rows_int(row, 0, "size");
	reception->received = rows_time(row, 0, "received");
	reception->tries = (guint)rows_int(row, 0, "tries");
	reception->origin = rows_bytes(row, 0, "origin");
	reception->wrapped = rows_bytes(row, 0, "wrapped");
	reception->envelope = rows_bytes(row, 0, "envelope");
	reception->blob = g_strdup(rows_text(row, 0, "blob"));
	return reception;
}

TryOutcome
reception_try(Db *db, gint64 id, guint most_tries, Reception **reception, GError **error)
{
	static const char *const words[] = { "go", "spent", "busy", "over", "parked" };
	g_autoptr(Rows) row = db_row(db, "select * from sluis.try_reception($1, $2)",
	    params_int(params_int(params_new(), id), most_tries), error);
	TryOutcome outcome = TRY_BUSY;

	*reception = NULL;
	if (row == NULL)
		return TRY_BUSY;
	while (strcmp(words[outcome], rows_text(row, 0, "outcome")) != 0)
		outcome = (outcome + 1) % G_N_ELEMENTS(words);
	if (outcome == TRY_GO || outcome == TRY_SPENT)
		*reception = reception_of(row, id);
	return outcome;
}

void
reception_free(Reception *reception)
{
	if (reception == NULL)
		return;
	g_free(reception->inbox);
	g_free(reception->blob);
	g_clear_pointer(&reception->origin, g_bytes_unref);
	g_clear_pointer(&reception->wrapped, g_bytes_unref);
	g_clear_pointer(&reception->envelope, g_bytes_unref);
	g_free(reception);
}

static Params *
put_off(gint64 id, const char *reason, guint seconds)
{
	return params_int(params_text(params_int(params_new(), id), reason), seconds);
}

bool
reception_forgive(Db *db, gint64 id, const char *reason, guint seconds, GError **error)
{
	return db_do(db, "select sluis.forgive_reception($1, $2, $3)",
	    put_off(id, reason, seconds), error);
}

bool
reception_blame(Db *db, gint64 id, const char *reason, guint seconds, GError **error)
{
	return db_do(db, "select sluis.blame_reception($1, $2, $3)",
	    put_off(id, reason, seconds), error);
}
