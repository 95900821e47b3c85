/* spawn - feeding, keeping, ending and killing a child */

#include "spawn.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buffer.h"
#include "error.h"
#include "file.h"

#define SHELL(script) ((const char *const[]){ "/bin/sh", "-c", script, NULL })

static void
test_cat(void)
{
	g_autofree char *zeros = g_strnfill(1000 * 1000, '0');
	g_autoptr(GBytes) input = bytes_text(zeros);
	Spawn spawn = {
		.argv = (const char *const[]){ "/bin/cat", NULL }, .input = input,
		.most_output = 2000 * 1000, .seconds = 30,
	};
	g_autoptr(GBytes) output = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_assert_true(spawn_run(&spawn, &status, &output, NULL, &error));
	g_assert_cmpint(status, ==, 0);
	g_assert_true(g_bytes_equal(input, output));
	g_clear_pointer(&output, g_bytes_unref);
	spawn.most_output = 1234;
	g_assert_true(spawn_check(&spawn, &output, &error));
	g_assert_cmpuint(g_bytes_get_size(output), ==, 1234);
}

static void
test_ends(void)
{
	Spawn spawn = { .argv = SHELL("echo first >&2; echo second >&2; exit 3"), .seconds = 30 };
	g_autofree char *errors = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	g_assert_true(spawn_run(&spawn, &status, NULL, &errors, &error));
	g_assert_cmpint(WEXITSTATUS(status), ==, 3);
	g_assert_cmpstr(errors, ==, "first\nsecond\n");
	g_assert_false(spawn_check(&spawn, NULL, &error));
	g_assert_cmpstr(error->message, ==, "/bin/sh failed (status 3): first");
	g_assert_true(error_is(error, SLUIS_ERROR_RETRY));
}

static void
test_environment(void)
{
	static const char *const more[] = { "HOME=/nowhere", NULL };
	Spawn spawn = {
		.argv = SHELL("env | sort; ls /proc/self/fd | wc -l"), .environment = more,
		.most_output = 4096, .seconds = 30,
	};
	g_autoptr(GBytes) output = NULL;
	const char *text;

	g_assert_true(spawn_check(&spawn, &output, NULL));
	text = g_bytes_get_data(output, NULL);
	g_assert_nonnull(strstr(text, "HOME=/nowhere\nLANG=C\nPATH="));
	g_assert_true(g_str_has_suffix(text, "\n4\n"));	/* three, and the one ls reads */
}

/* A child that reads nothing, prints without end, or starts another that
 * outlives it. */
static void
test_deadline(void)
{
	static const char *const scripts[] = { "sleep 1000 & wait", "yes" };

	for (gsize i = 0; i < G_N_ELEMENTS(scripts); i++) {
		Spawn spawn = { .argv = SHELL(scripts[i]), .most_output = 10, .seconds = 1 };
		g_autoptr(GError) error = NULL;
		int status;

		g_assert_false(spawn_run(&spawn, &status, NULL, NULL, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_RETRY));
		g_assert_nonnull(strstr(error->message, "longer than 1 s"));
	}
}

static void
test_daemon(void)
{
	Spawn spawn = { .argv = SHELL("sleep 1000 & echo $!"), .most_output = 100, .seconds = 30 };
	g_autoptr(GBytes) output = NULL;
	gint64 before = g_get_monotonic_time();

	g_assert_true(spawn_check(&spawn, &output, NULL));
	g_assert_cmpint(g_get_monotonic_time() - before, <, 20 * G_USEC_PER_SEC);
	kill((pid_t)g_ascii_strtoll(g_bytes_get_data(output, NULL), NULL, 10), SIGKILL);
}

/* T-7: who feeds it is killed, and it reads on: it must not take for all what is only
 * the beginning. The shell dies with its parent, the other does not. */
static void
test_orphan(void)
{
	g_autofree char *folder = g_dir_make_tmp(NULL, NULL), *zeros = g_strnfill(1000 * 1000, '0');
	g_autofree char *part = g_build_filename(folder, "part", NULL);
	g_autofree char *whole = g_build_filename(folder, "whole", NULL);
	g_autofree char *script = g_strdup_printf("cd %s && exec 3<&0 && mkfifo ready go && "
	    "{ setsid sh -c 'dd bs=1000 count=1 of=part; echo >ready; read x <go; cat >>part; "
	    "mv part whole' <&3 & } && wait", folder);
	g_autofree char *start = g_strdup_printf("while ! test -p %s/go; do :; done; read x <%s/ready",
	    folder, folder);
	g_autofree char *go = g_strdup_printf("cd %s && echo >go && while test -f part; do :; done", folder);
	g_autofree char *text = NULL;
	gsize length = 0;
	pid_t pid = fork();

	if (pid == 0) {
		g_autoptr(GBytes) input = bytes_text(zeros);
		const Spawn spawn = { .argv = SHELL(script), .input = input, .seconds = 30 };

		spawn_check(&spawn, NULL, NULL);
		_exit(0);
	}
	g_assert_true(spawn_check(&(Spawn){ .argv = SHELL(start), .seconds = 30 }, NULL, NULL));
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	g_assert_true(spawn_check(&(Spawn){ .argv = SHELL(go), .seconds = 30 }, NULL, NULL));
	g_assert_true(g_file_get_contents(whole, &text, &length, NULL));
	g_assert_cmpuint(length, ==, strlen(zeros));
	file_remove_tree(folder);
}

static void
test_missing(void)
{
	Spawn spawn = { .argv = (const char *const[]){ "/nowhere/x", NULL }, .seconds = 30 };
	g_autoptr(GError) error = NULL;
	int status;

	g_assert_false(spawn_run(&spawn, &status, NULL, NULL, &error));
	g_assert_true(error_is(error, SLUIS_ERROR_RETRY));
	g_assert_nonnull(strstr(error->message, "No such file"));
}

static void
test_user(void)
{
	Spawn spawn = { .argv = SHELL("id -u; id -G"), .most_output = 100, .seconds = 30,
		.uid = 65534, .gid = 65534 };
	g_autoptr(GBytes) output = NULL;

	if (geteuid() != 0) {
		g_test_skip("only root can become another");
		return;
	}
	g_assert_true(spawn_check(&spawn, &output, NULL));
	g_assert_cmpstr(g_bytes_get_data(output, NULL), ==, "65534\n65534\n");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	signal(SIGPIPE, SIG_IGN);
	g_test_add_func("/spawn/cat", test_cat);
	g_test_add_func("/spawn/ends", test_ends);
	g_test_add_func("/spawn/environment", test_environment);
	g_test_add_func("/spawn/deadline", test_deadline);
	g_test_add_func("/spawn/daemon", test_daemon);
	g_test_add_func("/spawn/orphan", test_orphan);
	g_test_add_func("/spawn/missing", test_missing);
	g_test_add_func("/spawn/user", test_user);
	return g_test_run();
}
