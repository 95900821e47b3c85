/*
 * cases - matters, their parties and their messages
 *
 * The calls that write are steps of one transaction: a stage finds out, then
 * everything is filed between db_begin() and db_commit() under the lock of
 * the reception. Sealed things come in and go out sealed; keys are none of the
 * store's business.
 */

#ifndef SLUIS_STORE_CASES_H
#define SLUIS_STORE_CASES_H

#include "db.h"

typedef struct {
	guint case_no;
	char *tag;
	char *status;
	char *inbox;		/* address of the one it began in */
	guint revision;
	bool replayed;		/* a message of it came before, elsewhere: nothing of
				 * it leaves unseen (T-26) */
	gint64 party;		/* row id; 0 unknown */
	guint party_number, epoch;
	char *role;		/* of the party; NULL unknown */
	int participant;	/* of the party; 0 none */
	gint64 reporter;	/* of the party; 0 none */
	char *language;		/* of the party */
} CaseRef;

void case_ref_free(CaseRef *ref);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CaseRef, case_ref_free)

/* Of the first row; NULL if there is none. */
CaseRef *case_ref_read(const Rows *rows);

/* Each gives NULL without an error when there is none. */

/* Waits for the lock of that origin (held to the end of the session), so that
 * both inboxes' copies of one mail cannot both open a case. */
CaseRef *case_by_origin(Db *db, GBytes *origin, GError **error);
CaseRef *case_by_party(Db *db, guint case_no, guint party_number, GError **error);
CaseRef *case_by_tag(Db *db, const char *tag, GError **error);

/* By keyed hashes of references, newest first: the first that is known, with
 * what it is. kind: "minted", "seen", "notice"; *analyst: whom the notice went
 * to, else 0. Neither is touched when there is none. */
CaseRef *case_by_refs(Db *db, const GPtrArray *hashes, char **kind, int *analyst,
    GError **error);

/* The newest open case of that reporter, of those in which it wants to be named to
 * nobody, or of the others: one of these says who is in one of those (T-49). */
CaseRef *case_by_reporter(Db *db, gint64 reporter, bool hidden, GError **error);

/* The open case of a participant a tag names, if it is one. */
bool case_concerns(Db *db, guint case_no, int participant, GError **error);

/* A number and a tag for a case this reception may open; the same again on a
 * second try. Commits by itself. */
bool case_reserve(Db *db, gint64 reception, const char *prefix, int year,
    guint *case_no, char **tag, GError **error);

/* The steps of filing. */
typedef struct {
	guint case_no;
	const char *tag, *inbox, *class, *motive, *severity;
} NewCase;
bool case_open(Db *db, const NewCase *new_case, GError **error);
bool case_note_inbox(Db *db, guint case_no, const char *inbox, GError **error);
bool case_note_participant(Db *db, guint case_no, int participant, const char *how, GError **error);
gint64 case_add_party(Db *db, guint case_no, const char *role, int participant,
    gint64 reporter, const char *language, guint *number, GError **error); /* 0: error; an existing one is found again */

typedef struct {
	gint64 party;
	bool out;
	gint64 time;
	gint64 reception, outbox;	/* 0: none */
	const char *encryption, *signature;
	bool verified;
	bool replayed;			/* came before, elsewhere (T-26) */
	const char *kind;		/* "automatic", "bounce", "list"; NULL: a person's */
	GBytes *signer;			/* keyed hash of who signed it, whoever that is; NULL */
	GBytes *wrapped, *extract;
} NewMessage;
gint64 case_add_message(Db *db, const NewMessage *message, GError **error);	/* 0: error */
bool case_add_ref(Db *db, GBytes *id_hash, const char *kind, guint case_no,
    gint64 party, int analyst, GError **error);
/* The id of a mail of ours, for what comes back. */
bool case_add_mail_ref(Db *db, GBytes *id_hash, const char *kind, guint case_no,
    gint64 party, int analyst, gint64 outbox, GError **error);
bool case_add_event(Db *db, guint case_no, const char *kind, const char *detail, GError **error);
/* about: the message a receipt goes on about; 0: none, or that of the cause. */
bool case_add_nonce(Db *db, GBytes *nonce_hash, int analyst, guint case_no,
    GBytes *notice_hash, const char *cause, gint64 expires, gint64 about, GError **error);

/* The end of a try, in the same transaction, and what the mail was found to be
 * (kept in columns of reception; NULL where it was not found out). state:
 * done, parked, superseded. case_no and message 0: none. */
typedef struct {
	const char *state, *reason;
	const char *class, *motive, *encryption, *signature;
	guint case_no;
	gint64 message;
} Finish;
bool reception_finish(Db *db, gint64 id, const Finish *finish, GError **error);

/* The reporter of that keyed address: row id, 0 if new; *wrapped and *record
 * are sealed. reporter_put() makes or replaces the record. */
gint64 reporter_find(Db *db, GBytes *address_hash, GBytes **wrapped, GBytes **record, GError **error);
gint64 reporter_put(Db *db, GBytes *address_hash, GBytes *wrapped, GBytes *record, GError **error);

#endif
