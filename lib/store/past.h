/*
 * past - what is known of whoever reports: earlier cases, marks, the same text
 *
 * All by keyed hashes; nothing of it says who somebody is.
 */

#ifndef SLUIS_STORE_PAST_H
#define SLUIS_STORE_PAST_H

#include "db.h"

typedef struct {
	guint cases, confirmed, refuted, unwelcome, open;
	guint recent, before;		/* in the last 90 days, in the 90 before */
	gint64 since;			/* of the first; 0: none */
	char *last_tag, *last_class, *last_status;	/* of the newest whose reporter may be
					 * named; NULL: none */
	GPtrArray *verdicts;		/* char *: "yes", "no", "partly" of the last five, newest first */
	GBytes *wrapped, *mark;		/* sealed, purpose "mark"; NULL: none */
	gint64 until;			/* the mark holds */
	char *who;			/* made it; NULL: none */
} Past;

void past_free(Past *past);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Past, past_free)

/* By reporter (0: not known yet) and hashes, of GBytes, of addresses and keys; without
 * the case it is asked for (0: none). */
Past *past_of(Db *db, gint64 reporter, const GPtrArray *hashes, guint case_no, GError **error);

/* A text that shares a band. */
typedef struct {
	GBytes *sketch;
	guint case_no;
	char *tag;
	gint64 reporter;		/* who sent it; 0: not known */
	GPtrArray *participants;	/* char *: handles of whom its case is about */
	gint64 came;
	bool open;			/* its case is not closed */
} SameText;

void same_text_free(SameText *same);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SameText, same_text_free)

/* Oldest first; bands: of GBytes. */
GPtrArray *past_same_texts(Db *db, const GPtrArray *bands, GError **error);

/* A step: the sketch of a message. */
bool past_keep_sketch(Db *db, gint64 message, GBytes *sketch, const GPtrArray *bands, GError **error);

/* Of the operator's tool: who reported a case (0 with an error: nobody), and what is
 * to be seen with all they send; mark NULL takes it away. */
gint64 past_reporter(Db *db, const char *tag, GError **error);
bool past_mark(Db *db, const char *tag, const char *who, gint64 until, GBytes *wrapped, GBytes *mark,
    GError **error);

#endif
