/* error - codes, what they become, and whose turn it is */

#include "error.h"

#include <errno.h>

static void
test_verdicts(void)
{
	static const struct {
		SluisError code;
		int status;
		const char *enhanced;
	} cases[] = {
		{ SLUIS_ERROR_RETRY, 75, "4.3.0" },
		{ SLUIS_ERROR_SETUP, 75, "4.3.5" },
		{ SLUIS_ERROR_REFUSED, 77, "5.7.1" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_false(error_set(&error, cases[i].code, "number %d", 7));
		g_assert_cmpstr(error->message, ==, "number 7");
		g_assert_true(error_is(error, cases[i].code));
		g_assert_cmpint(error_exit_status(error), ==, cases[i].status);
		g_assert_cmpstr(error_enhanced_status(error), ==, cases[i].enhanced);
	}
	g_assert_cmpint(error_exit_status(NULL), ==, 0);
	g_assert_cmpstr(error_enhanced_status(NULL), ==, "2.0.0");
}

static void
test_because(void)
{
	g_autoptr(GError) foreign = g_error_new(G_FILE_ERROR, G_FILE_ERROR_IO, "gone");
	g_autoptr(GError) ours = NULL;

	g_assert_cmpint(error_exit_status(foreign), ==, 75);
	g_assert_false(error_because(&foreign, SLUIS_ERROR_SETUP, "cannot read"));
	g_assert_cmpstr(foreign->message, ==, "cannot read: gone");
	g_assert_true(error_is(foreign, SLUIS_ERROR_SETUP));

	error_set(&ours, SLUIS_ERROR_REFUSED, "no");
	error_because(&ours, SLUIS_ERROR_RETRY, "policy");
	g_assert_true(error_is(ours, SLUIS_ERROR_REFUSED));
	g_assert_cmpstr(ours->message, ==, "policy: no");
	g_assert_false(error_because(NULL, SLUIS_ERROR_RETRY, "nobody asks"));
	g_assert_false(error_set(NULL, SLUIS_ERROR_RETRY, "nobody asks"));
}

static void
test_errno(void)
{
	g_autoptr(GError) error = NULL;

	errno = ENOENT;
	g_assert_false(error_errno(&error, SLUIS_ERROR_SETUP, "/nowhere"));
	g_assert_cmpstr(error->message, ==, "/nowhere: No such file or directory");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/error/verdicts", test_verdicts);
	g_test_add_func("/error/because", test_because);
	g_test_add_func("/error/errno", test_errno);
	return g_test_run();
}
