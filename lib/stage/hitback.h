/*
 * hitback - an answer to what we told of findings of machines
 *
 * A letter about hits belongs to no case: most of them are never answered, and a case is
 * somebody's work. The first answer from the participant it was for opens one, with that
 * participant as its party; what it, or anybody there, answers later, and to whatever
 * else we told it of the same types while that case is open, comes there too. The letter
 * is found by its Message-ID or by the line with its token. Who has one of these and is
 * not that participant begins nothing with it, and is a note where there is a case (T-34).
 */

#ifndef SLUIS_STAGE_HITBACK_H
#define SLUIS_STAGE_HITBACK_H

#include "run.h"

typedef struct HitBack {
	gint64 hit;
	int participant;
	gint64 told;
	char *types;			/* "scan-rdp, drone" */
} HitBack;

void hitback_free(HitBack *hitback);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HitBack, hitback_free)

/* Fills run->hitback if it is one, and *ref with the case that is there; NULL: none yet. */
bool hitback_look(Run *run, CaseRef **ref, GError **error);

/* For the notice; nothing if it is none. */
void hitback_tell(const Run *run, GHashTable *words, GString *out);

/* A step of the transaction that files the mail, once there are a case and a party: all
 * else that answers comes there. */
bool hitback_file(const Run *run, GError **error);

#endif
