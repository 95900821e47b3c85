/* Any bytes as an advisory: a text for people, and each product with its version, which
 * can be compared with any. */

#include "advisory.h"
#include "versions.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Advisory) advisory = advisory_read(bytes, NULL);

	if (advisory == NULL)
		return 0;
	g_assert(advisory->products->len == advisory->versions->len);
	g_assert(g_utf8_validate(advisory->text, -1, NULL) && g_utf8_validate(advisory->title, -1, NULL));
	for (guint i = 0; i < advisory->versions->len; i++) {
		const char *version = g_ptr_array_index(advisory->versions, i);

		g_assert(versions_meet(version, version) == VERSIONS_MEANT);
		g_assert(versions_meet("13.1", version) <= VERSIONS_MEANT);
	}
	return 0;
}
