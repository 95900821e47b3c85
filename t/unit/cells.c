/* cells - what is written as a table is read again as it was */

#include <string.h>
#include <glib.h>

#include "cells.h"
#include "error.h"

static GPtrArray *
read_text(const char *text, GError **error)
{
	g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));

	return cells_read("x.csv", bytes, error);
}

static const char *
cell(const GPtrArray *rows, guint row, guint column)
{
	return g_ptr_array_index((GPtrArray *)g_ptr_array_index(rows, row), column);
}

static void
test_read(void)
{
	g_autoptr(GPtrArray) rows = read_text("a,b\r\n\n\"x, \"\"y\"\"\nz\",\n", NULL);

	g_assert_nonnull(rows);
	g_assert_cmpuint(rows->len, ==, 2);
	g_assert_cmpstr(cell(rows, 0, 1), ==, "b");
	g_assert_cmpstr(cell(rows, 1, 0), ==, "x, \"y\"\nz");
	g_assert_cmpstr(cell(rows, 1, 1), ==, "");
}

static void
test_round(void)
{
	static const char *const texts[] = { "", "plain", "a,b", "\"", "two\nlines", "é;" };
	g_autoptr(GPtrArray) row = g_ptr_array_new();
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) rows = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		g_ptr_array_add(row, (gpointer)texts[i]);
	cells_append(text, row);
	cells_append(text, row);
	rows = read_text(text->str, NULL);
	g_assert_nonnull(rows);
	g_assert_cmpuint(rows->len, ==, 2);
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		g_assert_cmpstr(cell(rows, 1, i), ==, texts[i]);
}

static void
test_broken(void)
{
	static const struct {
		const char *text, *line;
	} broken[] = {
		{ "a,b\n\"x\"y,z\n", "line 2" },
		{ "a\n\"never closed\n", "line" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(broken); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(read_text(broken[i].text, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_REFUSED));
		g_assert_nonnull(strstr(error->message, broken[i].line));
		g_assert_true(g_str_has_prefix(error->message, "x.csv: "));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cells/read", test_read);
	g_test_add_func("/cells/round", test_round);
	g_test_add_func("/cells/broken", test_broken);
	return g_test_run();
}
