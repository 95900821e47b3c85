/*
 * gate - does what is to leave say who somebody else is? (T-47)
 *
 * Before a text is encrypted to one party it is searched for whatever names any
 * other. A hit holds it, and shows the analyst what was found in which line; it
 * is never an error.
 */

#ifndef SLUIS_STAGE_GATE_H
#define SLUIS_STAGE_GATE_H

#include <stdbool.h>
#include <glib.h>

#include "sides.h"
#include "tools.h"

typedef struct {
	const char *held;	/* a fixed phrase; NULL: nothing was found */
	char *found, *line;	/* what, and where; NULL if it is in an attachment */
	guint searched;		/* how many identifiers it was searched for */
} GateFinding;

void gate_finding_clear(GateFinding *finding);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GateFinding, gate_finding_clear)

/* sides: all parties of the case, to among them. text and enclosures (of
 * Enclosure) as they are to leave. */
bool gate_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    const char *text, const GPtrArray *enclosures, GateFinding *finding, GError **error);

#endif
