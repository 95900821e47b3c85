/*
 * spawn - run a program, feed it, wait for it, no longer than allowed
 *
 * No shell. The child gets a small fixed environment, its own process group,
 * and fds 0 to 2 only. At the deadline the whole group is killed.
 */

#ifndef SLUIS_BASE_SPAWN_H
#define SLUIS_BASE_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>
#include <glib.h>

typedef struct {
	const char *const *argv;	/* NULL-terminated; argv[0] is a path */
	const char *const *environment;	/* added to PATH, LANG=C; may be NULL */
	GBytes *input;			/* stdin, all there whatever becomes of us; NULL: /dev/null */
	gsize most_output;		/* of stdout kept; 0: /dev/null */
	guint seconds;			/* deadline */
	uid_t uid;			/* become this user first; 0: stay */
	gid_t gid;
} Spawn;

/*
 * True when the child was started and ended; *status is its wait status.
 * *output (may be NULL) is what it printed on stdout, the caller's; *errors
 * (may be NULL) the first 4 KiB of stderr, cleaned. RETRY if it could not be
 * started or had to be killed.
 */
bool spawn_run(const Spawn *spawn, int *status, GBytes **output, char **errors,
    GError **error);

/* For short helpers: as spawn_run, and anything but exit 0 is an error that
 * quotes the first line of stderr. */
bool spawn_check(const Spawn *spawn, GBytes **output, GError **error);

#endif
