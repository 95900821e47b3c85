#include "identifier.h"

#include <string.h>

static void
test_usual(void)
{
	static const struct { const char *name; IdentifierKind kind; const char *value; } rows[] = {
		{ "Grey Heron", IDENTIFIER_NAME, "grey heron" },
		{ "José  PÉREZ", IDENTIFIER_NAME, "jose perez" },
		{ "Неrоn Grеу", IDENTIFIER_NAME, "heron grey" },
		{ "P. Jansen", IDENTIFIER_NAME, "p jansen" },
		{ "He\\u{200B}ron Grey", IDENTIFIER_NAME, "heron grey" },
		{ "Jan van der Berg Smit", IDENTIFIER_NAME, "jan van der berg" },
		{ "Grey Heron", IDENTIFIER_WORD, "heron" },
		{ "Bob", IDENTIFIER_WORD, "bob" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GHashTable) all = identifiers_new();

		g_test_message("%s", rows[i].name);
		identifiers_add_name(all, rows[i].name);
		g_assert_true(identifiers_have(all, rows[i].kind, rows[i].value));
	}
}

static void
test_address(void)
{
	g_autoptr(GHashTable) all = identifiers_new();

	identifiers_add_address(all, "Grey.Heron+bugs@Mail.Reporter.example");
	g_assert_true(identifiers_have(all, IDENTIFIER_ADDRESS, "grey.heron+bugs@mail.reporter.example"));
	g_assert_true(identifiers_have(all, IDENTIFIER_ADDRESS, "grey.heron@mail.reporter.example"));
	g_assert_true(identifiers_have(all, IDENTIFIER_HOST, "mail.reporter.example"));
	g_assert_true(identifiers_have(all, IDENTIFIER_HOST, "reporter.example"));
	g_assert_false(identifiers_have(all, IDENTIFIER_HOST, "example"));
	g_assert_true(identifiers_have(all, IDENTIFIER_WORD, "heron"));
}

/* What everybody has in common is nobody's. */
static void
test_nobody(void)
{
	g_autoptr(GHashTable) all = identifiers_new();

	identifiers_add_name(all, NULL);
	identifiers_add_name(all, "");
	identifiers_add_name(all, "Security Team");
	identifiers_add_user_id(all, NULL);
	identifiers_add_fingerprint(all, "12");
	identifiers_add_phone(all, "112");
	identifiers_add_host(all, "co.uk");
	g_assert_cmpuint(g_hash_table_size(all), ==, 0);
	identifiers_add_address(all, "info@gmail.com");
	g_assert_cmpuint(g_hash_table_size(all), ==, 1);
	g_assert_true(identifiers_have(all, IDENTIFIER_ADDRESS, "info@gmail.com"));
}

static void
test_others(void)
{
	g_autoptr(GHashTable) all = identifiers_new();

	identifiers_add_fingerprint(all, "0123456789abcdef0123456789abcdef7f3a91c2");
	g_assert_true(identifiers_have(all, IDENTIFIER_KEY, "89ABCDEF7F3A91C2"));
	g_assert_true(identifiers_have(all, IDENTIFIER_KEY, "7F3A91C2"));
	identifiers_add_phone(all, "+31 (0)6-1234 5678");
	g_assert_true(identifiers_have(all, IDENTIFIER_PHONE, "612345678"));
	identifiers_add_user_id(all, "Ardea C. <ardea@other.example>");
	g_assert_true(identifiers_have(all, IDENTIFIER_NAME, "ardea c"));
	g_assert_true(identifiers_have(all, IDENTIFIER_ADDRESS, "ardea@other.example"));
	identifiers_add_user_id(all, "bare@other.example");
	g_assert_true(identifiers_have(all, IDENTIFIER_ADDRESS, "bare@other.example"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/identifier/usual", test_usual);
	g_test_add_func("/identifier/address", test_address);
	g_test_add_func("/identifier/nobody", test_nobody);
	g_test_add_func("/identifier/others", test_others);
	return g_test_run();
}
