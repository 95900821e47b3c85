/* armour - the form people exchange keys in */

#include "armour.h"

#include <string.h>

/* Whatever the last line is, its end is told, and the bytes come back. */
static void
test_key(void)
{
	for (gsize length = 1; length < 200; length++) {
		g_autofree guint8 *bytes = g_malloc(length);
		g_autoptr(GBytes) packets = NULL, back = NULL;
		g_autofree char *text = NULL;

		for (gsize i = 0; i < length; i++)
			bytes[i] = (guint8)(i * 7 + length);
		packets = g_bytes_new(bytes, length);
		text = armour_key(packets);
		back = armour_open(text, strlen(text));
		g_assert_nonnull(back);
		g_assert_true(g_bytes_equal(back, packets));
		g_assert_nonnull(strstr(text, "\n="));
	}
}

static void
test_broken(void)
{
	g_autoptr(GBytes) packets = g_bytes_new_static("\x98\x33 a key of sorts", 17);
	g_autofree char *text = armour_key(packets);
	char *sum = strstr(text, "\n=") + 2;

	*sum = *sum == 'A' ? 'B' : 'A';
	g_assert_null(armour_open(text, strlen(text)));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/armour/key", test_key);
	g_test_add_func("/armour/broken", test_broken);
	return g_test_run();
}
