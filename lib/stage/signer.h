/*
 * signer - is somebody who signed also who they say they are
 */

#ifndef SLUIS_STAGE_SIGNER_H
#define SLUIS_STAGE_SIGNER_H

#include "run.h"

/* Does a good signature show that this address wrote: is its key pinned for the
 * participant, or the analyst, whose address it is? A From is compared with the
 * key that signed, never believed (T-23). */
bool signer_is(const Run *run, const char *address, bool *so, GError **error);

#endif
