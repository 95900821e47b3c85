/* error - whose turn it is when something went wrong; see error.h */

#include "error.h"

#include <errno.h>
#include <string.h>
#include <sysexits.h>

/* What Postfix is told. Of all statuses pipe(8) defers only 71 and 75, and a
 * leading D.S.N text outranks the status, so the two must agree. */
static const struct {
	SluisError code;
	int status;
	const char *enhanced;
} verdicts[] = {
	{ SLUIS_ERROR_RETRY,   EX_TEMPFAIL, "4.3.0" },
	{ SLUIS_ERROR_SETUP,   EX_TEMPFAIL, "4.3.5" },
	{ SLUIS_ERROR_REFUSED, EX_NOPERM,   "5.7.1" },
	{ SLUIS_ERROR_HARM,    EX_TEMPFAIL, "4.3.0" },
};

GQuark
error_quark(void)
{
	return g_quark_from_static_string("sluis-error");
}

bool
error_set(GError **error, SluisError code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_propagate_error(error, g_error_new_valist(SLUIS_ERROR, (int)code, format, args));
	va_end(args);
	return false;
}

bool
error_because(GError **error, SluisError code, const char *what)
{
	if (error == NULL)
		return false;
	g_assert(*error != NULL);
	if ((*error)->domain != SLUIS_ERROR) {
		(*error)->domain = SLUIS_ERROR;
		(*error)->code = (int)code;
	}
	g_prefix_error(error, "%s: ", what);
	return false;
}

bool
error_errno(GError **error, SluisError code, const char *what)
{
	return error_set(error, code, "%s: %s", what, g_strerror(errno));
}

bool
error_is(const GError *error, SluisError code)
{
	return g_error_matches(error, SLUIS_ERROR, (int)code);
}

int
error_exit_status(const GError *error)
{
	if (error == NULL)
		return EX_OK;
	for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++)
		if (error_is(error, verdicts[i].code))
			return verdicts[i].status;
	return EX_TEMPFAIL;
}

const char *
error_enhanced_status(const GError *error)
{
	if (error == NULL)
		return "2.0.0";
	for (gsize i = 0; i < G_N_ELEMENTS(verdicts); i++)
		if (error_is(error, verdicts[i].code))
			return verdicts[i].enhanced;
	return "4.3.0";
}
