/* Walking any bytes as packets and as armour: no crash, no hang, and nothing more
 * in them than there are bytes. */

#include "packet.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(PacketSummary) summary = packet_summary(data, size);
	g_autoptr(GPtrArray) keys = packet_keys(data, size, NULL);
	g_autoptr(GBytes) opened = armour_open((const char *)data, size);
	Armour armour = { .end = 0 };

	g_assert(summary == NULL || summary->recipients->len <= size);
	g_assert(keys == NULL || keys->len <= size);
	g_assert(opened == NULL || g_bytes_get_size(opened) <= size);
	while (armour_find((const char *)data, size, armour.end, &armour))
		g_assert(armour.start < armour.end && armour.end <= size);
	return 0;
}
