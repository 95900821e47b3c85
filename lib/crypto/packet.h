/*
 * packet - a walk over OpenPGP packet headers (RFC 4880 section 4)
 *
 * Reads which keys a message was encrypted to, so that what leaves can be
 * compared with what was meant (T-30), and what kind of thing a blob is before
 * gpg sees it. Nothing is decrypted, no signature is looked at.
 */

#ifndef SLUIS_CRYPTO_PACKET_H
#define SLUIS_CRYPTO_PACKET_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	GPtrArray *recipients;	/* char *: 16 upper hex of each PKESK key id, "0..." if hidden */
	guint passwords;	/* SKESK packets */
	bool encrypted;		/* ends in a SED, SEIPD or AEAD packet, nothing behind it */
	bool integrity;		/* that packet is SEIPD version 1 (with MDC) */
	bool odd;		/* unknown version, other packets, bytes left over */
} PacketSummary;

/* Binary bytes. NULL if they are no packets at all. */
PacketSummary *packet_summary(const void *bytes, gsize length);
void packet_summary_free(PacketSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PacketSummary, packet_summary_free)

typedef enum { ARMOUR_MESSAGE, ARMOUR_SIGNED, ARMOUR_SIGNATURE, ARMOUR_KEY } ArmourKind;

/* One armoured block as it stands in a text (RFC 4880 section 6). */
typedef struct {
	ArmourKind kind;
	gsize start, end;	/* of the block, with its lines, in the text */
} Armour;

/* The first block from byte at on; false if there is none. */
bool armour_find(const char *text, gsize length, gsize at, Armour *armour);

/* Is there anything but white space outside the block? */
bool armour_is_whole(const char *text, gsize length, const Armour *armour);

/* The bytes in an armoured block; NULL if it is broken or its checksum is. */
GBytes *armour_open(const char *text, gsize length);

#endif
