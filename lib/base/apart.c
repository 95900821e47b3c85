/* apart - see apart.h */

#include "apart.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>


static void
limit(int what, rlim_t most)
{
	struct rlimit bound;

	getrlimit(what, &bound);
	bound.rlim_cur = MIN(most, bound.rlim_max);
	bound.rlim_max = bound.rlim_cur;
	setrlimit(what, &bound);
}

#ifndef __SANITIZE_ADDRESS__
static gsize
memory_now(void)
{
	g_autofree char *statm = NULL;

	if (!g_file_get_contents("/proc/self/statm", &statm, NULL, NULL))
		return 0;
	return g_ascii_strtoull(statm, NULL, 10) * (gsize)sysconf(_SC_PAGESIZE);
}
#endif

static void
bind_child(const ApartLimits *limits)
{
#ifndef __SANITIZE_ADDRESS__	/* which keeps terabytes in reserve */
	limit(RLIMIT_AS, memory_now() + limits->memory);
#endif
	limit(RLIMIT_CPU, limits->seconds);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_CORE, 0);
}

static bool
write_all(int fd, GBytes *bytes)
{
	gsize left;
	const char *at = g_bytes_get_data(bytes, &left);

	while (left > 0) {
		ssize_t n = write(fd, at, left);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		left -= (gsize)n;
	}
	return true;
}

static void
child(int fd, ApartWork work, GBytes *input, const ApartLimits *limits)
{
	GBytes *output;

	signal(SIGPIPE, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	bind_child(limits);
	output = work(input);
	_exit(output != NULL && write_all(fd, output) ? 0 : 1);
}

/* Until it closes its end; false if it takes too long or says too much. */
static bool
read_all(int fd, GByteArray *all, const ApartLimits *limits)
{
	gint64 end = g_get_monotonic_time() + limits->seconds * G_USEC_PER_SEC;
	guint8 some[65536];

	for (;;) {
		gint64 left = (end - g_get_monotonic_time()) / 1000;
		struct pollfd one = { .fd = fd, .events = POLLIN };
		ssize_t n;

		if (left <= 0 || (poll(&one, 1, (int)left) < 0 && errno != EINTR))
			return false;
		if (one.revents == 0)
			continue;
		n = read(fd, some, sizeof(some));
		if (n <= 0)
			return n == 0;
		if (all->len + (gsize)n > limits->most_output)
			return false;
		g_byte_array_append(all, some, (guint)n);
	}
}

static bool
ended_well(pid_t pid, bool finished)
{
	int status;

	if (!finished)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return finished && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

GBytes *
apart_do(ApartWork work, GBytes *input, const ApartLimits *limits)
{
	g_autoptr(GByteArray) all = NULL;
	int ends[2];
	bool finished;
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return NULL;
	pid = fork();
	if (pid == 0)
		child(ends[1], work, input, limits);
	close(ends[1]);
	all = g_byte_array_new();
	finished = pid > 0 && read_all(ends[0], all, limits);
	close(ends[0]);
	if (pid <= 0 || !ended_well(pid, finished))
		return NULL;
	return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}
