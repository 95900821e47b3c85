/* acts - see acts.h */

#include "acts.h"

#include "ids.h"

void
nonce_free(Nonce *nonce)
{
	if (nonce == NULL)
		return;
	g_clear_pointer(&nonce->nonce, g_bytes_unref);
	g_clear_pointer(&nonce->wrapped, g_bytes_unref);
	g_clear_pointer(&nonce->body, g_bytes_unref);
	g_free(nonce->tag);
	g_free(nonce);
}

Nonce *
acts_find_nonce(Db *db, const GPtrArray *hashes, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_nonce($1)",
	    params_hashes(params_new(), hashes), error);
	Nonce *nonce;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	nonce = g_new0(Nonce, 1);
	nonce->nonce = rows_bytes(rows, 0, "nonce");
	nonce->analyst = (int)rows_int(rows, 0, "analyst");
	nonce->case_no = (guint)rows_int(rows, 0, "case_no");
	nonce->revision = (guint)rows_int(rows, 0, "revision");
	nonce->used = rows_bool(rows, 0, "used");
	nonce->expired = rows_bool(rows, 0, "expired");
	nonce->changed = rows_bool(rows, 0, "changed");
	nonce->tag = g_strdup(rows_text(rows, 0, "tag"));
	nonce->several = rows_bool(rows, 0, "several");
	nonce->trial = rows_bool(rows, 0, "trial");
	nonce->message = rows_int(rows, 0, "message");
	nonce->party = rows_int(rows, 0, "party");
	nonce->wrapped = rows_bytes(rows, 0, "wrapped");
	nonce->body = rows_bytes(rows, 0, "body");
	return nonce;
}

/* Signed words, by whom and when. */
static Params *
params_signed(GBytes *content, const char *signer, gint64 made)
{
	return params_time(params_text(params_bytes(params_new(), content), signer), made);
}

int
acts_is_answered(Db *db, GBytes *content, const char *signer, gint64 made, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.is_answered($1, $2, $3) as answered",
	    params_signed(content, signer, made), error);

	return row != NULL ? rows_bool(row, 0, "answered") : -1;
}

void
case_now_free(CaseNow *now)
{
	if (now == NULL)
		return;
	g_free(now->tag);
	g_free(now->status);
	g_free(now->class);
	g_free(now->motive);
	g_free(now->severity);
	g_free(now->tlp);
	g_free(now->owner);
	g_clear_pointer(&now->moves, g_ptr_array_unref);
	g_clear_pointer(&now->inboxes, g_ptr_array_unref);
	g_free(now);
}

CaseNow *
acts_case(Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.case_now($1)",
	    params_int(params_new(), case_no), error);
	CaseNow *now;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	now = g_new0(CaseNow, 1);
	now->case_no = case_no;
	now->revision = (guint)rows_int(rows, 0, "revision");
	now->tag = g_strdup(rows_text(rows, 0, "tag"));
	now->status = g_strdup(rows_text(rows, 0, "status"));
	now->class = g_strdup(rows_text(rows, 0, "class"));
	now->motive = g_strdup(rows_text(rows, 0, "motive"));
	now->severity = g_strdup(rows_text(rows, 0, "severity"));
	now->tlp = g_strdup(rows_text(rows, 0, "tlp"));
	now->owner = g_strdup(rows_text(rows, 0, "owner"));
	now->moves = rows_texts(rows, 0, "moves");
	now->inboxes = rows_texts(rows, 0, "inboxes");
	now->opened = rows_time(rows, 0, "opened");
	now->replayed = rows_bool(rows, 0, "replayed");
	now->embargo = rows_null(rows, 0, "embargo") ? 0 : rows_time(rows, 0, "embargo");
	return now;
}

void
last_act_free(LastAct *last)
{
	if (last == NULL)
		return;
	g_free(last->field);
	g_free(last->old);
	g_free(last->new);
	g_free(last->who);
	g_free(last);
}

LastAct *
acts_last(Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.last_act($1)",
	    params_int(params_new(), case_no), error);
	LastAct *last;

	if (rows == NULL)
		return NULL;
	last = g_new0(LastAct, 1);
	if (rows_count(rows) == 0)
		return last;
	last->id = rows_int(rows, 0, "id");
	last->field = g_strdup(rows_text(rows, 0, "field"));
	last->old = g_strdup(rows_text(rows, 0, "old"));
	last->new = g_strdup(rows_text(rows, 0, "new"));
	last->who = g_strdup(rows_text(rows, 0, "who"));
	return last;
}

void
held_answer_free(HeldAnswer *held)
{
	if (held == NULL)
		return;
	g_free(held->hash);
	g_clear_pointer(&held->wrapped, g_bytes_unref);
	g_clear_pointer(&held->own, g_bytes_unref);
	g_free(held);
}

/* What an analyst does in a case begins with these two. */
static Params *
params_act(guint case_no, int analyst)
{
	return params_int(params_int(params_new(), case_no), analyst);
}

HeldAnswer *
acts_held_answer(Db *db, guint case_no, int analyst, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.find_held_answer($1, $2)",
	    params_int(params_id(params_new(), case_no), analyst), error);
	HeldAnswer *held;

	if (rows == NULL || rows_count(rows) == 0)
		return NULL;
	held = g_new0(HeldAnswer, 1);
	held->id = rows_int(rows, 0, "id");
	held->hash = g_strdup(rows_text(rows, 0, "hash"));
	held->wrapped = rows_bytes(rows, 0, "wrapped");
	held->own = rows_bytes(rows, 0, "own");
	return held;
}

Rows *
acts_notes(Db *db, guint case_no, GError **error)
{
	return acts_notes_for(db, case_no, 0, error);
}

Rows *
acts_notes_for(Db *db, guint case_no, int analyst, GError **error)
{
	return db_query(db, "select * from sluis.list_notes($1, $2)",
	    params_id(params_int(params_new(), case_no), analyst), error);
}

GPtrArray *
acts_links(Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = db_row(db, "select sluis.links_of($1) as tags",
	    params_int(params_new(), case_no), error);

	return rows != NULL ? rows_texts(rows, 0, "tags") : NULL;
}

Rows *
acts_triage(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.triage_of($1)", params_int(params_new(), case_no), error);
}

GPtrArray *
acts_untold(Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) row = db_row(db, "select sluis.untold($1) as names",
	    params_int(params_new(), case_no), error);

	return row != NULL ? rows_texts(row, 0, "names") : NULL;
}

bool
acts_use_nonce(Db *db, GBytes *nonce, GError **error)
{
	return db_do(db, "select sluis.use_nonce($1)", params_bytes(params_new(), nonce), error);
}

bool
acts_keep_answered(Db *db, GBytes *content, const char *signer, gint64 made, gint64 reception,
    GError **error)
{
	return db_do(db, "select sluis.keep_answered($1, $2, $3, $4)",
	    params_int(params_signed(content, signer, made), reception), error);
}

bool
acts_keep_notice(Db *db, const char *cause, guint case_no, GBytes *wrapped, GBytes *body,
    GError **error)
{
	Params *params = params_int(params_text(params_new(), cause), case_no);

	return db_do(db, "select sluis.keep_notice($1, $2, $3, $4)",
	    params_bytes(params_bytes(params, wrapped), body), error);
}

bool
acts_set(Db *db, guint case_no, int analyst, const char *field, const char *value, GError **error)
{
	return db_do(db, "select sluis.set_case($1, $2, $3, $4)",
	    params_text(params_text(params_act(case_no, analyst), field), value), error);
}

bool
acts_set_title(Db *db, guint case_no, int analyst, GBytes *wrapped, GBytes *title, GError **error)
{
	return db_do(db, "select sluis.set_title($1, $2, $3, $4)",
	    params_bytes(params_bytes(params_act(case_no, analyst), wrapped), title), error);
}

bool
acts_undo(Db *db, gint64 act, int analyst, GError **error)
{
	return db_do(db, "select sluis.undo_act($1, $2)",
	    params_int(params_int(params_new(), act), analyst), error);
}

bool
acts_note(Db *db, guint case_no, int analyst, const char *kind, const char *detail, GError **error)
{
	return db_do(db, "select sluis.note_act($1, $2, $3, $4)",
	    params_text(params_text(params_act(case_no, analyst), kind), detail), error);
}

bool
acts_add_note(Db *db, guint case_no, int analyst, const char *kind, GBytes *wrapped, GBytes *text,
    gint64 party, GError **error)
{
	Params *params = params_text(params_act(case_no, analyst), kind);

	return db_do(db, "select sluis.add_note($1, $2, $3, $4, $5, $6)",
	    params_id(params_bytes(params_bytes(params, wrapped), text), party), error);
}

bool
acts_put_triage(Db *db, guint case_no, int analyst, GBytes *wrapped, GBytes *record,
    const char *confirmed, GError **error)
{
	Params *params = params_bytes(params_bytes(params_act(case_no, analyst), wrapped), record);

	return db_do(db, "select sluis.put_triage($1, $2, $3, $4, $5)", params_text(params, confirmed), error);
}

bool
acts_link(Db *db, guint case_no, guint other, int analyst, GError **error)
{
	Params *params = params_int(params_int(params_new(), case_no), other);

	return db_do(db, "select sluis.link_case($1, $2, $3)", params_int(params, analyst), error);
}

bool
acts_merge(Db *db, guint case_no, guint other, int analyst, GError **error)
{
	Params *params = params_int(params_int(params_new(), case_no), other);

	return db_do(db, "select sluis.merge_case($1, $2, $3)", params_int(params, analyst), error);
}

gint64
acts_last_merging(Db *db, guint case_no, char **tag, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.last_merging($1)",
	    params_int(params_new(), case_no), error);

	if (rows == NULL)
		return -1;
	if (rows_count(rows) == 0)
		return 0;
	*tag = g_strdup(rows_text(rows, 0, "tag"));
	return rows_int(rows, 0, "id");
}

bool
acts_split(Db *db, gint64 merging, int analyst, GError **error)
{
	return db_do(db, "select sluis.split_case($1, $2)",
	    params_int(params_int(params_new(), merging), analyst), error);
}

bool
acts_move_message(Db *db, gint64 message, guint other, int analyst, GError **error)
{
	Params *params = params_int(params_int(params_new(), message), other);

	return db_do(db, "select sluis.move_message($1, $2, $3)", params_int(params, analyst), error);
}

bool
acts_watch(Db *db, guint case_no, int analyst, GError **error)
{
	return db_do(db, "select sluis.watch_case($1, $2)", params_act(case_no, analyst), error);
}

bool
acts_set_duty(Db *db, int analyst, GError **error)
{
	return db_do(db, "select sluis.set_duty($1)", params_int(params_new(), analyst), error);
}

bool
acts_hold_answer(Db *db, guint case_no, int analyst, const char *cause, const char *hash,
    GBytes *wrapped, GBytes *own, GError **error)
{
	Params *params = params_int(params_id(params_new(), case_no), analyst);

	params_text(params_text(params, cause), hash);
	return db_do(db, "select sluis.hold_answer($1, $2, $3, $4, $5, $6)",
	    params_bytes(params_bytes(params, wrapped), own), error);
}

bool
acts_settle_answer(Db *db, gint64 id, const char *state, GError **error)
{
	return db_do(db, "select sluis.settle_answer($1, $2)",
	    params_text(params_int(params_new(), id), state), error);
}

bool
acts_start_trial(Db *db, int analyst, GError **error)
{
	return db_do(db, "select sluis.start_trial($1)", params_int(params_new(), analyst), error);
}

bool
acts_note_trial(Db *db, int analyst, const TrialFindings *findings, GError **error)
{
	Params *params = params_int(params_new(), analyst);

	params_bool(params, findings->is_signed);
	params_bool(params, findings->encrypted);
	params_bool(params, findings->nonce);
	params_bool(params, findings->subject);
	return db_do(db, "select sluis.note_trial($1, $2, $3, $4, $5)", params, error);
}

bool
acts_audit(Db *db, const char *who, const char *what, guint case_no, gint64 reception,
    const char *detail, GError **error)
{
	Params *params = params_text(params_text(params_new(), who), what);

	params_id(params, case_no);
	params_id(params, reception);
	return db_do(db, "select sluis.add_audit($1, $2, $3, $4, $5)",
	    params_text(params, detail), error);
}
