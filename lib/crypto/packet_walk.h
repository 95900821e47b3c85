/*
 * packet_walk - from one OpenPGP packet to the next; for packet alone
 */

#ifndef SLUIS_CRYPTO_PACKET_WALK_H
#define SLUIS_CRYPTO_PACKET_WALK_H

#include <stdbool.h>
#include <glib.h>

/* RFC 4880 section 4.3; 20 is what GnuPG writes for its own AEAD. */
enum {
	TAG_PKESK = 1, TAG_SIGNATURE = 2, TAG_SKESK = 3, TAG_SECRET_KEY = 5, TAG_PUBLIC_KEY = 6,
	TAG_SECRET_SUBKEY = 7, TAG_SED = 9, TAG_USER_ID = 13, TAG_PUBLIC_SUBKEY = 14,
	TAG_ATTRIBUTE = 17, TAG_SEIPD = 18, TAG_AEAD = 20
};

typedef struct {
	const guint8 *at, *end;	/* what is left */
	guint8 tag;
	const guint8 *body;	/* its first piece, if it came in partial lengths */
	gsize length;		/* of that piece, as far as it is there */
	bool cut;		/* the length goes beyond the end */
} Walk;

Walk walk_start(const void *bytes, gsize length);

/* The next packet; false at the end and where no packet can be. */
bool walk_next(Walk *walk);

/* A new-format length; *partial if more pieces follow. */
bool walk_length(Walk *walk, gsize *length, bool *partial);

#endif
