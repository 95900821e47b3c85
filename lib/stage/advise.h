/*
 * advise - an advisory to those it is for
 *
 * One case for it, in which each participant is a party of its own: each of its
 * contacts that receives cases gets the words, encrypted, with what machines read
 * enclosed as it came, and three answers to choose from. All letters are HELD until
 * the same is ordered once more with the name of these very words and addressees;
 * what the gate found, or what waits for a key, goes on being held after that.
 */

#ifndef SLUIS_STAGE_ADVISE_H
#define SLUIS_STAGE_ADVISE_H

#include <stdbool.h>
#include <glib.h>

#include "advisory.h"
#include "advised.h"
#include "tools.h"

#define ADVISE_HELD "advisory: waits for a second look"

typedef struct {
	const Advisory *advisory;
	const Rows *to;			/* of advised_list() */
	GBytes *file;			/* enclosed, if it is CSAF */
	const char *named;		/* tag of a case; NULL: one of its own */
} Advise;

/* A few letters that name the words and whom they are for. The caller's. */
char *advise_hash(const Advise *advise);

typedef struct {
	guint case_no;
	char *tag;
	GPtrArray *letters;		/* of Dispatch, filed */
} AdviseFiled;

void advise_filed_free(AdviseFiled *filed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AdviseFiled, advise_filed_free)

/* Files what is not yet; again changes nothing. */
AdviseFiled *advise_file(const Tools *tools, Db *db, const Advise *advise, GError **error);

#endif
