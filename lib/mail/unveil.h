/*
 * unveil - what else a text says
 *
 * A name can stand in a text in other clothes: percent signs of an address in a
 * URL, those of quoted-printable, entities of HTML, escapes of JSON, base64, hex
 * digits, or "at" and "dot" for the signs. Nothing is guessed about who did it and why; what comes
 * out is only searched, never shown.
 */

#ifndef SLUIS_MAIL_UNVEIL_H
#define SLUIS_MAIL_UNVEIL_H

#include <glib.h>

/* The other texts in this one, char *: valid UTF-8. */
GPtrArray *unveil(const char *text);

/* Bytes as the words in them: as they are if they are a text, UTF-16 without its
 * zeros, else the runs of letters and signs as strings(1) shows them, one a line. */
char *unveil_bytes(const char *bytes, gsize length);

#endif
