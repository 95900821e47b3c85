/* spawn - run a program, feed it, wait for it, no longer than allowed; see spawn.h */

#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "error.h"
#include "file.h"
#include "text.h"

#define ERRORS_MOST 4096

/* What a pipe holds at most, unless somebody widened it; one read takes all
 * that a child wrote before its end. */
#define PIPE_HOLDS (64 * 1024)

/* Our ends of a child: fds are -1 where there is none or it was closed. */
typedef struct {
	const Spawn *spawn;
	pid_t pid;
	int pidfd, output, errors;
	Buffer *kept, *said;
	gint64 until;
} Child;

static void
close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
child_clear(Child *child)
{
	close_fd(&child->pidfd);
	close_fd(&child->output);
	close_fd(&child->errors);
	g_clear_pointer(&child->kept, buffer_free);
	g_clear_pointer(&child->said, buffer_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Child, child_clear)

static bool
become(const Spawn *spawn)
{
	if (spawn->uid == 0)
		return true;
	return setgroups(1, &spawn->gid) == 0 && setgid(spawn->gid) == 0 &&
	    setuid(spawn->uid) == 0;
}

static void
default_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	for (int number = 1; number < NSIG; number++)
		signal(number, SIG_DFL);
}

/* In the child, until it is another program: only what is safe there. The
 * fds given may lie among 0 to 2, so they are lifted out of the way first. */
static void
child_exec(const Spawn *spawn, char **environment, const int fds[3], int report)
{
	int lifted[3], number;

	for (int i = 0; i < 3; i++)
		lifted[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, 10);
	report = fcntl(report, F_DUPFD_CLOEXEC, 10);
	for (int i = 0; i < 3; i++)
		dup2(lifted[i], i);
	close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
	setpgid(0, 0);
	default_signals();
	if (become(spawn) && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0)
		execve(spawn->argv[0], (char *const *)spawn->argv, environment);
	number = errno;
	if (write(report, &number, sizeof(number)) < 0)
		_exit(126);
	_exit(127);
}

static char **
environment_of(const Spawn *spawn)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

	g_strv_builder_add(builder, "PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
	g_strv_builder_add(builder, "LANG=C");
	if (spawn->environment != NULL)
		g_strv_builder_addv(builder, (const char **)spawn->environment);
	return g_strv_builder_end(builder);
}

/* All of it, in memory, before the child is there: of a pipe it would see the end
 * where we are killed, and take a beginning for the whole. Nothing is /dev/null. */
static bool
open_input(GBytes *input, int *theirs, GError **error)
{
	gsize length = 0;
	const char *bytes = input != NULL ? g_bytes_get_data(input, &length) : NULL;

	*theirs = input != NULL ? memfd_create("input", MFD_CLOEXEC) :
	    open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (*theirs < 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "input");
	return file_write_fd(*theirs, bytes, length, error) &&
	    (lseek(*theirs, 0, SEEK_SET) == 0 || error_errno(error, SLUIS_ERROR_RETRY, "input"));
}

/* A pipe or, where nothing is wanted, /dev/null as the child's end. */
static bool
open_output(bool wanted, int *ours, int *theirs, GError **error)
{
	int ends[2] = { -1, -1 };

	if (wanted && pipe2(ends, O_CLOEXEC) != 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "pipe");
	*ours = ends[0];
	*theirs = wanted ? ends[1] : open("/dev/null", O_WRONLY | O_CLOEXEC);
	return (*theirs >= 0 && (!wanted || fcntl(*ours, F_SETFL, O_NONBLOCK) == 0)) ||
	    error_errno(error, SLUIS_ERROR_RETRY, "pipe");
}

/* Waits until the child has become the program; 0, or why it has not. */
static int
started(int report)
{
	int number = 0;
	ssize_t got;

	do
		got = read(report, &number, sizeof(number));
	while (got < 0 && errno == EINTR);
	return got == sizeof(number) ? number : 0;
}

static bool
fork_child(Child *child, const int theirs[3], GError **error)
{
	g_auto(GStrv) environment = environment_of(child->spawn);
	int report[2], number;

	if (pipe2(report, O_CLOEXEC) != 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "pipe");
	child->pid = fork();
	if (child->pid == 0)
		child_exec(child->spawn, environment, theirs, report[1]);
	number = child->pid < 0 ? errno : 0;
	close(report[1]);
	if (number == 0)
		number = started(report[0]);
	close(report[0]);
	if (number == 0) {
		child->pidfd = pidfd_open(child->pid, 0);
		if (child->pidfd >= 0)
			return true;
		number = errno;
		kill(child->pid, SIGKILL);
	}
	if (child->pid > 0)
		waitpid(child->pid, NULL, 0);
	return error_set(error, SLUIS_ERROR_RETRY, "cannot start %s: %s",
	    child->spawn->argv[0], g_strerror(number));
}

static bool
child_start(Child *child, GError **error)
{
	int theirs[3] = { -1, -1, -1 };
	bool ok = open_input(child->spawn->input, &theirs[0], error) &&
	    open_output(child->spawn->most_output != 0, &child->output, &theirs[1], error) &&
	    open_output(true, &child->errors, &theirs[2], error) &&
	    fork_child(child, theirs, error);

	for (int i = 0; i < 3; i++)
		close_fd(&theirs[i]);
	return ok;
}

/* What is over the bound is read and forgotten, so that the child can end. */
static void
keep(Buffer *kept, gsize most, const char *bytes, gsize length)
{
	buffer_add(kept, bytes, MIN(length, most - buffer_length(kept)));
}

static void
drain(int *fd, Buffer *kept, gsize most)
{
	char bytes[PIPE_HOLDS];
	ssize_t got;

	if (*fd < 0)
		return;
	got = read(*fd, bytes, sizeof(bytes));
	if (got > 0)
		keep(kept, most, bytes, (gsize)got);
	else if (got == 0 || (errno != EAGAIN && errno != EINTR))
		close_fd(fd);
	explicit_bzero(bytes, sizeof(bytes));
}

/* True when the child ended in time. Its own end counts and not that of its
 * pipes, which a daemon it left behind may hold. */
static bool
child_attend(Child *child)
{
	for (;;) {
		gint64 left = child->until - g_get_monotonic_time();
		struct pollfd fds[] = {
			{ .fd = child->pidfd, .events = POLLIN },
			{ .fd = child->output, .events = POLLIN },
			{ .fd = child->errors, .events = POLLIN },
		};

		if (left <= 0)
			return false;
		if (poll(fds, G_N_ELEMENTS(fds), (int)MIN(left / 1000 + 1, G_MAXINT)) < 0)
			continue;
		/* Seen ended before the read, so that nothing comes behind it. */
		drain(&child->output, child->kept, child->spawn->most_output);
		drain(&child->errors, child->said, ERRORS_MOST);
		if (fds[0].revents != 0)
			return true;
	}
}

bool
spawn_run(const Spawn *spawn, int *status, GBytes **output, char **errors, GError **error)
{
	g_auto(Child) child = {
		.spawn = spawn, .pidfd = -1, .output = -1, .errors = -1,
		.kept = buffer_new(0), .said = buffer_new(0),
		.until = g_get_monotonic_time() + (gint64)spawn->seconds * G_USEC_PER_SEC,
	};
	bool ended;

	if (!child_start(&child, error))
		return false;
	ended = child_attend(&child);
	if (!ended)
		kill(-child.pid, SIGKILL);
	while (waitpid(child.pid, status, 0) < 0 && errno == EINTR)
		continue;
	if (!ended)
		return error_set(error, SLUIS_ERROR_RETRY, "%s took longer than %u s",
		    spawn->argv[0], spawn->seconds);
	if (output != NULL)
		*output = buffer_steal(child.kept);
	if (errors != NULL)
		*errors = text_clean(buffer_data(child.said), (gssize)buffer_length(child.said), NULL);
	return true;
}

bool
spawn_check(const Spawn *spawn, GBytes **output, GError **error)
{
	g_autofree char *errors = NULL;
	g_autoptr(GBytes) printed = NULL;
	int status;

	if (!spawn_run(spawn, &status, &printed, &errors, error))
		return false;
	g_assert(errors != NULL);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return error_set(error, SLUIS_ERROR_RETRY, "%s failed (%s %d): %.*s",
		    spawn->argv[0], WIFEXITED(status) ? "status" : "signal",
		    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status),
		    (int)strcspn(errors, "\n"), errors);
	if (output != NULL)
		*output = g_steal_pointer(&printed);
	return true;
}
