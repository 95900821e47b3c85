/* What was printed can be typed in again, and a slip is found in its line. */

#include "sheet.h"

#include <string.h>

#include "error.h"
#include "seal.h"

static void
test_round(void)
{
	for (gsize length = 1; length < 100; length++) {
		g_autofree guint8 *random = g_malloc(length);
		g_autoptr(GBytes) secret = NULL;
		g_autoptr(GBytes) again = NULL;
		g_autofree char *text = NULL;

		seal_random(random, length);
		secret = g_bytes_new(random, length);
		text = sheet_write("storage.key", secret);
		again = sheet_read(text, "storage.key", NULL);
		g_assert_true(again != NULL && g_bytes_equal(again, secret));
	}
}

static void
test_hand(void)
{
	g_autoptr(GBytes) one = g_bytes_new_static("01234567890123456789abcdefghijkl", 32);
	g_autoptr(GBytes) two = g_bytes_new_static("x", 1);
	g_autofree char *first = sheet_write("storage.key", one);
	g_autofree char *second = sheet_write("index.key", two);
	g_autofree char *both = g_strconcat("Recovery\n\n", first, "\n", second, NULL);
	g_autofree char *upper = g_ascii_strup(strchr(first, '\n'), -1);
	g_autofree char *typed = g_strconcat("  == storage.key ", g_strdelimit(upper, "0", 'O'), NULL);
	g_autoptr(GBytes) again = sheet_read(both, "index.key", NULL);
	g_autoptr(GBytes) other = sheet_read(typed, "storage.key", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(again != NULL && g_bytes_equal(again, two));
	g_assert_true(other != NULL && g_bytes_equal(other, one));
	g_assert_null(sheet_read(both, "send.key", &error));
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
}

/* Each letter changed, and two lines in the wrong order. */
static void
test_slips(void)
{
	g_autoptr(GBytes) secret = g_bytes_new_static("01234567890123456789abcdefghijkl", 32);
	g_autofree char *text = sheet_write("storage.key", secret);
	gsize start = (gsize)(strchr(text, '\n') - text) + 4;
	guint tried = 0;

	for (gsize i = start; text[i] != '\0'; i++) {
		char before = text[i];
		g_autoptr(GBytes) again = NULL;

		if (strchr(SEAL_LETTERS, before) == NULL || text[i - 1] == '\n' || text[i - 2] == '\n')
			continue;
		text[i] = before == 'a' ? 'b' : 'a';
		again = sheet_read(text, "storage.key", NULL);
		g_assert_true(again == NULL);
		text[i] = before;
		tried++;
	}
	g_assert_cmpuint(tried, >, 50);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_assert_true(seal_init(NULL));
	g_test_add_func("/sheet/round", test_round);
	g_test_add_func("/sheet/hand", test_hand);
	g_test_add_func("/sheet/slips", test_slips);
	return g_test_run();
}
