/*
 * apart - a function done by a child of its own, bounded in time and memory
 *
 * For libraries that read what a stranger made, and are large: what they do to the
 * process they run in ends with it. The child writes no file whatever its library
 * would like (T-58), and hands back nothing but bytes.
 */

#ifndef SLUIS_BASE_APART_H
#define SLUIS_BASE_APART_H

#include <glib.h>

/* NULL: it could not be done. Must not use what other threads may have locked. */
typedef GBytes *(*ApartWork)(GBytes *input);

typedef struct {
	guint seconds;			/* of wall time and of processor time */
	gsize memory;			/* it may use beside what is there already */
	gsize most_output;
} ApartLimits;

/* NULL if it could not be done, or not within the limits; which of these is all
 * the same to who hands over a stranger's bytes. */
GBytes *apart_do(ApartWork work, GBytes *input, const ApartLimits *limits);

#endif
