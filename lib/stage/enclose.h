/*
 * enclose - attachments, renamed before they travel (T-44), and as they are kept
 */

#ifndef SLUIS_STAGE_ENCLOSE_H
#define SLUIS_STAGE_ENCLOSE_H

#include <glib.h>

#include "json.h"

/* "attachment-3.png": the word, the number, and an ending that only says the
 * declared type; what is not in our table ends in ".bin". The caller's. */
char *enclosure_name(const char *word, guint n, const char *type);

/* The type a file of ours has by the ending of its name. */
const char *enclosure_type(const char *file);

/* As they are sealed with what they belong to, and back; of Enclosure, NULL is none. The
 * caller's. */
Json *enclosures_json(const GPtrArray *enclosures);
GPtrArray *enclosures_of(const Json *array);

#endif
