/*
 * measure - what a command costs, with everything it starts
 *
 *	measure [-i FILE] [-o FILE] [-e FILE] COMMAND [ARGUMENT]...
 *
 * prints one line, "WALL CPU RSS STATUS": seconds until the command ended,
 * seconds of processor (user and system) of it and all its descendants, KiB
 * of memory of the largest of them, and its status (128 and the signal).
 *
 * GPGME starts gpg by two forks, so gpg's time would be counted nowhere. We
 * take in orphans and wait for them, too. A daemon that was left behind would
 * be waited for in vain; that is a fault of the measurement, and said.
 *
 * The command's standard input, output and error are these files, else
 * /dev/null.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 30		/* seconds for orphans, once the command ended */

static void
too_long(int number)
{
	static const char text[] = "measure: something it started does not end\n";

	(void)number;
	_exit(write(2, text, sizeof(text) - 1) > 0 ? 1 : 2);
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double
seconds(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* In the child. What cannot be done is told as a shell would. */
static void
become(const char *const files[3], char *argv[])
{
	for (int number = 0; number < 3; number++) {
		int flags = number == 0 ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC;
		int fd = open(files[number], flags | O_CLOEXEC, 0600);

		if (fd < 0 || dup2(fd, number) != number) {
			perror(files[number]);
			_exit(127);
		}
	}
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(127);
}

/* Waits for the command and then for all it left; gives the command's status
 * and the moment it ended. */
static int
wait_for(pid_t command, double *ended)
{
	int status, end = 0;
	pid_t pid;

	while ((pid = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
		if (pid != command)
			continue;
		*ended = now();
		end = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
		alarm(PATIENCE);
	}
	return end;
}

static int
measure(const char *const files[3], char *argv[])
{
	double began = now(), ended = began;
	pid_t command = fork();
	struct rusage usage;
	int status;

	if (command == 0)
		become(files, argv);
	if (command < 0) {
		perror("measure: fork");
		return 1;
	}
	status = wait_for(command, &ended);
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.6f %.6f %ld %d\n", ended - began,
	    seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss, status);
	return fflush(stdout) != 0;
}

int
main(int argc, char *argv[])
{
	static const char options[] = "ioe";
	const char *files[3] = { "/dev/null", "/dev/null", "/dev/null" };
	int option;

	while ((option = getopt(argc, argv, "+i:o:e:")) != -1) {
		if (option == '?')
			return 2;
		files[strchr(options, option) - options] = optarg;
	}
	if (optind == argc) {
		fputs("usage: measure [-i FILE] [-o FILE] [-e FILE] COMMAND [ARGUMENT]...\n", stderr);
		return 2;
	}
	signal(SIGALRM, too_long);
	if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
		perror("measure: prctl");
		return 1;
	}
	return measure(files, argv + optind);
}
