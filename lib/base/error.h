/*
 * error - whose turn it is when something went wrong
 *
 * A fault is an error, a finding is a value: "signature bad" is not in here.
 * There is one domain with four codes, each named by who must act next, and
 * every foreign error is given its code where the foreign call stands, so that
 * nobody further up has to guess.
 *
 * All functions that set an error return false, so that a caller may write
 * "return error_set(...)".
 */

#ifndef SLUIS_BASE_ERROR_H
#define SLUIS_BASE_ERROR_H

#include <stdbool.h>
#include <glib.h>

#define SLUIS_ERROR (error_quark())

typedef enum {
	SLUIS_ERROR_RETRY,	/* the world: database, agent, disk; heals alone */
	SLUIS_ERROR_SETUP,	/* the operator: settings, keys, texts, schema */
	SLUIS_ERROR_REFUSED,	/* policy; the only one that may bounce a mail */
	SLUIS_ERROR_HARM,	/* nobody: a tool that is well died of this mail. Tried
				 * again like RETRY, but the try counts (T-10) */
} SluisError;

GQuark error_quark(void);

/* Sets *error (if error is not NULL) and returns false. */
bool error_set(GError **error, SluisError code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/*
 * Gives a foreign error its meaning: *error keeps its message behind "what: "
 * and gets our domain and the code. An error that is ours already keeps its
 * code. Returns false.
 */
bool error_because(GError **error, SluisError code, const char *what);

/* The same from errno: "what: strerror(errno)". */
bool error_errno(GError **error, SluisError code, const char *what);

/* Is this ours, and of that code? False for NULL. */
bool error_is(const GError *error, SluisError code);

/*
 * What a mail program says of an error: the exit status Postfix understands
 * (75 for all but REFUSED, which is 77) and the enhanced status code of RFC
 * 3463 ("4.3.0", "4.3.5", "5.7.1"). NULL, no error: 0 and "2.0.0".
 */
int error_exit_status(const GError *error);
const char *error_enhanced_status(const GError *error);

#endif
