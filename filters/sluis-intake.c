/*
 * sluis-intake - the gate in front of intake; see sluis-intake(8)
 *
 * Postfix bounces a mail on every end it does not know, also on that of a
 * program whose library is missing or that ran too long. So what Postfix runs
 * is this: static, without libraries, without settings, and with one answer.
 * It starts intake, waits no longer than 150 s, and says 0 if intake said 0
 * and 75 to all else. Nothing is printed, but for --help and --version.
 */

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#ifndef DEADLINE			/* a test cannot wait that long */
#define DEADLINE 150			/* seconds; Postfix gives 600 */
#endif
#define COMPANION "libexec/sluis/intake"

static const char help[] =
    "usage: sluis-intake [-c FILE] --recipient ADDRESS [--sender ADDRESS] [--queue-id ID]\n"
    "sluis-intake - take one mail from standard input, durably or not at all\n\n"
    "  --recipient ADDRESS        the inbox it came for\n"
    "  --sender ADDRESS           of the envelope; may be empty\n"
    "  --queue-id ID              Postfix's name for it\n"
    "  -c, --conf FILE            settings (else $SLUIS_CONF, else /etc/sluis/sluis.yaml)\n"
    "  --help, --version          alone: print this, or the version\n";

/* PREFIX/bin/sluis-intake is us; replaces its last two names. */
static bool
find_companion(char path[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof(COMPANION));
	char *slash = path;

	if (length < 0)
		return false;
	path[length] = '\0';
	for (int names = 0; names < 2; names++) {
		slash = strrchr(path, '/');
		if (slash == NULL)
			return false;
		*slash = '\0';
	}
	memcpy(slash, "/" COMPANION, sizeof("/" COMPANION));
	return true;
}

/* In the child: a group of its own, silent, dead when we are. Where standard
 * input is closed, null gets its number, and that is no mail. */
static void
run_companion(char *argv[], pid_t gate)
{
	char path[PATH_MAX];
	int null = open("/dev/null", O_RDWR);

	if (null <= 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 ||
	    prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != gate ||
	    setpgid(0, 0) != 0 || !find_companion(path))
		return;
	if (null > 2)
		close(null);
	argv[0] = path;
	execv(path, argv);
}

/* Waits for the child's end or for the deadline, whichever is first. */
static bool
ended_in_time(const sigset_t *child_signal)
{
	struct timespec now, left = { 0, 0 };
	time_t until;

	clock_gettime(CLOCK_MONOTONIC, &now);
	until = now.tv_sec + DEADLINE;
	for (; now.tv_sec < until; clock_gettime(CLOCK_MONOTONIC, &now)) {
		left.tv_sec = until - now.tv_sec;
		if (sigtimedwait(child_signal, NULL, &left) == SIGCHLD)
			return true;
	}
	return false;
}

int
main(int argc, char *argv[])
{
	sigset_t child_signal, before;
	pid_t gate = getpid(), child;
	int status;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return fputs(help, stdout) < 0 || fflush(stdout) != 0 ? EX_TEMPFAIL : EX_OK;
	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return puts("sluis-intake " SLUIS_VERSION) < 0 || fflush(stdout) != 0 ?
		    EX_TEMPFAIL : EX_OK;

	/* Blocked before the fork, so that its end cannot come unseen; the
	 * parent may have left it ignored. */
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&child_signal);
	sigaddset(&child_signal, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child_signal, &before);

	child = fork();
	if (child == 0) {
		sigprocmask(SIG_SETMASK, &before, NULL);
		run_companion(argv, gate);
		_exit(EX_TEMPFAIL);
	}
	if (child < 0)
		return EX_TEMPFAIL;
	setpgid(child, child);
	if (!ended_in_time(&child_signal))
		kill(-child, SIGKILL);
	if (waitpid(child, &status, 0) != child)
		return EX_TEMPFAIL;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? EX_OK : EX_TEMPFAIL;
}
