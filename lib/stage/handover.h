/*
 * handover - an organisation hands us a report it got
 *
 * A contact of a participant forwards somebody's report: the participant is the
 * first party of the case, and whoever is said to have sent the report becomes its
 * reporter. That is the forwarder's word and no more: nobody writes to the reporter
 * by himself, and the first mail there waits for a second look like any other. What
 * the case is about is found in the report, not in the words around it.
 */

#ifndef SLUIS_STAGE_HANDOVER_H
#define SLUIS_STAGE_HANDOVER_H

#include "handed.h"
#include "run.h"

typedef struct Handover {
	Handed *handed;
	Reporter *reporter;
	char *language;			/* the report's, if we write in it */
	char *contact;			/* who handed it over */
	bool vouched;			/* by a good signature */
	bool hides;			/* the report says that its sender is to be named to nobody */
} Handover;

void handover_free(Handover *handover);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Handover, handover_free)

/* Of a mail that opens a case. Sets the participant, if it is one that hands over. */
bool handover_look(Run *run, GError **error);

/* For the notice; nothing if it is none. */
void handover_tell(const Run *run, GHashTable *words, GString *out);

/* A step of the transaction that files the mail, once there is a case. */
bool handover_file(const Run *run, GError **error);

#endif
