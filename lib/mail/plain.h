/*
 * plain - bytes of a text part as words
 *
 * Mail says wrong things about its own charset. What was declared is tried
 * first, then UTF-8, then windows-1252, which is what most undeclared 8-bit
 * mail is. Names outside a list of ordinary charsets are not even looked up:
 * the C library loads a converter of its own for each exotic one, and those
 * converters have had holes.
 */

#ifndef SLUIS_MAIL_PLAIN_H
#define SLUIS_MAIL_PLAIN_H

#include <glib.h>

/* As UTF-8, not yet cleaned; may hold NUL. *length is its length. */
char *plain_decode(GBytes *bytes, const char *charset, gsize *length);

/* Joins the soft breaks of format=flowed (RFC 3676), per depth of quoting;
 * blanks that only mark a break go when delsp says so. LF lines. */
char *plain_unflow(const char *text, gboolean delsp);

#endif
