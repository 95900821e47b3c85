/* buffer - growth over both kinds of memory, the bound, what is taken out */

#include "buffer.h"

#include <string.h>
#include <unistd.h>

#include "error.h"

static void
test_growth(void)
{
	g_autoptr(Buffer) buffer = buffer_new(0);
	g_autoptr(GBytes) taken = NULL;
	const char *bytes;

	g_assert_cmpstr(buffer_data(buffer), ==, "");
	for (guint i = 0; i < 1000 * 1000; i++)
		g_assert_true(buffer_add(buffer, &"abcdefg"[i % 7], 1));
	g_assert_cmpuint(buffer_length(buffer), ==, 1000 * 1000);
	g_assert_cmpint(buffer_data(buffer)[1000 * 1000], ==, '\0');
	taken = buffer_steal(buffer);
	bytes = g_bytes_get_data(taken, NULL);
	for (guint i = 0; i < 1000 * 1000; i++)
		g_assert_cmpint(bytes[i], ==, "abcdefg"[i % 7]);
	g_assert_cmpuint(buffer_length(buffer), ==, 0);
	g_assert_true(buffer_add_text(buffer, "again"));
	g_assert_cmpstr(buffer_data(buffer), ==, "again");
}

static void
test_bound(void)
{
	g_autoptr(Buffer) buffer = buffer_new(5);

	g_assert_true(buffer_add_text(buffer, "abc"));
	g_assert_false(buffer_add_text(buffer, "def"));
	g_assert_cmpstr(buffer_data(buffer), ==, "abc");
	g_assert_true(buffer_add_text(buffer, "de"));
	g_assert_false(buffer_add(buffer, "x", G_MAXSIZE));
}

static void
test_read(void)
{
	g_autoptr(Buffer) whole = buffer_new(0);
	g_autoptr(Buffer) bounded = buffer_new(3);
	g_autoptr(GError) error = NULL;
	int ends[2];

	for (guint i = 0; i < 2; i++) {
		g_assert_cmpint(pipe(ends), ==, 0);
		g_assert_cmpint(write(ends[1], "a\0bcd", 5), ==, 5);
		close(ends[1]);
		if (i == 0)
			g_assert_true(buffer_read(whole, ends[0], &error));
		else
			g_assert_false(buffer_read(bounded, ends[0], &error));
		close(ends[0]);
	}
	g_assert_cmpmem(buffer_data(whole), buffer_length(whole), "a\0bcd", 5);
	g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
	g_clear_error(&error);
	g_assert_false(buffer_read(whole, -1, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_RETRY));
}

static void
test_secret(void)
{
	g_autoptr(GBytes) copy = bytes_secret("a\0b", 3);
	g_autoptr(GBytes) text = bytes_text("text");
	g_autoptr(GBytes) nothing = bytes_text("");

	g_assert_cmpmem(g_bytes_get_data(copy, NULL), g_bytes_get_size(copy), "a\0b", 3);
	g_assert_cmpstr(g_bytes_get_data(text, NULL), ==, "text");
	g_assert_cmpuint(g_bytes_get_size(nothing), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/buffer/growth", test_growth);
	g_test_add_func("/buffer/bound", test_bound);
	g_test_add_func("/buffer/read", test_read);
	g_test_add_func("/buffer/secret", test_secret);
	return g_test_run();
}
