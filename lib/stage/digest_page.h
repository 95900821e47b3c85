/*
 * digest_page - what one participant may be told tonight
 *
 * Its open cases with where they are, the days that count, what is new since the
 * last digest, and keys that are about to end: from rows of its own only (T-63), and
 * never a word or a name of who reported (T-64). A case that is TLP:RED shows as its
 * tag. What else a night has to tell is a row of the table of sources in the .c.
 */

#ifndef SLUIS_STAGE_DIGEST_PAGE_H
#define SLUIS_STAGE_DIGEST_PAGE_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "directory.h"
#include "overview.h"
#include "tools.h"

typedef struct {
	const Tools *tools;		/* borrowed, as is db */
	Db *db;
	gint64 now;
	char *day;			/* the team's local date: "2026-11-25" */
	bool whole;			/* a Monday: all that is open, not only what is new */
} Night;

void night_begin(Night *night, const Tools *tools, Db *db, gint64 now);
void night_clear(Night *night);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Night, night_clear)

/* What a case is to a digest. */
typedef struct {
	guint row;			/* of cases */
	bool news, due, over, yours;
} DigestCase;

typedef struct {
	const Night *night;		/* borrowed */
	int participant;
	char *name, *title, *language;
	gint64 since, until;		/* how far the last one went, and this one */
	Rows *cases, *hits;
	GArray *shown;			/* of DigestCase */
	GPtrArray *contacts;		/* of Correspondent: whom it goes to */
	guint news, due;		/* how much there is of it, whoever told */
	guint standing;			/* what is open, and neither new nor due */
} DigestPage;

/* NULL without an error: this participant gets no digests. */
DigestPage *digest_page(const Night *night, int participant, GError **error);
void digest_page_free(DigestPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DigestPage, digest_page_free)

/* Nothing is new and nothing due, and on a Monday nothing open either. */
bool digest_page_is_empty(const DigestPage *page);

/* In words of that language. */
Overview *digest_page_overview(const DigestPage *page, GHashTable *words, const char *language);

/* The strictest TLP of what is told in it. */
const char *digest_page_tlp(const DigestPage *page);

/* The case that is due first, a row of cases; -1: none is. */
int digest_page_first_due(const DigestPage *page);

#endif
