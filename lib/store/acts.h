/*
 * acts - what analysts do by mail, as the store sees it
 *
 * Calls that look something up come first; the others are steps of the
 * transaction that files an answer. They fail with RETRY when what was looked
 * up is not so any more: the answer is then looked at anew (T-38, T-41).
 */

#ifndef SLUIS_STORE_ACTS_H
#define SLUIS_STORE_ACTS_H

#include "db.h"

/* A one-time word, and the words of the notice it stands in. */
typedef struct {
	GBytes *nonce;			/* keyed hash */
	int analyst;
	guint case_no, revision;
	char *tag;			/* of its case, as it was named then; NULL: none */
	bool used, expired, changed;	/* changed: the case is not what it was */
	bool several;			/* another one that holds is of another case */
	bool trial;			/* it stands in no notice: it gives no right at all */
	gint64 message, party;		/* what the notice was about, or the one before a receipt; 0 */
	GBytes *wrapped, *body;		/* sealed, purpose "notice"; NULL if not kept */
} Nonce;

void nonce_free(Nonce *nonce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Nonce, nonce_free)

/* The first of these keyed hashes (of GBytes) that is known, one that still
 * holds before all others; NULL without an error if none is. */
Nonce *acts_find_nonce(Db *db, const GPtrArray *hashes, GError **error);

/* Had these words their effect already? 1, 0, or -1 with an error. */
int acts_is_answered(Db *db, GBytes *content, const char *signer, gint64 made, GError **error);

/* What can be set in a case, as it is; NULL without an error: no such case. */
typedef struct {
	guint case_no, revision;
	char *tag, *status, *class, *motive, *severity, *tlp, *owner;	/* NULL: unset */
	GPtrArray *moves;		/* char *: statuses it may go to */
	GPtrArray *inboxes;		/* char *: addresses */
	gint64 opened;
	bool replayed;			/* as in CaseRef */
	gint64 embargo;			/* not public before; 0: none */
} CaseNow;

void case_now_free(CaseNow *now);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseNow, case_now_free)
CaseNow *acts_case(Db *db, guint case_no, GError **error);

/* The newest thing that was set and not taken back; id 0: there is none. */
typedef struct {
	gint64 id;
	char *field, *old, *new, *who;	/* old NULL: it was unset */
} LastAct;

void last_act_free(LastAct *last);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LastAct, last_act_free)
LastAct *acts_last(Db *db, guint case_no, GError **error);

/* An answer that waits for its analyst's /confirm; NULL without an error. */
typedef struct {
	gint64 id;
	char *hash;
	GBytes *wrapped, *own;		/* sealed, purpose "answer" */
} HeldAnswer;

void held_answer_free(HeldAnswer *held);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HeldAnswer, held_answer_free)
/* case_no 0: of a case that is still to be made. */
HeldAnswer *acts_held_answer(Db *db, guint case_no, int analyst, GError **error);

/* What analysts wrote inside: id, at (time), who, kind (text), legal (bool: beside
 * counsel's words), wrapped, text (bytes; wrapped null: erased). Oldest first; all, or
 * what that analyst may read. */
Rows *acts_notes(Db *db, guint case_no, GError **error);
Rows *acts_notes_for(Db *db, guint case_no, int analyst, GError **error);

/* wrapped, record (bytes); no row: there is none. */
Rows *acts_triage(Db *db, guint case_no, GError **error);

/* Tags of cases that have to do with it, char *. */
GPtrArray *acts_links(Db *db, guint case_no, GError **error);

/* Handles of participants the case is about that were never told, char *. */
GPtrArray *acts_untold(Db *db, guint case_no, GError **error);

/* The newest merge into a case that was not taken back, and the tag of what was
 * merged; 0: none, -1 with an error. */
gint64 acts_last_merging(Db *db, guint case_no, char **tag, GError **error);

/* The steps. */
bool acts_use_nonce(Db *db, GBytes *nonce, GError **error);
bool acts_keep_answered(Db *db, GBytes *content, const char *signer, gint64 made,
    gint64 reception, GError **error);
bool acts_keep_notice(Db *db, const char *cause, guint case_no, GBytes *wrapped, GBytes *body,
    GError **error);
bool acts_set(Db *db, guint case_no, int analyst, const char *field, const char *value,
    GError **error);
bool acts_set_title(Db *db, guint case_no, int analyst, GBytes *wrapped, GBytes *title,
    GError **error);
bool acts_undo(Db *db, gint64 act, int analyst, GError **error);
bool acts_note(Db *db, guint case_no, int analyst, const char *kind, const char *detail,
    GError **error);
/* party: beside whose mail it was written; 0: beside none. */
bool acts_add_note(Db *db, guint case_no, int analyst, const char *kind, GBytes *wrapped,
    GBytes *text, gint64 party, GError **error);
/* confirmed: "yes", "no", "partly" or NULL, which is kept in clear. */
bool acts_put_triage(Db *db, guint case_no, int analyst, GBytes *wrapped, GBytes *record,
    const char *confirmed, GError **error);
bool acts_link(Db *db, guint case_no, guint other, int analyst, GError **error);
bool acts_merge(Db *db, guint case_no, guint other, int analyst, GError **error);
bool acts_split(Db *db, gint64 merging, int analyst, GError **error);
bool acts_move_message(Db *db, gint64 message, guint other, int analyst, GError **error);
bool acts_watch(Db *db, guint case_no, int analyst, GError **error);
bool acts_set_duty(Db *db, int analyst, GError **error);
bool acts_hold_answer(Db *db, guint case_no, int analyst, const char *cause, const char *hash,
    GBytes *wrapped, GBytes *own, GError **error);
bool acts_settle_answer(Db *db, gint64 id, const char *state, GError **error);

/* How the answer to a trial came. */
typedef struct {
	bool is_signed, encrypted;
	bool nonce;			/* its one-time word came back */
	bool subject;			/* its Subject was protected */
} TrialFindings;

/* A trial is sent; it was answered, without its one-time word only if one waits
 * for that. */
bool acts_start_trial(Db *db, int analyst, GError **error);
bool acts_note_trial(Db *db, int analyst, const TrialFindings *findings, GError **error);

/* A line of the audit; case_no and reception 0: none. */
bool acts_audit(Db *db, const char *who, const char *what, guint case_no, gint64 reception,
    const char *detail, GError **error);

#endif
