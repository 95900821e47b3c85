/*
 * page - the figures of a year as one page
 *
 * All in one file, which asks for nothing: style and pictures are inside, there is no
 * script, and the page forbids all else itself. Its frame is the text "report" of the
 * language, in HTML; what is put in here are tables and pictures, with their words
 * from that language's list.
 */

#ifndef SLUIS_TOOL_PAGE_H
#define SLUIS_TOOL_PAGE_H

#include <glib.h>

#include "json.h"
#include "settings.h"

/* figures: as the report has them, an object with an array a topic. The caller's. */
char *page_make(const Settings *settings, const Json *figures, GError **error);

#endif
