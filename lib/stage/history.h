/*
 * history - who wrote: earlier reports and how they turned out, and the same text
 *
 * A reporter is found again by address and by key, both by keyed hash; a From proves
 * nothing, so what is told is what is known of whoever used this address or key. A
 * text that came before, nearly the same, is told with where it went and to how many
 * it was about. When one sender sends one text about more and more participants it is
 * a mass mailing: from the tenth participant on within a day it is filed in the first
 * one's case, unverified and without an acknowledgement, and analysts hear of it when
 * the count is a round one.
 */

#ifndef SLUIS_STAGE_HISTORY_H
#define SLUIS_STAGE_HISTORY_H

#include "past.h"
#include "run.h"

typedef struct History {
	Past *past;
	char *mark;			/* what analysts marked the reporter with; NULL */
	GBytes *sketch;			/* of this text; NULL: too short */
	GPtrArray *same;		/* of SameText: nearly the same text, oldest first */
	guint participants;		/* different ones it was about, with this one's */
	bool mass;			/* it is one of a mass mailing */
} History;

void history_free(History *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(History, history_free)

/* Fills run->history; of what an organisation or analyst writes nothing. */
bool history_look(Run *run, GError **error);

/* The tag of the case it goes into as one of a mass mailing; NULL: it is none. */
const char *history_case(const Run *run);

/* Is this mail of a mass mailing one too many to be told of? */
bool history_is_mute(const Run *run);

/* Three lines at most. */
void history_tell(const Run *run, GHashTable *words, GString *out);

/* A step of filing. */
bool history_file(const Run *run, gint64 message, GError **error);

#endif
