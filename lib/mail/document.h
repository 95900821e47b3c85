/*
 * document - a PDF as the pictures of its pages, and as its words (T-44, T-47)
 *
 * The one fence around Poppler and cairo. A PDF says who made it in more places
 * than anybody can list: fields, XMP, comments, embedded files, pictures with their
 * own metadata, what lies under other things or outside the page. So it is drawn,
 * and a new one made of the drawings, as pictures are made of their pixels. Done in
 * a child of its own, in memory.
 */

#ifndef SLUIS_MAIL_DOCUMENT_H
#define SLUIS_MAIL_DOCUMENT_H

#include <glib.h>

/* NULL if it is none, is closed by a password, has too many pages, or cannot be
 * drawn within the limits. */
GBytes *document_clean(GBytes *bytes, const char *type);

/* The words one can see on its pages, UTF-8; NULL as above. */
GBytes *document_words(GBytes *bytes, const char *type);

#endif
