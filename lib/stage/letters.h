/*
 * letters - how the letters a mail causes begin
 *
 * From the inbox the mail came to, with a Message-ID of ours, about its case.
 */

#ifndef SLUIS_STAGE_LETTERS_H
#define SLUIS_STAGE_LETTERS_H

#include "run.h"

Dispatch *letter_start(const Run *run, const char *kind, const char *to);

/* To one analyst, encrypted to that analyst's key; without a usable one it is
 * held, never sent in clear. */
Dispatch *letter_to_analyst(const Run *run, const char *kind, const Correspondent *analyst);

/* The party's token, for that purpose. */
char *letter_token(const Run *run, TokenPurpose purpose);

#endif
