/*
 * handed - the mail that a mail hands over
 *
 * Somebody got a report and forwards it, attached as a message or written into
 * theirs under a block of header lines. What is inside is read like a mail of its
 * own. Who sent that one is what the forwarder's program wrote down: it identifies
 * nobody, and is good for a name to begin with.
 */

#ifndef SLUIS_MAIL_HANDED_H
#define SLUIS_MAIL_HANDED_H

#include "mail.h"

typedef struct {
	Mime *mime;
	Mail *mail;		/* its from is never NULL */
	bool attached;		/* and not written into the other */
} Handed;

/* The first one; NULL if there is none that names its sender. */
Handed *handed_find(const Mail *mail);
void handed_free(Handed *handed);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Handed, handed_free)

#endif
