/* Lines for PostgreSQL: put where they work, and once. */

#include "mapping.h"

#include <string.h>

static void
test_hba(void)
{
	static const char before[] = "# comment map=sluis \"sluis\"\n\n"
	    "local all postgres peer\nlocal all all peer\n";
	g_autofree char *once = mapping_hba(before, "sluis");
	g_autofree char *twice = mapping_hba(once, "sluis");
	g_autofree char *other = mapping_hba(once, "trial");
	g_autofree char *empty = mapping_hba("", "sluis");

	g_assert_nonnull(once);
	g_assert_null(twice);
	g_assert_nonnull(other);
	g_assert_nonnull(empty);
	g_assert_true(g_str_has_prefix(once, "# comment map=sluis \"sluis\"\n\n# sluis:"));
	g_assert_cmpint(strstr(once, "peer map=sluis\n") - once, <, strstr(once, "local all") - once);
	g_assert_true(g_str_has_suffix(once, "local all postgres peer\nlocal all all peer\n"));
}

static void
test_ident(void)
{
	static const char before[] = "# MAPNAME SYSTEM-USERNAME PG-USERNAME\n";
	g_autofree char *once = mapping_ident(before);
	g_autofree char *twice = mapping_ident(once);

	g_assert_true(g_str_has_prefix(once, before));
	g_assert_nonnull(strstr(once, "sluis-in    sluis_in\n"));
	g_assert_null(twice);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/mapping/hba", test_hba);
	g_test_add_func("/mapping/ident", test_ident);
	return g_test_run();
}
