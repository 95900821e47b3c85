/*
 * filing - what a run found out, put down in one transaction
 *
 * Under the lock of its reception: the case, its party, the message, the
 * letters and the end of the try are there together or not at all. Doing it
 * twice changes nothing, since every effect is a row that can be there once.
 */

#ifndef SLUIS_STAGE_FILING_H
#define SLUIS_STAGE_FILING_H

#include "run.h"

bool run_file(Run *run, GError **error);

#endif
