/*
 * sides - the parties of a case as one writes to them, and what waits to leave
 *
 * A party is the reporter, or an organisation of the directory. One that is not
 * a party yet has id 0 and the number it will get; side_open() makes it one, and
 * fails with RETRY if another was faster to take the number, since what was
 * written in the meantime carries it.
 */

#ifndef SLUIS_STORE_SIDES_H
#define SLUIS_STORE_SIDES_H

#include "db.h"

typedef struct {
	guint case_no;
	gint64 id;			/* 0: not a party yet */
	guint number, epoch;
	char *role;			/* reporter, participant, supplier, partner, legal */
	int participant;		/* 0: none */
	gint64 reporter;		/* 0: none */
	char *name;			/* what commands call it: a handle, "reporter", "reporter-2" */
	char *title;			/* of the organisation; NULL */
	char *language;
	bool told;			/* something has left for it before */
	char *state;			/* where it is with the matter; NULL: not a party yet */
	guint said;			/* which of the three answers it gave last; 0 */
	char *said_how;			/* what vouches for that: "signature", "dmarc", "none" */
	GBytes *wrapped, *record;	/* of a reporter, sealed; NULL */
	GBytes *number_wrapped, *own_number;	/* its number for the matter, sealed, "number"; NULL */
	bool direct;			/* it writes to another one itself, or was introduced to it */
	bool hidden;			/* it wants to be named to nobody */
	int bridge;			/* who opened a bridge between it and the reporter; 0 */
	char *asked;			/* which three answers it was offered last; NULL: not a party yet */
	gint64 meets;			/* whom it is being introduced to; 0 */
} Side;

void side_free(Side *side);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Side, side_free)

/* Of Side, in the order of their numbers. */
GPtrArray *sides_of(Db *db, guint case_no, GError **error);

/* The one of that name, case-insensitive; borrowed, NULL if there is none. */
Side *side_named(const GPtrArray *sides, const char *name);
Side *side_of_id(const GPtrArray *sides, gint64 id);

/* An organisation that would become one, added to them; NULL without an error:
 * there is none of that handle. Borrowed. */
Side *side_add(GPtrArray *sides, Db *db, guint case_no, const char *handle, const char *role,
    GError **error);

/* A step: it is a party from now on, and has an id. */
bool side_open(Db *db, Side *side, GError **error);

/* Steps: what that party calls the matter, sealed ("number"); a bridge between it and
 * the reporter is opened or closed; these parties (of Side) write to each other. */
bool side_put_number(Db *db, const Side *side, int analyst, GBytes *wrapped, GBytes *number,
    GError **error);
bool side_set_bridge(Db *db, const Side *side, int analyst, bool on, GError **error);
bool sides_mark_direct(Db *db, const GPtrArray *sides, GError **error);

/* A letter that waits for /confirm, or can still be stopped. */
typedef struct {
	gint64 id, party;
	char *kind;
	char *hash;			/* NULL: it does not wait for a word */
	char *reason;
	GBytes *wrapped, *record;	/* sealed, purpose "record" */
} Waiting;

void waiting_free(Waiting *waiting);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Waiting, waiting_free)
GPtrArray *sides_waiting(Db *db, guint case_no, bool droppable, GError **error);	/* of Waiting */

/* The same as rows, whatever can still be dropped: id, party (int), hash, reason
 * (text), wrapped, record (bytes). */
Rows *sides_waiting_rows(Db *db, guint case_no, GError **error);

/* The cases a letter, or an answer of that analyst, waits in for a word: case_no (int). */
Rows *sides_held_cases(Db *db, int analyst, GError **error);

/* Steps. */
bool sides_ask_confirm(Db *db, gint64 outbox, guint case_no, int analyst, const char *hash,
    GError **error);
bool sides_replace(Db *db, const Side *side, int analyst, GError **error);
bool sides_confirm(Db *db, gint64 outbox, int analyst, gint64 delay, GError **error);
bool sides_forget_progress(Db *db, guint case_no, GError **error);
bool sides_stop(Db *db, gint64 outbox, int analyst, GError **error);

#endif
