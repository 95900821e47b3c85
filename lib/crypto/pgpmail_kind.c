/* pgpmail_kind - what a file beside a text is, as OpenPGP goes; for pgpmail.h */

#include "pgpmail.h"

#include "armour.h"
#include "packet.h"

/* RFC 4880 section 4.3 */
enum { TAG_SIGNATURE = 2, TAG_ONE_PASS = 4, TAG_COMPRESSED = 8, TAG_LITERAL = 11 };

static guint8
first_tag(guint8 front)
{
	return (front & 0x40) != 0 ? front & 63 : (front >> 2) & 15;
}

/* A picture may begin like a packet, but its lengths do not fit. */
static const char *
kind_of_packets(const void *bytes, gsize length)
{
	g_autoptr(PacketSummary) summary = packet_summary(bytes, length);
	bool secret;
	g_autoptr(GPtrArray) keys = packet_keys(bytes, length, &secret);

	if (summary == NULL || keys == NULL)
		return NULL;
	if (summary->closed)
		return "encrypted";
	if (keys->len > 0 || secret)
		return "key";
	switch (first_tag(*(const guint8 *)bytes)) {
	case TAG_SIGNATURE:
		return "signature";
	case TAG_ONE_PASS:
		return "signed";
	case TAG_COMPRESSED: case TAG_LITERAL:
		return "packed";
	default:
		return NULL;
	}
}

const char *
pgpmail_kind(GBytes *bytes)
{
	Slice text = slice_bytes(bytes);
	g_autoptr(GBytes) binary = NULL;
	Armour armour;

	if (!armour_find(text.start, text.length, 0, &armour))
		return text.length == 0 || (*text.start & 0x80) == 0 ? NULL :
		    kind_of_packets(text.start, text.length);
	if (armour.kind == ARMOUR_SIGNED)
		return "signed";
	binary = armour_open(text.start + armour.start, armour.end - armour.start);
	return binary == NULL ? NULL :
	    kind_of_packets(slice_bytes(binary).start, g_bytes_get_size(binary));
}
