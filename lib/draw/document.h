/*
 * document - a PDF as the pictures of its pages, and as its words (T-44, T-47)
 *
 * The one fence around Poppler and cairo. Each page is drawn, and a new document
 * made of the drawings. To be called by a process that has nothing to lose.
 */

#ifndef SLUIS_DRAW_DOCUMENT_H
#define SLUIS_DRAW_DOCUMENT_H

#include <glib.h>

/* NULL if it is none, is closed by a password, has too many pages, or cannot be
 * drawn; of another type than application/pdf. The caller's. */
GBytes *document_clean(GBytes *bytes, const char *type);

/* The words one can see on its pages, UTF-8; NULL as above. */
GBytes *document_words(GBytes *bytes, const char *type);

#endif
