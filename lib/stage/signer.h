/*
 * signer - is somebody who signed also who they say they are
 */

#ifndef SLUIS_STAGE_SIGNER_H
#define SLUIS_STAGE_SIGNER_H

#include "run.h"

/* Is it signed well, and can be read in one way only (T-17)? */
bool signer_sure(const Run *run);

/* The participant the sender writes for: by a good signature surely, by the
 * address as far as an address says anything; 0: none. */
bool signer_participant(const Run *run, int *participant, GError **error);

/* Does a good signature show that this address wrote: is its key pinned for the
 * participant, or the analyst, whose address it is? A From is compared with the
 * key that signed, never believed (T-23). What can be
 * read in two ways shows nothing. */
bool signer_is(const Run *run, const char *address, bool *so, GError **error);

/* Fills run->from_fits. */
bool signer_compare_from(Run *run, GError **error);

#endif
