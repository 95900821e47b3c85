/* Any text, searched for indicators and refanged. */

#include "indicator.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *text = text_clean((const char *)data, (gssize)size, NULL);
	g_autoptr(GPtrArray) found = indicator_find(text);

	for (guint i = 0; i < found->len; i++) {
		const Indicator *one = g_ptr_array_index(found, i);

		g_assert_true(g_utf8_validate(one->value, -1, NULL));
		g_assert_cmpstr(indicator_word(one->kind), !=, "");
	}
	return 0;
}
