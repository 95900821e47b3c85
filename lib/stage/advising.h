/*
 * advising - an advisory an operator sends, in two steps
 *
 * Filed as often as it is typed, it is there once: by what it says and whom it is for it
 * finds its case again, which is one of its own or one that is named.
 */

#ifndef SLUIS_STAGE_ADVISING_H
#define SLUIS_STAGE_ADVISING_H

#include "advise.h"

typedef struct {
	const Advisory *advisory;
	const GPtrArray *to;		/* of Addressee */
	GBytes *file;
	const GPtrArray *enclosures;	/* of Enclosure: what machines read of it */
	const char *named;		/* tag of a case; NULL: one of its own */
	bool early;			/* not even an embargo holds it back */
} Advising;

typedef struct {
	guint case_no;
	char *tag;
	char *hash;			/* names what it says and whom it is for */
	char *cause;			/* of all of them, see outbox.h */
	GPtrArray *letters;		/* of Dispatch, filed */
	gint64 embargo;			/* until when nothing leaves; 0 */
} AdviseFiled;

void advise_filed_free(AdviseFiled *filed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(AdviseFiled, advise_filed_free)

/* The same before it is filed; the caller's. */
char *advising_hash(const Advising *advising);

/* Files what is not yet; again changes nothing. */
AdviseFiled *advising_file(const Tools *tools, Db *db, const Advising *advising, GError **error);

#endif
