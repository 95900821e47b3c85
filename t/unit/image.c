#include "image.h"

#include <string.h>

/* Eight by eight pixels each, with a canary in a text chunk or a comment and
 * another behind the end. */
static const char png[] =
	"iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAFHRFWHRBdXRob3IAQ0FOQVJZLWluc2lkZaZO81sAAA"
	"ARSURBVHicYzBOm4kVMQwtCQDK+0yBAOInqwAAAABJRU5ErkJggkNBTkFSWS1iZWhpbmQ=";
static const char jpeg[] =
	"/9j//gAPQ0FOQVJZLWluc2lkZf/gABBKRklGAAEBAAABAAEAAP/bAEMAUDc8RjwyUEZBRlpVUF94yIJ4bm549a+5kc"
	"j////////////////////////////////////////////////////bAEMBVVpaeGl464KC6///////////////////"
	"///////////////////////////////////////////////////////AABEIAAgACAMBIgACEQEDEQH/xAAfAAABBQ"
	"EBAQEBAQAAAAAAAAAAAQIDBAUGBwgJCgv/xAC1EAACAQMDAgQDBQUEBAAAAX0BAgMABBEFEiExQQYTUWEHInEUMoGR"
	"oQgjQrHBFVLR8CQzYnKCCQoWFxgZGiUmJygpKjQ1Njc4OTpDREVGR0hJSlNUVVZXWFlaY2RlZmdoaWpzdHV2d3h5eo"
	"OEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4eLj5OXm5+jp6vHy8/T1"
	"9vf4+fr/xAAfAQADAQEBAQEBAQEBAAAAAAAAAQIDBAUGBwgJCgv/xAC1EQACAQIEBAMEBwUEBAABAncAAQIDEQQFIT"
	"EGEkFRB2FxEyIygQgUQpGhscEJIzNS8BVictEKFiQ04SXxFxgZGiYnKCkqNTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNk"
	"ZWZnaGlqc3R1dnd4eXqCg4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2d"
	"ri4+Tl5ufo6ery8/T19vf4+fr/2gAMAwEAAhEDEQA/AI6KKKsg/9lDQU5BUlktYmVoaW5k";

static GBytes *
picture(const char *base64)
{
	gsize length;
	guchar *bytes = g_base64_decode(base64, &length);

	return g_bytes_new_take(bytes, length);
}

static bool
has_canary(GBytes *bytes)
{
	return memmem(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), "CANARY", 6) != NULL;
}

static void
test_clean(void)
{
	const struct {
		const char *type, *base64;
	} rows[] = {
		{ "image/png", png },
		{ "image/jpeg", jpeg },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) before = picture(rows[i].base64);
		g_autoptr(GBytes) after = image_clean(before, rows[i].type);
		g_autoptr(GBytes) words = image_words(before, rows[i].type);

		g_assert_true(has_canary(before));
		g_assert_nonnull(after);
		g_assert_false(has_canary(after));
		g_assert_cmpuint(g_bytes_get_size(words), ==, 0);
	}
}

static void
test_refused(void)
{
	g_autoptr(GBytes) none = g_bytes_new_static("<svg/>", 6);
	g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
	g_autoptr(GBytes) whole = picture(png);
	g_autoptr(GBytes) cut = g_bytes_new_from_bytes(whole, 0, 40);

	g_assert_null(image_clean(none, "image/svg+xml"));
	g_assert_null(image_clean(none, "image/png"));
	g_assert_null(image_clean(empty, "image/jpeg"));
	g_assert_null(image_clean(cut, "image/png"));
	g_assert_null(image_words(cut, "image/png"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/image/T-44/clean", test_clean);
	g_test_add_func("/image/refused", test_refused);
	return g_test_run();
}
