/*
 * persons - what a report shows of people who have nothing to do with it
 *
 * A report that lays files open may quote them. It is counted and said so, its
 * attachments wait until somebody asks for them, and nothing of that kind leaves
 * without an analyst's second look: who it is about did not choose to be passed
 * on, least of all from hand to hand.
 */

#ifndef SLUIS_STAGE_PERSONS_H
#define SLUIS_STAGE_PERSONS_H

#include <stdbool.h>
#include <glib.h>

#include "mail.h"
#include "personal.h"

/* What is in a mail: its text and subject, then each attachment. Of Personal. */
GArray *persons_of(const Mail *mail);
bool persons_in_attachment(const GArray *persons, guint n);	/* from 0 */
Personal persons_sum(const GArray *persons);

/* Why what is to leave is held, a fixed phrase; NULL: nothing of that kind is in
 * it. enclosures: of Enclosure. */
const char *persons_held(const char *text, const GPtrArray *enclosures);

#endif
