/*
 * gate - does what is to leave say who somebody else is? (T-47)
 *
 * Before a text is encrypted to one party it is searched for whatever names any
 * other party of any case, anybody of the directory, or an analyst; its
 * attachments as well, as far as there are words in them, and for OpenPGP data of
 * others (T-45). What the party itself wrote in this case, and who it is itself, is
 * no secret to it, nor is what others agreed on record that it may know. A hit holds it, and shows the analyst what was found in which
 * line; it is never an error.
 *
 * There is one gate: an answer of an analyst, a forward, and a mail that somebody
 * sends on all go through it.
 */

#ifndef SLUIS_STAGE_GATE_H
#define SLUIS_STAGE_GATE_H

#include <stdbool.h>
#include <glib.h>

#include "sides.h"
#include "tools.h"

typedef struct {
	const char *held;	/* a name of hold.h; NULL: nothing was found */
	char *found, *line;	/* what, and where; NULL if it is no word */
	guint searched;		/* how many words, addresses and numbers were looked up */
} GateFinding;

void gate_finding_clear(GateFinding *finding);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GateFinding, gate_finding_clear)

/* sides: all parties of the case, to among them; of what belongs to no case none,
 * with a to of case 0. text and enclosures (of Enclosure) as they came. */
bool gate_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    const char *text, const GPtrArray *enclosures, GateFinding *finding, GError **error);

#endif
