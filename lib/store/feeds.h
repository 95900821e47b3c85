/*
 * feeds - findings of machines, matched against the directory by set
 *
 * A feed is read within one transaction: begun, its rows copied in, matched, and
 * accounted for; the same bytes a second time are nothing. What it says of
 * participants becomes observations, each of which its contacts are told of at once,
 * if it is severe, and once.
 */

#ifndef SLUIS_STORE_FEEDS_H
#define SLUIS_STORE_FEEDS_H

#include "cases.h"

/* A feed to be read. content: keyed hash of its bytes; reception 0: none. *again: it
 * was read before, as *id. The transaction may take ten minutes. */
bool feeds_begin(Db *db, GBytes *content, const char *source, bool vouched, gint64 reception,
    gint64 *id, bool *again, GError **error);

/* One row; address and host "" or NULL if there is none, time 0. All of them are of
 * the forms feed.h says. */
typedef struct {
	guint line;
	const char *address, *host, *type, *severity;
	guint port;
	gint64 again;			/* seconds */
	gint64 time;
} FeedRow;

/* Rows, gathered and sent by the thousand. */
typedef struct FeedRows FeedRows;
FeedRows *feeds_rows_begin(Db *db, GError **error);
bool feeds_rows_put(FeedRows *rows, const FeedRow *row, GError **error);
bool feeds_rows_end(FeedRows *rows, GError **error);
void feeds_rows_free(FeedRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FeedRows, feeds_rows_free)

bool feeds_match(Db *db, gint64 feed, gint64 now, gint64 *matched, gint64 *others, GError **error);

typedef struct {
	const char *format;
	gint64 matched, others, harmless, malformed;
	const GPtrArray *lines, *whys;	/* char *: the first that are wrong, and why */
} FeedEnd;

bool feeds_end(Db *db, gint64 feed, const FeedEnd *end, GError **error);

/* id 0: the newest. See the schema for the columns. */
Rows *feeds_list(Db *db, gint64 id, GError **error);
Rows *feeds_faults(Db *db, gint64 feed, GError **error);
Rows *feeds_observations(Db *db, const char *participant, gint64 feed, GError **error);
gint64 feeds_accept(Db *db, gint64 id, GError **error);	/* -1: error */

/* What is to be told now, of so many participants at most; then that it was. */
Rows *feeds_due(Db *db, guint most, GError **error);
bool feeds_told(Db *db, const GArray *ids, gint64 now, GError **error);

/* Numbers of letters about it that are being written, one a row ("id"); then a step for
 * each: types are char *, letters keyed hashes of their Message-IDs (GBytes). */
Rows *feeds_reserve_hits(Db *db, guint many, GError **error);
bool feeds_keep_hit(Db *db, gint64 hit, int participant, const GPtrArray *types, gint64 now,
    const GPtrArray *letters, GError **error);

/* What was told, by its number (0: not known) or by Message-IDs: hit, whose, told, types
 * (text); no row: nothing. *ref: the case it is answered in; NULL: none yet. */
Rows *feeds_find_hit(Db *db, gint64 hit, const GPtrArray *hashes, CaseRef **ref, GError **error);

/* A step: it is answered in that case. */
bool feeds_answer_hit(Db *db, gint64 hit, guint case_no, gint64 party, GError **error);

#endif
