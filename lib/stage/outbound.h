/*
 * outbound - a mail of one of our own users to a participant's address
 *
 * The mail server hands over what its users send, one recipient at a time. A
 * mail to the address of a participant is built anew from its Subject, its
 * text and its attachments, signed by the team and encrypted to the key pinned
 * for exactly that address, and filed; or it is HELD with a reason. It never
 * goes on in clear. If its Subject names a case that concerns the participant
 * it becomes a message of it; a tag alone makes nobody a party.
 */

#ifndef SLUIS_STAGE_OUTBOUND_H
#define SLUIS_STAGE_OUTBOUND_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

typedef struct {
	const char *sender, *recipient;		/* of the envelope */
	GBytes *mail;
} Outbound;

/* The participant it is to be encrypted for; 0: none, it is no mail of ours or
 * not to a participant, and goes on as it is; -1: error. Ours is what comes
 * from an analyst's address or from the domain of an inbox. */
int outbound_participant(Db *db, const Settings *settings, const char *sender,
    const char *recipient, GError **error);

/* Files it; again changes nothing. *held: the reason, NULL if it leaves.
 * REFUSED for a mail over a limit, or with nothing in it. */
bool outbound_file(const Tools *tools, Db *db, const Outbound *outbound, int participant,
    const char **held, GError **error);

/* A number that only this mail to this recipient has, however often it comes. */
gint64 outbound_number(const Outbound *outbound);

#endif
