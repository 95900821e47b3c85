/* signals - see signals.h */

#include "signals.h"

#include <sys/signalfd.h>

#include "error.h"

static bool
block(const sigset_t *set, GError **error)
{
	return sigprocmask(SIG_BLOCK, set, NULL) == 0 ||
	    error_errno(error, SLUIS_ERROR_RETRY, "sigprocmask");
}

static void
ends(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
}

bool
signals_block(sigset_t *set, GError **error)
{
	ends(set);
	return block(set, error);
}

int
signals_open(bool children, GError **error)
{
	sigset_t set;
	int fd;

	ends(&set);
	if (children)
		sigaddset(&set, SIGCHLD);
	if (!block(&set, error))
		return -1;
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (fd < 0)
		error_errno(error, SLUIS_ERROR_RETRY, "signalfd");
	return fd;
}
