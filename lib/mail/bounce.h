/*
 * bounce - what a mail says that could not be delivered
 *
 * RFC 3464 gives fields for it; many mail systems give words, a transcript of
 * SMTP, or the mail that came back and nothing else. What is read here names
 * no mail of ours yet: whoever made the bounce wrote all of it.
 */

#ifndef SLUIS_MAIL_BOUNCE_H
#define SLUIS_MAIL_BOUNCE_H

#include "mime.h"

typedef enum {
	BOUNCE_FAILED,		/* it will not be tried again */
	BOUNCE_DELAYED,		/* it will: nothing is over yet */
	BOUNCE_PASSED,		/* delivered, relayed or expanded, as was asked */
} BounceAction;

typedef struct {
	BounceAction action;
	char *status;		/* "5.1.1" (RFC 3463); "5.0.0" and "4.0.0" where only that is known */
	GPtrArray *ids;		/* char *: Message-IDs of what may have come back */
	GPtrArray *addresses;	/* char *: whom it may not have reached, lower case */
} Bounce;

Bounce *bounce_read(const Mime *outer, const char *subject);
void bounce_free(Bounce *bounce);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Bounce, bounce_free)

/* Signs of one, for kind.h: a subject as mail systems write it (what it begins
 * with, or NULL); words and numbers of a failed delivery near the beginning of
 * the text; a mail, or its header, as a part of it. */
const char *bounce_subject(const char *subject);
bool bounce_has_words(const Mime *outer);
bool bounce_holds_mail(const Mime *outer);

#endif
