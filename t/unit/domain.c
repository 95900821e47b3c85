#include "domain.h"

static void
canonical(void)
{
	static const struct { const char *name, *want; } rows[] = {
		{ "Portaal.DeLinde.NL", "portaal.delinde.nl" },
		{ "delinde.nl.", "delinde.nl" },
		{ "b\xc3\xbc" "cher.example", "xn--bcher-kva.example" },
		{ "XN--BCHER-KVA.example", "xn--bcher-kva.example" },
		{ "_dmarc.delinde.nl", "_dmarc.delinde.nl" },
		{ "localhost", "localhost" },
		{ "192.0.2.17", NULL },
		{ "", NULL },
		{ ".", NULL },
		{ "a..b", NULL },
		{ "-a.nl", NULL },
		{ "a b.nl", NULL },
		{ "a/b.nl", NULL },
		{ "xn--\xff.nl", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = domain_canonical(rows[i].name);

		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

static void
unicode(void)
{
	static const struct { const char *domain, *want; } rows[] = {
		{ "xn--bcher-kva.example", "b\xc3\xbc" "cher.example" },
		{ "www.xn--bcher-kva.example", "www.b\xc3\xbc" "cher.example" },
		{ "delinde.nl", NULL },
		{ "b\xc3\xbc" "cher.example", NULL },
		{ "", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *got = domain_unicode(rows[i].domain);

		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

/* T-37: whole labels only. */
static void
within(void)
{
	g_assert_true(domain_is_within("delinde.example", "delinde.example"));
	g_assert_true(domain_is_within("portaal.delinde.example", "delinde.example"));
	g_assert_false(domain_is_within("notdelinde.example", "delinde.example"));
	g_assert_false(domain_is_within("delinde.example.evil.test", "delinde.example"));
	g_assert_false(domain_is_within("example", "delinde.example"));
	g_assert_false(domain_is_within("delinde.example", ""));
}

static void
suffixes(void)
{
	g_assert_true(domain_is_public_suffix("co.uk"));
	g_assert_true(domain_is_public_suffix("nl"));
	g_assert_false(domain_is_public_suffix("delinde.nl"));
	g_assert_cmpstr(domain_registrable("portaal.delinde.nl"), ==, "delinde.nl");
	g_assert_cmpstr(domain_registrable("a.b.co.uk"), ==, "b.co.uk");
	g_assert_null(domain_registrable("co.uk"));
	g_assert_true(domain_is_plausible("delinde.nl"));
	g_assert_true(domain_is_plausible("delinde.example"));
	g_assert_false(domain_is_plausible("index.php"));
	g_assert_false(domain_is_plausible("nl"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/domain/canonical", canonical);
	g_test_add_func("/domain/unicode", unicode);
	g_test_add_func("/domain/within/T-37", within);
	g_test_add_func("/domain/suffixes", suffixes);
	return g_test_run();
}
