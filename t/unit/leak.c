#include <string.h>

#include "leak.h"

static Leak *
heron(void)
{
	Leak *leak = leak_new();

	leak_add_address(leak, "heron@birds.example");
	leak_add_name(leak, "Ada Reiger");
	leak_add_user_id(leak, "Ardea C. <ardea@other.example>");
	leak_add_fingerprint(leak, "0123456789ABCDEF0123456789ABCDEF7F3A91C2");
	return leak;
}

static void
test_found(void)
{
	static const char *const texts[] = {
		"write to heron@birds.example please",
		"HERON@BIRDS.EXAMPLE",
		"see https://birds.example/x",
		"heron found it",
		"by ada reiger, 2026",
		"Ardea C. wrote",
		"ardea@other.example",
		"key 0x7F3A91C2",
		"7f3a 91c2",
		"0123 4567 89AB CDEF 0123  4567 89AB CDEF 7F3A 91C2",
	};
	g_autoptr(Leak) leak = heron();

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_nonnull(leak_find(leak, texts[i], strlen(texts[i])));
	}
}

static void
test_not_found(void)
{
	static const char *const texts[] = {
		"",
		"a heronry full of herons",
		"songbirds.example.org has other birds.examples",
		"Adam Reigersberg",
		"7F3A91C3",
	};
	g_autoptr(Leak) leak = heron();

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_null(leak_find(leak, texts[i], strlen(texts[i])));
	}
}

static void
test_bytes(void)
{
	static const char exif[] = "\x89PNG\0\0Artist\0Ada Reiger\0\xff\xfe";
	static const char wide[] = "7\0F\0003\0A\0009\0001\0C\0002\0";
	g_autoptr(Leak) leak = heron();

	g_assert_nonnull(leak_find(leak, exif, sizeof exif - 1));
	g_assert_nonnull(leak_find(leak, wide, sizeof wide - 1));
	g_assert_null(leak_find(leak, exif, 8));
}

/* One name in the ways a text can write it: with an accent of its own, wide,
 * across a line. */
static void
test_forms(void)
{
	static const char *const texts[] = {
		"Zo\xc3\xab Reiger", "Zoe\xcc\x88 Reiger", "ZOE\xcc\x88\nreiger",
		"Zo\xc3\xab  Reiger", "Zo\xc3\xab\xc2\xa0Reiger", "Zo\xc3\xab \xef\xbc\xb2\xef\xbd\x85iger",
	};
	g_autoptr(Leak) leak = leak_new();

	leak_add_name(leak, "Zo\xc3\xab Reiger");
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_nonnull(leak_find(leak, texts[i], strlen(texts[i])));
	}
	g_assert_null(leak_find(leak, "Zo Reigers", 10));
}

/* People sign with one word of their name; some words are nobody's. */
static void
test_words(void)
{
	g_autoptr(Leak) leak = leak_new();

	leak_add_name(leak, "Marieke van der Security (Research)");
	g_assert_nonnull(leak_find(leak, "Groet, Marieke", 14));
	g_assert_null(leak_find(leak, "van security research", 21));
}

static void
test_empty(void)
{
	g_autoptr(Leak) leak = leak_new();

	leak_add_address(leak, NULL);
	leak_add_address(leak, "");
	leak_add_address(leak, "@");
	leak_add_name(leak, NULL);
	leak_add_name(leak, "  A ");
	leak_add_user_id(leak, NULL);
	leak_add_fingerprint(leak, NULL);
	leak_add_fingerprint(leak, "7F3A");
	g_assert_cmpuint(leak_count(leak), ==, 0);
	g_assert_null(leak_find(leak, "anything", 8));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/leak/T-47/found", test_found);
	g_test_add_func("/leak/not-found", test_not_found);
	g_test_add_func("/leak/T-47/bytes", test_bytes);
	g_test_add_func("/leak/T-47/forms", test_forms);
	g_test_add_func("/leak/T-47/words", test_words);
	g_test_add_func("/leak/empty", test_empty);
	return g_test_run();
}
