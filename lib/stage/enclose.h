/*
 * enclose - attachments renamed, before they travel (T-44)
 */

#ifndef SLUIS_STAGE_ENCLOSE_H
#define SLUIS_STAGE_ENCLOSE_H

#include <glib.h>

/* "attachment-3.png": the word, the number, and an ending that only says the
 * declared type; what is not in our table ends in ".bin". The caller's. */
char *enclosure_name(const char *word, guint n, const char *type);

/* The type a file of ours has by the ending of its name. */
const char *enclosure_type(const char *file);

#endif
