/*
 * trust - how we know: the block at the end of a notice
 *
 * What vouches for the mail, and why it was taken for what it was taken for: the
 * verdicts on encryption and signature, layer by layer, what placed it in its case,
 * class and motive with their reasons, and what named each participant.
 */

#ifndef SLUIS_STAGE_TRUST_H
#define SLUIS_STAGE_TRUST_H

#include "run.h"

void trust_tell(const Run *run, GHashTable *words, GString *out);

#endif
