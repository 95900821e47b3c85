/*
 * refs - which cases a text says it belongs to
 *
 * A tag is a name and never a right: what is found here is a hint for people
 * and for the directory, no more (T-33).
 */

#ifndef SLUIS_MAIL_REFS_H
#define SLUIS_MAIL_REFS_H

#include <glib.h>

/* Words shaped like a tag (PREFIX-YYYY-XXXXX), upper case, letters that look
 * alike read as Crockford's base 32 reads them (O is 0, I and L are 1); each
 * once, in order. Of char *. */
GPtrArray *refs_tags(const char *text);

#endif
