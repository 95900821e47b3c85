/* canonical - each kind of word has one form, or none */

#include <glib.h>

#include "canonical.h"

static const struct {
	char *(*canonical)(const char *);
	const char *text, *expected;	/* expected NULL: refused */
} rows[] = {
	{ canonical_handle, "De-Linde2", "De-Linde2" },
	{ canonical_handle, "", NULL },
	{ canonical_handle, "-linde", NULL },
	{ canonical_handle, "de linde", NULL },
	{ canonical_handle, "a23456789012345678901234567890123", NULL },
	{ canonical_kind, "Member", "member" },
	{ canonical_kind, "guest", NULL },
	{ canonical_tlp, "amber+strict", "AMBER+STRICT" },
	{ canonical_tlp, "WHITE", NULL },
	{ canonical_language, "NL", "nl" },
	{ canonical_language, "n1", NULL },
	{ canonical_language, "dutch", NULL },
	{ canonical_receives, "digest", "digest" },
	{ canonical_receives, "everything", NULL },
	{ canonical_domain, "WWW.DeLinde.Example.", "www.delinde.example" },
	{ canonical_domain, "co.uk", NULL },
	{ canonical_domain, "a b", NULL },
	{ canonical_network, "192.0.2.0/24", "192.0.2.0/24" },
	{ canonical_network, "192.0.2.7", "192.0.2.7/32" },
	{ canonical_network, "192.0.2.7/24", NULL },
	{ canonical_network, "192.0.2.0/33", NULL },
	{ canonical_network, "192.0.2.0/", NULL },
	{ canonical_network, "0.0.0.0/0", NULL },
	{ canonical_network, "192.0.2/24", NULL },
	{ canonical_network, "2001:DB8:1:0::/48", "2001:db8:1::/48" },
	{ canonical_network, "2001:db8:1::1/64", NULL },
	{ canonical_network, "2001:db8::1", "2001:db8::1/128" },
	{ canonical_address, "Cert@DeLinde.EXAMPLE", "Cert@delinde.example" },
	{ canonical_address, "a+b@x.example", "a+b@x.example" },
	{ canonical_address, "nobody", NULL },
	{ canonical_address, "@x.example", NULL },
	{ canonical_address, "-f@x.example", NULL },
	{ canonical_address, "a b@x.example", NULL },
	{ canonical_address, "a\n@x.example", NULL },
	{ canonical_address, "a@b@x.example", NULL },
	{ canonical_line, "two\nlines \x1b[1m", "two lines \\u{001B}[1m" },
};

static void
test_rows(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *form = rows[i].canonical(rows[i].text);

		g_test_message("row %u: %s", i, rows[i].text);
		g_assert_cmpstr(form, ==, rows[i].expected);
	}
}

/* What is canonical stays as it is. */
static void
test_twice(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *form = rows[i].expected == NULL ? NULL :
		    rows[i].canonical(rows[i].expected);

		g_assert_cmpstr(form, ==, rows[i].expected);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/canonical/rows", test_rows);
	g_test_add_func("/canonical/twice", test_twice);
	return g_test_run();
}
