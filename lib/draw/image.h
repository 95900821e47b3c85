/*
 * image - a picture as nothing but its pixels
 *
 * The one fence around gdk-pixbuf. A PNG or JPEG is decoded and written anew,
 * so that neither EXIF, XMP, comments, thumbnails nor bytes behind its end
 * travel (T-44). An orientation is applied first, since it goes as well.
 */

#ifndef SLUIS_DRAW_IMAGE_H
#define SLUIS_DRAW_IMAGE_H

#include <stdbool.h>
#include <glib.h>

/* The same picture, of the same type ("image/png", "image/jpeg"). NULL if it
 * is another type, if the bytes are no such picture, or one of more than 64
 * million pixels. */
GBytes *image_clean(GBytes *bytes, const char *type);

/* An empty text, since nothing is read in it; NULL as above. */
GBytes *image_words(GBytes *bytes, const char *type);

#endif
