/* supervise - see supervise.h */

#include "supervise.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "error.h"
#include "log.h"

/* A program that ends at once is not started again in a rush. */
#define PAUSE_SECONDS 5

static sigset_t
awaited(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	return set;
}

void
supervise_hold_signals(void)
{
	sigset_t set = awaited();

	sigprocmask(SIG_BLOCK, &set, NULL);
}

static pid_t
start(const char *const *argv)
{
	pid_t parent = getpid(), pid = fork();
	sigset_t set = awaited();

	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	setpgid(0, 0);			/* a Ctrl-C is for us, who pass it on */
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	execv(argv[0], (char *const *)argv);
	_exit(127);
}

/* Forgets those that have ended; how many are left. */
static guint
reap(pid_t *pids, guint count)
{
	guint left = 0;
	pid_t pid;

	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		for (guint i = 0; i < count; i++)
			if (pids[i] == pid)
				pids[i] = 0;
	for (guint i = 0; i < count; i++)
		left += pids[i] > 0;
	return left;
}

static bool
start_missing(const char *const *const *programs, pid_t *pids, guint count, GError **error)
{
	for (guint i = 0; i < count; i++) {
		if (pids[i] > 0)
			continue;
		pids[i] = start(programs[i]);
		if (pids[i] < 0)
			return error_errno(error, SLUIS_ERROR_RETRY, programs[i][0]);
	}
	return true;
}

/* Until a signal to end. After the end of a child its pause is the time the
 * next wait may take. */
static bool
stay(const char *const *const *programs, pid_t *pids, guint count, GError **error)
{
	const struct timespec pause = { .tv_sec = PAUSE_SECONDS };
	sigset_t set = awaited();

	if (!start_missing(programs, pids, count, error))
		return false;
	for (;;) {
		bool missing = reap(pids, count) < count;
		int number = sigtimedwait(&set, NULL, missing ? &pause : NULL);

		if (number == SIGTERM || number == SIGINT)
			return true;
		if (number > 0 || !missing)
			continue;
		log_warning("a program ended by itself and is started again");
		if (!start_missing(programs, pids, count, error))
			return false;
	}
}

static void
end_all(pid_t *pids, guint count)
{
	sigset_t set = awaited();

	for (guint i = 0; i < count; i++)
		if (pids[i] > 0)
			kill(pids[i], SIGTERM);
	while (reap(pids, count) > 0)
		sigwaitinfo(&set, NULL);
}

bool
supervise(const char *const *const *programs, guint count, GError **error)
{
	g_autofree pid_t *pids = g_new0(pid_t, count);
	bool ok = stay(programs, pids, count, error);

	end_all(pids, count);
	return ok;
}
