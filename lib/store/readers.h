/*
 * readers - for whose eyes a mail is
 *
 * Most mail is for every analyst; the mail of a case somebody owns for its owner,
 * who has duty and who watches it. What counsel writes, and is asked, is for the
 * legal readers alone, and the words of an extortion for these, its owner and who
 * has duty. The rules are the schema's.
 */

#ifndef SLUIS_STORE_READERS_H
#define SLUIS_STORE_READERS_H

#include "db.h"

/* An analyst who is told of a mail. */
typedef struct {
	int analyst;
	bool reads;		/* its words; else only that it came */
	bool duty;		/* has duty now */
	char *owner;		/* handle of whose case it is; NULL: nobody's */
} Reader;

void reader_free(Reader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reader, reader_free)

/* Of Reader. participant 0: the party is none; the case may be one that is not
 * opened yet. */
GPtrArray *readers_of(Db *db, guint case_no, const char *role, int participant,
    const char *class, GError **error);

/* May that analyst read that message? 1, 0, or -1 with an error. */
int readers_may(Db *db, int analyst, gint64 message, GError **error);

#endif
