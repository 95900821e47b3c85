/*
 * ticket - the number a desk gave to what we wrote
 *
 * Help desks put it into the subject of all they send. It is a suggestion: an
 * analyst keeps it with /ref.
 */

#ifndef SLUIS_MAIL_TICKET_H
#define SLUIS_MAIL_TICKET_H

#include <stdbool.h>

/* "INC0012345" of "[INC0012345] Your request was received"; NULL if there is
 * none, or it might be one of ours. The caller's. */
char *ticket_of(const char *subject);

/* Does a subject say that a ticket was made of our mail? */
bool ticket_is_receipt(const char *subject);

#endif
