#include "document.h"

#include <stdbool.h>
#include <string.h>

/* A page with words, a note of somebody, and who made it; tables of offsets are
 * left out, which every reader repairs. */
static GBytes *
paper(void)
{
	static const char text[] =
		"%PDF-1.4\n"
		"1 0 obj <</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>> endobj\n"
		"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
		"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
		"/Resources<</Font<</F 5 0 R>>>>/Annots[6 0 R]>> endobj\n"
		"4 0 obj <</Length 44>> stream\nBT /F 12 Tf 20 100 Td (Seen by all) Tj ET    \nendstream endobj\n"
		"5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n"
		"6 0 obj <</Type/Annot/Subtype/Text/Rect[10 10 30 30]/T(Grey Heron)/Contents(A bird wrote it)>> endobj\n"
		"7 0 obj <</Type/Metadata/Subtype/XML/Length 20>> stream\n<creator>Grey Heron>\nendstream endobj\n"
		"8 0 obj <</Author(Grey Heron)/Creator(birds.example)>> endobj\n"
		"trailer <</Root 1 0 R/Info 8 0 R/Size 9>>\n%%EOF\n";

	return g_bytes_new_static(text, strlen(text));
}

static bool
has(GBytes *bytes, const char *words)
{
	return g_strstr_len(g_bytes_get_data(bytes, NULL), (gssize)g_bytes_get_size(bytes), words) != NULL ||
	    memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), words, strlen(words)) != NULL;
}

static void
test_clean(void)
{
	static const char *const gone[] = { "Heron", "bird", "creator", "Annot", "Seen", "Metadata" };
	g_autoptr(GBytes) bytes = paper();
	g_autoptr(GBytes) clean = document_clean(bytes, "application/pdf");
	g_autoptr(GBytes) again = document_clean(bytes, "application/pdf");
	g_autoptr(GBytes) twice = NULL;

	g_assert_nonnull(clean);
	g_assert_true(has(clean, "%PDF-1"));
	for (guint i = 0; i < G_N_ELEMENTS(gone); i++)
		g_assert_false(has(clean, gone[i]));
	g_assert_true(g_bytes_equal(clean, again));
	twice = document_clean(clean, "application/pdf");
	g_assert_nonnull(twice);
}

static void
test_words(void)
{
	g_autoptr(GBytes) bytes = paper();
	g_autoptr(GBytes) words = document_words(bytes, "application/pdf");

	g_assert_nonnull(words);
	g_assert_true(has(words, "Seen by all"));
}

static void
test_none(void)
{
	static const char *const texts[] = { "", "no paper", "%PDF-1.4\n", "%PDF-1.4\n1 0 obj <</Type/Catalog" };

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(texts[i], strlen(texts[i]));

		g_assert_null(document_clean(bytes, "application/pdf"));
		g_assert_null(document_words(bytes, "application/pdf"));
	}
	{
		g_autoptr(GBytes) bytes = paper();

		g_assert_null(document_clean(bytes, "application/zip"));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/document/T-44/clean", test_clean);
	g_test_add_func("/document/words", test_words);
	g_test_add_func("/document/none", test_none);
	return g_test_run();
}
