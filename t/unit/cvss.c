#include "cvss.h"

#include <glib.h>

#define ROW(vector, score) { vector, score }

/* The examples of the standard's own documents, by version, and beside those of
 * version 4 vectors for each way a score is put together. */
static const struct { const char *vector; double score; } examples[] = {
	ROW("AV:N/AC:L/Au:N/C:N/I:N/A:C", 7.8),				/* CVE-2002-0392 */
	ROW("(AV:N/AC:L/Au:N/C:C/I:C/A:C)", 10.0),			/* CVE-2003-0818 */
	ROW("CVSS:2.0/AV:L/AC:H/Au:N/C:C/I:C/A:C", 6.2),		/* CVE-2003-0062 */
	ROW("AV:N/AC:L/Au:N/C:N/I:N/A:N/E:F/RL:OF/RC:C", 0.0),
	ROW("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 6.1),	/* CVE-2013-1937 */
	ROW("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 6.4),	/* CVE-2013-0375 */
	ROW("CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", 3.1),	/* CVE-2014-3566 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", 9.9),	/* CVE-2012-1516 */
	ROW("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", 4.2),	/* CVE-2009-0783 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", 8.8),	/* CVE-2012-0384 */
	ROW("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 7.8),	/* CVE-2015-1098 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", 7.5),	/* CVE-2014-0160 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 9.8),	/* CVE-2014-6271 */
	ROW("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", 6.8),	/* CVE-2008-1447 */
	ROW("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 6.8),	/* CVE-2014-2005 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", 5.8),	/* CVE-2010-0467 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N", 5.8),	/* CVE-2012-1342 */
	ROW("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", 9.3),	/* CVE-2013-6014 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N", 5.4),	/* CVE-2014-9253 */
	ROW("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 8.8),	/* CVE-2011-1265 */
	ROW("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", 4.6),	/* CVE-2014-2019 */
	ROW("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:N", 7.4),	/* CVE-2014-0224 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:H/A:H", 9.6),	/* CVE-2012-5376 */
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 10.0),
	ROW("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N", 0.0),
	ROW("cvss:3.1/av:n/ac:l/pr:n/ui:n/s:u/c:h/i:h/a:h/e:u/rl:o", 9.8),
	ROW("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.3),	/* CVE-2022-41741 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", 7.7),	/* CVE-2020-3549 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", 8.3),	/* CVE-2023-3089 */
	ROW("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 4.6),	/* CVE-2021-44714 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", 5.1),	/* CVE-2022-21830 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N", 6.9),	/* CVE-2022-22186 */
	ROW("CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", 5.9),	/* CVE-2023-21989 */
	ROW("CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:H", 6.4),	/* CVE-2013-6014 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N", 8.7),	/* CVE-2014-0160 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 10.0),	/* CVE-2021-44228 */
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:H/VA:L/SC:N/SI:H/SA:L", 9.2),
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:L/UI:A/VC:H/VI:H/VA:H/SC:H/SI:N/SA:H", 9.3),
	ROW("CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:N/SC:N/SI:N/SA:L", 9.1),
	ROW("CVSS:4.0/AV:N/AC:H/AT:N/PR:H/UI:A/VC:N/VI:N/VA:N/SC:N/SI:H/SA:N", 4.0),
	ROW("CVSS:4.0/AV:N/AC:L/AT:P/PR:H/UI:A/VC:N/VI:L/VA:N/SC:N/SI:L/SA:N", 1.8),
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/AU:Y/U:Red", 9.3),
	ROW("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0.0),
};

static void
scores(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(examples); i++) {
		double score = -1;

		g_test_message("%s", examples[i].vector);
		g_assert_true(cvss_base(examples[i].vector, &score));
		g_assert_cmpfloat_with_epsilon(score, examples[i].score, 0.001);
	}
}

static void
refused(void)
{
	static const char *const rows[] = {
		"", "(", "()", "CVSS", "CVSS:3.1", "CVSS:3.1/", "/", "9.8",
		"AV:N/AC:L/Au:N/C:N/I:N",				/* one is missing */
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
		"CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",	/* twice */
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X",		/* no such value */
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:",
		"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:HH",
		"CVSS:3.1/AV:N//AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
		"CVSS:9.9/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",		/* no such version */
		"CVSS:4.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
		"AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		double score = -1;

		g_test_message("%s", rows[i]);
		g_assert_false(cvss_base(rows[i], &score));
		g_assert_cmpfloat(score, ==, -1);
	}
}

static void
words(void)
{
	static const struct { double score; const char *word; } rows[] = {
		{ 0, "" }, { 0.1, "low" }, { 3.9, "low" }, { 4.0, "medium" }, { 6.9, "medium" },
		{ 7.0, "high" }, { 8.9, "high" }, { 9.0, "critical" }, { 10, "critical" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		g_assert_cmpstr(cvss_word(rows[i].score), ==, rows[i].word);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cvss/scores", scores);
	g_test_add_func("/cvss/refused", refused);
	g_test_add_func("/cvss/words", words);
	return g_test_run();
}
