/* Any bytes as a mail: the keys it brings are told apart and are in it. */

#include "brought.h"
#include "packet.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) raw = g_bytes_new(data, size);
	g_autoptr(GPtrArray) each = packet_certificates(raw);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(GPtrArray) found = NULL;
	gsize sum = 0;

	for (guint i = 0; i < each->len; i++) {
		GBytes *one = each->pdata[i];
		g_autoptr(GBytes) kept = packet_with_subkey(one, "");
		PacketCensus census = packet_census(g_bytes_get_data(one, NULL), g_bytes_get_size(one));

		g_assert_cmpuint(g_bytes_get_size(kept), <=, g_bytes_get_size(one));
		g_assert_cmpuint(census.subkeys + census.user_ids + census.signatures, <=, size);
		sum += g_bytes_get_size(one);
	}
	g_assert_cmpuint(sum, <=, size);
	mime_init();
	mime = mime_parse(raw);
	found = brought_find(mime, NULL);
	g_assert_cmpuint(found->len, <=, 8);
	return 0;
}
