/*
 * lanes - mail that wants to be treated another way than a report
 *
 * What an analyst is told of it beside all else: an extortion, whose original is
 * kept with its hash; the press; who is better helped elsewhere; and data of
 * persons somebody has put into it.
 */

#ifndef SLUIS_STAGE_LANES_H
#define SLUIS_STAGE_LANES_H

#include "run.h"

/* Lines for the notice; words are those of the team's language. */
void lanes_tell(const Run *run, GHashTable *words, GString *out);

/* Is nobody to be promised an assessment? */
bool lanes_owe_nothing(const Run *run);

#endif
