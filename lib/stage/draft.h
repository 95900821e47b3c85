/*
 * draft - a letter that cannot be made final yet, kept sealed
 *
 * A letter without a usable key for its addressee is not sent in clear and not
 * forgotten: it is written as JSON, sealed to the storage key (purpose
 * "draft") and HELD until there is a key.
 */

#ifndef SLUIS_STAGE_DRAFT_H
#define SLUIS_STAGE_DRAFT_H

#include <glib.h>

#include "compose.h"
#include "seal.h"

/* The sealed chunks, under a data key that is the caller's. */
GPtrArray *draft_seal(const Letter *letter, const char *envelope_sender,
    const SealKey *key);

/* Gives the letter back, and the envelope sender. */
Letter *draft_open(const GPtrArray *chunks, const SealKey *key,
    char **envelope_sender, GError **error);

#endif
