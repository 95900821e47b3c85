#include "redraw.h"

#include <stdbool.h>
#include <string.h>

#define BYTES(text) g_bytes_new_static(text, strlen(text))

/* One page, a line on it, and who made it. Offsets are left out, which every
 * reader repairs. */
static const char paper[] =
	"%PDF-1.4\n"
	"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
	"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
	"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
	"/Resources<</Font<</F 5 0 R>>>>>> endobj\n"
	"4 0 obj <</Length 44>> stream\nBT /F 12 Tf 20 100 Td (Seen by all) Tj ET    \nendstream endobj\n"
	"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
	"6 0 obj <</Author(Grey Heron)>> endobj\n"
	"trailer <</Root 1 0 R/Info 6 0 R/Size 7>>\n%%EOF\n";

/* One pixel, and whose it was behind the end. */
static const char dot[] =
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggkhlcm9u";

static bool
has(GBytes *bytes, const char *words)
{
	return memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), words, strlen(words)) != NULL;
}

static void
test_document(void)
{
	g_autoptr(GBytes) bytes = BYTES(paper);
	g_autoptr(GBytes) clean = redraw_clean(bytes, "application/pdf");
	g_autoptr(GBytes) again = redraw_clean(bytes, "application/pdf");
	g_autoptr(GBytes) words = redraw_words(bytes, "application/pdf");

	g_assert_true(has(bytes, "Heron"));
	g_assert_true(has(clean, "%PDF-1") && !has(clean, "Heron"));
	g_assert_true(g_bytes_equal(clean, again));
	g_assert_true(has(words, "Seen by all") && !has(words, "Heron"));
}

static void
test_picture(void)
{
	gsize length;
	guchar *data = g_base64_decode(dot, &length);
	g_autoptr(GBytes) bytes = g_bytes_new_take(data, length);
	g_autoptr(GBytes) clean = redraw_clean(bytes, "image/png");
	g_autoptr(GBytes) words = redraw_words(bytes, "image/png");

	g_assert_true(has(bytes, "Heron"));
	g_assert_true(has(clean, "PNG") && !has(clean, "Heron"));
	g_assert_cmpuint(g_bytes_get_size(words), ==, 0);
}

static void
test_none(void)
{
	const struct {
		const char *text, *type;
	} rows[] = {
		{ paper,                      "application/zip" },	/* of a type it does not know */
		{ paper,                      "image/png" },
		{ "",                         "application/pdf" },
		{ "no paper",                 "application/pdf" },
		{ "\x89PNG\r\n\x1a\n",        "image/png" },
		{ "<svg/>",                   "image/svg+xml" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = BYTES(rows[i].text);

		g_assert_null(redraw_clean(bytes, rows[i].type));
		g_assert_null(redraw_words(bytes, rows[i].type));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/redraw/T-44/document", test_document);
	g_test_add_func("/redraw/T-44/picture", test_picture);
	g_test_add_func("/redraw/none", test_none);
	return g_test_run();
}
