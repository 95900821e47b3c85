/*
 * observe - findings of machines, on their way to whom they concern
 *
 * A file or a mail is read as feed.h says, each row is given the severity feeds.yaml
 * has for its type, and all of it is matched at once and kept, within the caller's
 * transaction. Every row is accounted for: it concerns a participant, or nobody of
 * ours, or says that all is well, or is wrong, with its line.
 */

#ifndef SLUIS_STAGE_OBSERVE_H
#define SLUIS_STAGE_OBSERVE_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "feed.h"
#include "feedbook.h"
#include "tools.h"

#define OBSERVE_FAULTS 1000	/* lines that are wrong are kept up to as many */

typedef struct {
	const char *name, *source;
	const char *sha256;		/* of all its bytes */
	bool vouched;			/* its source is one we believe */
	gint64 reception;		/* 0: none */
	UnpackRead read;		/* a file's bytes */
	gpointer from;
	const Mime *mime;		/* or a mail; NULL */
} Observable;

typedef struct {
	gint64 feed;
	bool again;			/* it was read before; what follows is 0 */
	FeedTally tally;
	gint64 matched, others;
	GPtrArray *lines, *whys;	/* char *: the first that are wrong */
} Observed;

void observed_free(Observed *observed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Observed, observed_free)

/* Within a transaction. */
Observed *observe(const Tools *tools, Db *db, const Feedbook *book, const Observable *what,
    GError **error);

#endif
