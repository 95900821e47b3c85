/*
 * silence - who is not written to by a machine
 *
 * Nothing that is said by itself is said to robots, lists, bounces, to an
 * address as odd as a trap, or about old mail (T-51, T-54).
 */

#ifndef SLUIS_STAGE_SILENCE_H
#define SLUIS_STAGE_SILENCE_H

#include "run.h"

/* Why the sender hears nothing, as a word the notice explains; NULL if there
 * is somebody to be written to. */
const char *silence_because(const Run *run);

#endif
