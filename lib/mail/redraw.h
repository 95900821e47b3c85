/*
 * redraw - a stranger's picture or document, drawn anew by a process of its own
 *
 * A PDF says who made it in more places than anybody can list: fields, XMP, comments,
 * embedded files, pictures with their own metadata, what lies under other things or
 * outside the page; a picture in nearly as many. So they are drawn, and new ones made
 * of the drawings (T-44). The libraries that can do so are run as the program
 * libexec/sluis/redraw, which is handed the bytes and nothing else.
 */

#ifndef SLUIS_MAIL_REDRAW_H
#define SLUIS_MAIL_REDRAW_H

#include <glib.h>

/* The same to the eye, of the same type (image/png, image/jpeg, application/pdf);
 * the same bytes come out each time. NULL if it is of another type, is none, is
 * closed by a password, or is over a limit: 64 million pixels, 100 pages, 32 MiB,
 * 20 s. The caller's. */
GBytes *redraw_clean(GBytes *bytes, const char *type);

/* The words one can read in it, UTF-8; of a picture none, an empty text. NULL as
 * above. */
GBytes *redraw_words(GBytes *bytes, const char *type);

#endif
