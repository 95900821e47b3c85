/*
 * sending - what every verb that writes to a party has in common
 *
 * To whom, the words as the template wants them, and what of them the analyst
 * wrote. It leaves at once if all is as usual; else the very words are shown, and
 * wait for an analyst's second look (T-40).
 */

#ifndef SLUIS_STAGE_SENDING_H
#define SLUIS_STAGE_SENDING_H

#include "acting.h"
#include "release.h"

typedef struct {
	const char *kind, *template;	/* as in Relay */
	Side *to;
	const char *text;		/* as it is filled in */
	const char *own;		/* what of it the analyst wrote; "" */
	const GPtrArray *enclosures;	/* of Enclosure; NULL */
	GHashTable *standard;		/* as in Relay; NULL */
	const char *cause;		/* as in Relay; NULL: one of its own */
	const char *unusual;		/* why it waits for a word whatever else; NULL */
	bool beside;			/* what waits for the same party goes on waiting */
	bool optional;			/* nobody to write to is no reason to refuse */
	bool clear;			/* not encrypted */
} Sending;

/* A cause of its own for what is sent next. */
char *sending_cause(const Acting *acting);

/* Who lets something go stands in the audit with why it had waited (T-47). */
void sending_note_released(Acting *acting, const char *held);

/* Plans it: letters for the outbox, steps, and what the receipt says. */
bool sending_plan(Acting *acting, const Sending *sending, GError **error);

/* Two letters that are released by one word, and only together: both must have
 * somebody to go to with a key. */
bool sending_pair(Acting *acting, const Sending pair[2], GError **error);

/* The message the notice was about, with the attachments that were picked; NULL
 * without an error: refused, also what no person wrote (T-48), and what is not
 * for this analyst's eyes. */
Released *sending_message(Acting *acting, const Command *command, GError **error);

/* The same to be told to another party: what counsel wrote never is. */
Released *sending_telling(Acting *acting, const Command *command, GError **error);

#endif
