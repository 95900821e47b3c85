/*
 * release - a message of a case, opened again to be passed on
 *
 * Its text is in its extract; what an extract has not got are the attachments,
 * so the raw mail is opened once more for those that are picked.
 */

#ifndef SLUIS_STAGE_RELEASE_H
#define SLUIS_STAGE_RELEASE_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

typedef struct {
	gint64 id, party, reception;
	char *subject, *text;
	bool answers;			/* it refers to another mail */
	bool automatic;			/* no person wrote it */
	GPtrArray *enclosures;		/* of Enclosure: as they came */
} Released;

void released_free(Released *released);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Released, released_free)

/* message 0: the report, the first one in of the case's first party. picked: of
 * guint, numbers of attachments. REFUSED: it is not there, or has no such one. */
Released *release_message(const Tools *tools, Db *db, guint case_no, gint64 message,
    const GArray *picked, GError **error);

/* The mail as it was received. */
GBytes *release_raw(const Tools *tools, Db *db, const Released *released, GError **error);

#endif
