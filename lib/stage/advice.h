/*
 * advice - what we advise for a type of weakness or match
 *
 * A text of its own for each, advice-NAME.txt, whose subject is its heading; used in
 * hits, forwards and advisories.
 */

#ifndef SLUIS_STAGE_ADVICE_H
#define SLUIS_STAGE_ADVICE_H

#include <stdbool.h>
#include <glib.h>

#include "settings.h"

/* Names of those for the weaknesses a text tells of, see feedbook.h: to whose system has
 * them, with "other" if it tells of none; or to who uses a product that has them, which
 * begins with "product". Of char *; the caller's. */
GPtrArray *advice_names(const Settings *settings, const char *text, bool using, GError **error);

/* Those of these names (char *), one after the other; one that has no text counts as
 * "other". The caller's. */
char *advice_texts(const Settings *settings, const char *language, const GPtrArray *names,
    GError **error);

#endif
