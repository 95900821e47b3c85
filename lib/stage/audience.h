/*
 * audience - who among the analysts hears of a mail, and what
 *
 * Its words go to whom they are for (readers.h); who is only to know that it came
 * gets a notice without them. The words are written once, whoever reads them;
 * what differs is a line on whose case it is, and the one-time word.
 */

#ifndef SLUIS_STAGE_AUDIENCE_H
#define SLUIS_STAGE_AUDIENCE_H

#include "run.h"

/* Leaves the notices in run->dispatches, and what they say in run->notice. words
 * are those of the team's language. */
bool audience_tell(Run *run, const GPtrArray *analysts, GHashTable *words, GError **error);

#endif
