/*
 * clearance - what a text and its attachments go through before they leave
 *
 * They are looked at for OpenPGP data of others (T-45); then the attachments are
 * renamed, pictures become their pixels, and documents the pictures of their pages
 * (T-44). What a person has to look at is a reason to hold, one
 * of hold.h, and never an error.
 */

#ifndef SLUIS_STAGE_CLEARANCE_H
#define SLUIS_STAGE_CLEARANCE_H

#include <glib.h>

#include "compose.h"

/* The first reason to hold it; NULL: there is none. enclosures as they came. */
const char *clearance_judge(const char *text, const GPtrArray *enclosures);

/* The words in it that leave with it, or all its bytes if it leaves as it came;
 * of a picture none. The caller's. */
GBytes *clearance_words(const Enclosure *enclosure);

/* The enclosures as they may leave, named by word and number. One that cannot
 * be cleaned stays as it came and is a reason, if *held is still NULL. */
GPtrArray *clearance_clean(const GPtrArray *enclosures, const char *word,
    const char **held);

#endif
