/*
 * vouch - what speaks for it that a mail is from who it says
 *
 * A good, fresh signature; else our own checker's word that the mail is really from
 * that address, where the address is one we know (T-23, T-27). Nothing speaks for a
 * mail that can be read in two ways.
 */

#ifndef SLUIS_STAGE_VOUCH_H
#define SLUIS_STAGE_VOUCH_H

#include "run.h"

/* known: its From is an address of the party it is placed with. "signature", "dmarc",
 * "none". */
const char *vouch_of(const Run *run, bool known);

#endif
