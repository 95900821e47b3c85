/* Any bytes, cut into all that an identifier could be. */

#include <glib.h>

#include "leak.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(Leak) leak = leak_new();
	GHashTableIter each;
	gpointer identifier;

	if (size > 64 * 1024)
		return 0;
	leak_add_bytes(leak, (const char *)data, size);
	g_hash_table_iter_init(&each, leak_all(leak));
	while (g_hash_table_iter_next(&each, &identifier, NULL)) {
		const Identifier *one = identifier;

		g_assert(one->value[0] != '\0' && g_utf8_validate(one->value, -1, NULL));
		g_assert(leak_has(leak, one->kind, one->value));
	}
	return 0;
}
