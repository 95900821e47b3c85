#include <string.h>

#include "leak.h"

/* The identifiers of one person, and whether a text has one of them. */
static const char *
names_heron(const char *bytes, gsize length)
{
	g_autoptr(GHashTable) heron = identifiers_new();
	g_autoptr(Leak) leak = leak_new();
	GHashTableIter each;
	gpointer identifier;

	identifiers_add_address(heron, "heron@birds.example");
	identifiers_add_name(heron, "Ada Reiger");
	identifiers_add_user_id(heron, "Ardea C. <ardea@other.example>");
	identifiers_add_fingerprint(heron, "0123456789ABCDEF0123456789ABCDEF7F3A91C2");
	identifiers_add_phone(heron, "+31 6 1234 5678");
	identifiers_add(heron, IDENTIFIER_HOST, g_strdup("xn--vgel-5qa.example"));	/* as the directory has it */
	leak_add_bytes(leak, bytes, length);
	g_hash_table_iter_init(&each, heron);
	while (g_hash_table_iter_next(&each, &identifier, NULL)) {
		const Identifier *one = identifier;

		if (leak_has(leak, one->kind, one->value))
			return identifier_word(one->kind);
	}
	return NULL;
}

static void
test_found(void)
{
	static const char *const texts[] = {
		"write to heron@birds.example please",
		"HERON@BIRDS.EXAMPLE",
		"(mailto:heron+list@birds.example)",
		"see https://birds.example/x",
		"see https://www.mail.birds.example:8080/x",
		"the package example.birds.client",
		"birds[.]example and nothing else",
		"user?mail=x%40birds.example&n=1",
		"user?mail=x%2540birds.example&n=1",
		"x=40birds.example",
		"x&#64;birds&#x2e;example",
		"x&commat;birds&period;example",
		"{\"mail\": \"x\\u0040birds.example\"}",
		"'\\x68eron\\x40birds\\x2Eexample'",
		"x at birds dot example",
		"aGVyb25AYmlyZHMuZXhhbXBsZQ==",
		"token=aGVyb25AYmlyZHMuZXhhbXBsZQ",
		"https://x.test/a/aGVyb25AYmlyZHMuZXhhbXBsZQ/b",
		"6865726f6e4062697264732e6578616d706c65",
		"bіrds.example",
		"see xn--brds-l9d.example for that",
		"see vögel.example",
		"see www.xn--vgel-5qa.example",
		"hеron@birds.example",
		"bir\\u{200B}ds.example",
		"heron found it",
		"by ada reiger, 2026",
		"by Ada\n| Reiger",
		"by Adа Rеiger",
		"Ardea C. wrote",
		"ardea@other.example",
		"key 0x7F3A91C2",
		"7f3a 91c2",
		"0123 4567 89AB CDEF 0123  4567 89AB CDEF 7F3A 91C2",
		"openpgp4fpr:0123456789abcdef0123456789abcdef7f3a91c2",
		"call 06-12345678",
		"call 0031 6 12 34 56 78",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_nonnull(names_heron(texts[i], strlen(texts[i])));
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
		"vogel.example, xn--zz--.example, xn--.example",
		"\\u00 \\x4 &comma; \\",
		"write to info@example.org or call 112",
		"order 20261124-0001, 5e8848 of 17",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_test_message("%s", texts[i]);
		g_assert_null(names_heron(texts[i], strlen(texts[i])));
	}
}

/* Neither NULs nor what is no text hide anything, nor make it fall over. */
static void
test_bytes(void)
{
	static const char wide[] = "h\0e\0r\0o\0n\0@\0b\0i\0r\0d\0s\0.\0e\0x\0a\0m\0p\0l\0e";
	static const char binary[] = "\xff\xd8\0\1heron@birds.example\0\2\xfe";
	static const char none[] = "\0\1\2\xff\xfe\0";

	g_assert_nonnull(names_heron(wide, sizeof(wide)));
	g_assert_nonnull(names_heron(binary, sizeof(binary) - 1));
	g_assert_null(names_heron(none, sizeof(none) - 1));
}

static void
test_lines(void)
{
	static const char encoded[] =
		"Y29tbW9uIHdvcmRzIGFuZCBjb21tb24gd29yZHMgYW5kIGNvbW1vbiB3b3JkcyBoZXJv\n"
		"bkBiaXJkcy5leGFtcGxlIGlzIGhlcmUK\n";

	g_assert_nonnull(names_heron(encoded, strlen(encoded)));
}

static void
test_line(void)
{
	const Identifier host = { IDENTIFIER_HOST, (char *)"birds.example" };
	const Identifier name = { IDENTIFIER_NAME, (char *)"ada reiger" };
	g_autofree char *one = leak_line("First.\nSee birds[.]example.\nLast.", &host);
	g_autofree char *two = leak_line("First.\nby Ada\nReiger.\nLast.", &name);
	g_autofree char *none = leak_line("Nothing.", &name);

	g_assert_cmpstr(one, ==, "See birds[.]example.");
	g_assert_cmpstr(two, ==, "by Ada\nReiger.");
	g_assert_null(none);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/leak/T-47/found", test_found);
	g_test_add_func("/leak/not-found", test_not_found);
	g_test_add_func("/leak/T-47/bytes", test_bytes);
	g_test_add_func("/leak/T-47/lines", test_lines);
	g_test_add_func("/leak/line", test_line);
	return g_test_run();
}
