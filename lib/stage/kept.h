/*
 * kept - an answer that waits whole until its analyst confirms it
 *
 * Its own text, sealed, and with it what each letter looked like that was shown
 * with the preview: who confirms the answer has seen those, and need not confirm
 * them once more, as long as they have not become others (T-40).
 */

#ifndef SLUIS_STAGE_KEPT_H
#define SLUIS_STAGE_KEPT_H

#include "acts.h"
#include "tools.h"

/* letters: of char *, see Relayed. */
GBytes *kept_seal(const Tools *tools, const char *own, const GPtrArray *letters,
    GBytes **wrapped);

/* The text; and the letters, of char *, the caller's as well. */
char *kept_open(const Tools *tools, const HeldAnswer *held, GPtrArray **letters, GError **error);

#endif
