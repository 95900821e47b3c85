/*
 * clearance - what a text and its attachments go through before they leave
 *
 * They are searched for whoever reported, and for OpenPGP data of others (T-45,
 * T-47); then the attachments are renamed, and pictures become their pixels
 * (T-44). What a person has to look at is a reason to hold, one of few fixed
 * phrases, and never an error.
 */

#ifndef SLUIS_STAGE_CLEARANCE_H
#define SLUIS_STAGE_CLEARANCE_H

#include <glib.h>

#include "leak.h"

/* The first reason to hold it; NULL: there is none. enclosures as they came. */
const char *clearance_judge(const Leak *identity, const char *text,
    const GPtrArray *enclosures);

/* The enclosures as they may leave, named by word and number. One that cannot
 * be cleaned stays as it came and is a reason, if *held is still NULL. */
GPtrArray *clearance_clean(const GPtrArray *enclosures, const char *word,
    const char **held);

#endif
