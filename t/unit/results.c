/* results - what our own checker found, and what others say it did (T-27) */

#include "results.h"

#include <string.h>
#include <glib.h>

#define OURS "mx.sluis.example"

static const struct {
	const char *value;
	bool passed;
} rows[] = {
	{ OURS "; dmarc=pass header.from=devaart.example", true },
	{ OURS "; dmarc=pass (p=none dis=none) header.from=devaart.example", true },
	{ OURS " 1; spf=fail smtp.mailfrom=a@b.example; dmarc=pass header.from=DeVaart.example;", true },
	{ "\"" OURS "\"; dmarc/1 = pass header.from=devaart.example", true },
	{ "(hello (there)) " OURS " ; dmarc = pass reason=\"a; dmarc=fail\" header.from=devaart.example", true },
	{ OURS "; dkim=pass header.d=devaart.example header.b=\"a=b;\"; dmarc=pass header.from=devaart.example", true },
	{ OURS "; dkim=pass header.i=@devaart.example; dmarc=pass header.from=devaart.example", true },

	{ OURS "; dmarc=fail header.from=devaart.example", false },
	{ OURS "; dmarc=none header.from=devaart.example", false },
	{ OURS "; dmarc=pass header.from=other.example", false },
	{ OURS "; dmarc=pass header.from=sub.devaart.example", false },
	{ OURS "; dmarc=pass", false },
	{ OURS "; dkim=pass header.d=devaart.example", false },
	{ OURS "; none", false },
	{ OURS, false },
	{ "", false },
	{ "mx.other.example; dmarc=pass header.from=devaart.example", false },
	{ OURS ".evil.example; dmarc=pass header.from=devaart.example", false },
	{ "(" OURS ") evil.example; dmarc=pass header.from=devaart.example", false },
	{ OURS " 2; dmarc=pass header.from=devaart.example", false },
	{ OURS "; dmarc=fail header.from=devaart.example; dmarc=pass header.from=devaart.example", false },
	{ OURS "; dmarc=pass header.from=devaart.example; dmarc=fail header.from=devaart.example", false },
	{ OURS "; dmarc=pass header.from=other.example header.from=devaart.example", false },
	{ OURS "; spf=fail (dmarc=pass header.from=devaart.example)", false },
	{ OURS "; spf=fail reason=\"; dmarc=pass header.from=devaart.example\"", false },
	{ OURS "; spf=fail (; dmarc=pass header.from=devaart.example", false },
	{ OURS "; spf=fail smtp.mailfrom=\"x; dmarc=pass header.from=devaart.example", false },
	{ OURS "; dmarc=pass header.from=devaart.example; spf", false },
	{ OURS "; dmarc=pass header.from=devaart.example trailing", false },
};

static void
test_field(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_test_message("T-27: %s", rows[i].value);
		g_assert_cmpint(results_field_passed(rows[i].value, OURS, "devaart.example"), ==,
		    rows[i].passed);
	}
	g_test_message("T-27: %u fields", (guint)G_N_ELEMENTS(rows));
}

static void
test_no_checker(void)
{
	g_assert_false(results_field_passed("; dmarc=pass header.from=a.example", "", "a.example"));
	g_assert_false(results_field_passed(OURS "; dmarc=pass header.from=a.example", NULL, "a.example"));
}

static bool
passed(const char *header)
{
	return results_dmarc_passed((Slice){ header, strlen(header) }, OURS, "a.example");
}

static void
test_topmost(void)
{
	const char ours[] = "Authentication-Results: " OURS ";\r\n dmarc=pass header.from=a.example\r\n";
	const char theirs[] = "Authentication-Results: mx.other.example; dmarc=fail header.from=a.example\r\n";
	const char fails[] = "authentication-results: " OURS "; dmarc=fail header.from=a.example\r\n";
	g_autofree char *good = g_strconcat("Received: by us\r\n", ours, theirs, NULL);
	g_autofree char *below = g_strconcat(theirs, ours, NULL);
	g_autofree char *second = g_strconcat(fails, ours, NULL);

	g_test_message("T-27: only the topmost counts");
	g_assert_true(passed(good));
	g_assert_false(passed(below));
	g_assert_false(passed(second));
	g_assert_false(passed("From: x@a.example\r\n"));
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/results/field", test_field);
	g_test_add_func("/results/no-checker", test_no_checker);
	g_test_add_func("/results/topmost", test_topmost);
	return g_test_run();
}
