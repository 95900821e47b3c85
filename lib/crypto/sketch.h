/*
 * sketch - a text in a few numbers, by which nearly the same text is found again
 *
 * Of all runs of four words the keyed hash is taken, and of these, in 32 orders, the
 * least: two texts have as many of them alike as they have runs alike (minhash).
 * Four together are a band; texts that are alike share a band. Hosts, addresses and
 * numbers are all one word, since that is what is changed when the same report is
 * sent to many. Whoever has the numbers and not the key learns nothing of the words.
 */

#ifndef SLUIS_CRYPTO_SKETCH_H
#define SLUIS_CRYPTO_SKETCH_H

#include "seal.h"

#define SKETCH_BANDS 8

/* NULL: too few words to tell it from another text. 32 numbers of four bytes. */
GBytes *sketch_of(const SealKey *key, const char *text);

/* The bands, of GBytes: what is looked up. */
GPtrArray *sketch_bands(GBytes *sketch);

/* How much of two texts is alike, 0 to 1. */
double sketch_alike(GBytes *a, GBytes *b);

#endif
