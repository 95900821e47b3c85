/*
 * graft - an opened entity in the place of the one that was closed
 *
 * Of the mail's header all stays but what it says of its content (Content-*):
 * that comes from the entity. A Subject the entity protects (RFC 9788) takes
 * the place of the one outside, as a reader would show it. Nothing is decoded;
 * line ends become those of the mail.
 */

#ifndef SLUIS_MAIL_GRAFT_H
#define SLUIS_MAIL_GRAFT_H

#include <glib.h>

#include "split.h"

/* subject: the header its protected Subject stands in; empty: there is none. */
GBytes *graft_entity(GBytes *mail, Entity entity, Slice subject);

#endif
