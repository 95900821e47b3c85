/*
 * armour - OpenPGP's ASCII armour, found in a text and taken off (RFC 4880
 * section 6)
 *
 * Done here and not by gpg, which reads past what stands before and between
 * blocks, and takes twice the time for a large mail.
 */

#ifndef SLUIS_CRYPTO_ARMOUR_H
#define SLUIS_CRYPTO_ARMOUR_H

#include <stdbool.h>
#include <glib.h>

typedef enum { ARMOUR_MESSAGE, ARMOUR_SIGNED, ARMOUR_SIGNATURE, ARMOUR_KEY } ArmourKind;

/* One armoured block as it stands in a text */
typedef struct {
	ArmourKind kind;
	gsize start, end;	/* of the block, with its lines, in the text */
} Armour;

/* The first block from byte at on; false if there is none. */
bool armour_find(const char *text, gsize length, gsize at, Armour *armour);

/* Is there nothing but white space outside the block? */
bool armour_is_whole(const char *text, gsize length, const Armour *armour);

/* The bytes in the first block of a text; NULL if there is none, if it or its
 * checksum is broken, or if it is ARMOUR_SIGNED, which is a text itself. */
GBytes *armour_open(const char *text, gsize length);

/* A public key as people exchange it, with its checksum: without one gpg cannot
 * tell the end of a block whose last line is full. */
char *armour_key(GBytes *packets);

#endif
