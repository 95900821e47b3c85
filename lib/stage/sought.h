/*
 * sought - words looked for in what was read out of messages
 *
 * All of them must be there, in small letters or capitals, in the subject, the
 * text, addresses, indicators or names of attachments.
 */

#ifndef SLUIS_STAGE_SOUGHT_H
#define SLUIS_STAGE_SOUGHT_H

#include <glib.h>

#include "extract.h"

/* Words made fit to be looked for: of char *, the caller's. */
GPtrArray *sought_words(const GPtrArray *words);

/* A few words around where the first of them stands, on one line; NULL if they
 * are not all there. The caller's. */
char *sought_in(const Extract *extract, const GPtrArray *words);

#endif
