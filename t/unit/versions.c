/* versions - is a version one of those an advisory is about? */

#include "versions.h"

static void
test_meet(void)
{
	static const struct {
		const char *listed, *asked;
		Versions want;
	} rows[] = {
		/* any */
		{ "", "13.1", VERSIONS_MEANT }, { "13.1", "", VERSIONS_MEANT },
		{ "13.1", "*", VERSIONS_MEANT }, { "13.1", "All versions", VERSIONS_MEANT },
		{ "13.1", "vers:all/*", VERSIONS_MEANT }, { "13.1", "vers:generic/*", VERSIONS_MEANT },
		/* one */
		{ "13.1", "13.1", VERSIONS_MEANT }, { "v13.1", "13.1", VERSIONS_MEANT },
		{ "13", "13.1", VERSIONS_MEANT }, { "13.1.55", "13.1", VERSIONS_MEANT },
		{ "12.1", "13.1", VERSIONS_OTHER }, { "13.10", "13.1", VERSIONS_OTHER },
		{ "13.1.fips", "13.1", VERSIONS_MEANT }, { "2019", "2019 SP1", VERSIONS_MAYBE },
		{ "13.1", "Fahrenheit", VERSIONS_MAYBE }, { "build x", "13.1", VERSIONS_MAYBE },
		/* vers */
		{ "13.0.5", "vers:generic/>=13.0|<13.1.55", VERSIONS_MEANT },
		{ "13.1.55", "vers:generic/>=13.0|<13.1.55", VERSIONS_OTHER },
		{ "13.1.56", "vers:generic/>=13.0|<13.1.55", VERSIONS_OTHER },
		{ "12.1", "vers:generic/>=13.0|<13.1.55", VERSIONS_OTHER },
		{ "13.1", "vers:generic/>=13.0|<13.1.55", VERSIONS_MAYBE },
		{ "13", "vers:generic/>=13.0|<13.1.55", VERSIONS_MAYBE },
		{ "12.0.9", "vers:generic/<12.1|>=13.0|<13.1", VERSIONS_MEANT },
		{ "12.5.0", "vers:generic/<12.1|>=13.0|<13.1", VERSIONS_OTHER },
		{ "13.0.1", "vers:generic/<12.1|>=13.0|<13.1", VERSIONS_MEANT },
		{ "1.5", "vers:deb/>=1.0|!=1.5|<2.0", VERSIONS_OTHER },
		{ "1.6", "vers:deb/>=1.0|!=1.5|<2.0", VERSIONS_MEANT },
		{ "7.2", "vers:generic/7.1|7.2|7.3", VERSIONS_MEANT },
		{ "7.4", "vers:generic/7.1|7.2|7.3", VERSIONS_OTHER },
		{ "7.4", "vers:generic/", VERSIONS_MAYBE }, { "7.4", "vers:", VERSIONS_MAYBE },
		{ "7.4", "vers:generic/<R2D2", VERSIONS_MAYBE },
		/* as people write */
		{ "12.0", "<12.1", VERSIONS_MEANT }, { "12.1", "<12.1", VERSIONS_OTHER },
		{ "12.2", "<12.1", VERSIONS_OTHER }, { "12", "<12.1", VERSIONS_MAYBE },
		{ "12.1", "<= 12.1", VERSIONS_MEANT }, { "12.1.7", "<=12.1", VERSIONS_MAYBE },
		{ "4.1", "before 4.2", VERSIONS_MEANT }, { "4.2", "prior to 4.2", VERSIONS_OTHER },
		{ "13.0.1", ">= 13.0, < 13.1", VERSIONS_MEANT }, { "13.2", ">=13.0 <13.1", VERSIONS_OTHER },
		{ "13.0.1", ">=13.0 and <13.1", VERSIONS_MEANT },
		{ "13.0.1", "13.0 - 13.1", VERSIONS_MEANT }, { "14", "13.0 - 13.1", VERSIONS_OTHER },
		{ "13.0.1", "13.0 through 13.1", VERSIONS_MEANT }, { "12.9", "13.0 through 13.1", VERSIONS_OTHER },
		{ "12.1.b", "<12.1", VERSIONS_MAYBE },
		{ "1", "<99999999999999999999999", VERSIONS_MEANT },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		Versions got = versions_meet(rows[i].listed, rows[i].asked);

		if (got != rows[i].want)
			g_test_message("%s in %s: %d", rows[i].listed, rows[i].asked, (int)got);
		g_assert_cmpint(got, ==, rows[i].want);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/versions/meet", test_meet);
	return g_test_run();
}
