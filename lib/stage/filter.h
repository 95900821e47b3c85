/*
 * filter - what the stand-alone stages have in common: mail in, mail out
 *
 * The mail is read whole, however large, and what comes out is what came in,
 * with marks on top and not a byte else changed. Nothing is written before all
 * went well: who gets output gets the mail, and who does not, gets an error
 * and still has the mail. A mail over a limit is not looked into; it passes,
 * with X-Sluis-Limit that names the limit and no mark about its contents, since
 * a filter neither loses a mail nor makes somebody bounce it. So does a mail a
 * tool dies of, as "tries": nobody else is here to count them.
 */

#ifndef SLUIS_STAGE_FILTER_H
#define SLUIS_STAGE_FILTER_H

#include <stdbool.h>
#include <glib.h>

#include "mark.h"
#include "stage.h"

typedef struct {
	Tools *tools;
	Db *db;
	GBytes *mail;		/* as it came */
	Marks *marks;		/* what is to be written on it */
	int slot;		/* of the key ring, with TOOLS_PGP; -1 */
} Filter;

/* Reads the mail from standard input and opens some tools (ToolsParts) and the
 * database. RETRY if there is no mail. Waits for a slot of the key ring as
 * long as the program's deadline allows. */
Filter *filter_open(const Settings *settings, guint parts, GError **error);
void filter_free(Filter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Filter, filter_free)

/* The stages on the mail, which only look; NULL: somebody must act. A limit
 * the mail is over is marked. */
Run *filter_look(Filter *filter, GBytes *mail, const char *recipient, const Stage *stages,
    GError **error);

/* The mail with its marks to standard output; all: without any incoming mark,
 * else without those of the kinds written or stripped. */
bool filter_write(const Filter *filter, GBytes *mail, bool all, GError **error);

#endif
