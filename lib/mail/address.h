/*
 * address - may we print this address as one of ours to write to?
 */

#ifndef SLUIS_MAIL_ADDRESS_H
#define SLUIS_MAIL_ADDRESS_H

#include <stdbool.h>

/* An addr-spec (RFC 5321 Mailbox) with a dot-string local part and a domain of
 * whole labels: no quotes, comments, literals, blanks or anything but ASCII,
 * so that it reads the same to every program (T-51). */
bool address_is_plain(const char *address);

#endif
