/* program - the one main(); see program.h */

#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sysexits.h>
#include <unistd.h>

#include "error.h"
#include "log.h"
#include "text.h"

#define SETTINGS_FILE "/etc/sluis/sluis.yaml"

enum { EXIT_NO = 1, EXIT_USAGE = 2 };	/* of the operator's tool */

/* What every program understands. */
typedef struct {
	char *conf;
	bool help, version;
} Common;

static const ProgramOption common_options[] = {
	{ "conf", 'c', OPTION_TEXT, offsetof(Common, conf), "FILE",
	  "settings (else $SLUIS_CONF, else " SETTINGS_FILE ")", false },
	{ "help", 0, OPTION_FLAG, offsetof(Common, help), NULL, "print this and end", false },
	{ "version", 0, OPTION_FLAG, offsetof(Common, version), NULL, "print the version and end", false },
	{ 0 }
};

/* --- how a program ends --- */

static void
print_help(const Program *program)
{
	g_autofree char *own = program_options_help(program->options);
	g_autofree char *common = program_options_help(common_options);

	printf("usage: %s [OPTION]...%s%s\n%s - %s\n\n%s%s", program->name,
	    program->arguments != NULL ? " " : "",
	    program->arguments != NULL ? program->arguments : "",
	    program->name, program->summary, own, common);
}

/* Postfix reads the first line of stderr, and reads D.S.N before the status. */
static int
say_filter(const GError *error)
{
	g_autofree char *text = text_printable(error->message);

	fprintf(stderr, "%s %s\n", error_enhanced_status(error), text);
	return error_exit_status(error);
}

static int
say_tool(const Program *program, const GError *error)
{
	g_autofree char *text = text_clean(error->message, -1, NULL);

	fprintf(stderr, "%s: %s\n", program->name, text);
	if (error->domain != PROGRAM_USAGE)
		return EXIT_NO;
	fprintf(stderr, "Type '%s --help' for help.\n", program->name);
	return EXIT_USAGE;
}

/* A wrong command line stands in a file of the operator, except at the tool's. */
static int
verdict(const Program *program, GError *error)
{
	if (error == NULL)
		return EX_OK;
	if (program->kind == PROGRAM_TOOL)
		return say_tool(program, error);
	if (error->domain == PROGRAM_USAGE) {
		error->domain = SLUIS_ERROR;
		error->code = SLUIS_ERROR_SETUP;
	}
	log_error(error);
	switch (program->kind) {
	case PROGRAM_FILTER:
		return say_filter(error);
	case PROGRAM_SERVICE:
		fprintf(stderr, "%s: %s\n", program->name, error->message);
		return EX_TEMPFAIL;
	default:
		return EX_TEMPFAIL;
	}
}

/* What could not be printed was not done. Whoever reads no further has seen
 * enough. */
static bool
flush_output(GError **error)
{
	if (fflush(stdout) == 0 && ferror(stdout) == 0)
		return true;
	if (errno == EPIPE)
		return true;
	return error_errno(error, SLUIS_ERROR_RETRY, "cannot write");
}

/* --- the surroundings --- */

/* A closed standard fd would be given to the next file or socket, and what is
 * meant for a person would go there. None is opened for reading: a closed
 * standard input is a fault and not an empty mail. */
static void
open_standard_fds(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_WRONLY) != fd)
			_exit(EX_TEMPFAIL);
}

static void
silence(void)
{
	int null = open("/dev/null", O_WRONLY);

	if (null < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(EX_TEMPFAIL);
	if (null > 2)
		close(null);
}

void
program_harden(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__			/* its leak checker traces us */
	prctl(PR_SET_DUMPABLE, 0);
#endif
	umask(077);
	signal(SIGPIPE, SIG_IGN);
}

static void
expire_silently(int number)
{
	(void)number;
	_exit(EX_TEMPFAIL);
}

/* A filter leads a group of its own, and what it has started ends with it. */
static void
expire_filter(int number)
{
	static const char text[] = "4.3.0 deadline passed\n";

	(void)number;
	signal(SIGTERM, SIG_IGN);
	if (getpgrp() == getpid())
		kill(0, SIGTERM);
	if (write(2, text, sizeof(text) - 1) < 0)
		_exit(EX_TEMPFAIL);
	_exit(EX_TEMPFAIL);
}

/* Postfix bounces what runs too long, so we end first, with 75. */
static void
set_deadline(const Program *program)
{
	if (program->deadline == 0)
		return;
	if (program->kind == PROGRAM_FILTER && !isatty(STDIN_FILENO))
		setpgid(0, 0);
	signal(SIGALRM, program->kind == PROGRAM_FILTER ? expire_filter : expire_silently);
	alarm(program->deadline);
}

guint
program_left(void)
{
	struct itimerval timer;

	return getitimer(ITIMER_REAL, &timer) == 0 && timer.it_value.tv_sec > 0 ?
	    (guint)timer.it_value.tv_sec : G_MAXUINT;
}

/* --- from main to run --- */

static const char *
settings_file(const Common *common)
{
	const char *file = common->conf != NULL ? common->conf : getenv("SLUIS_CONF");

	return file != NULL && *file != '\0' ? file : SETTINGS_FILE;
}

static bool
call(const Program *program, const Common *common, const void *options, char **arguments,
    GError **error)
{
	g_autoptr(Settings) settings = NULL;
	Call call = {
		.settings_file = settings_file(common), .options = options,
		.arguments = arguments, .program = program,
	};

	if (!program->without_settings) {
		settings = settings_load(call.settings_file, error);
		if (settings == NULL)
			return false;
		call.settings = settings;
	}
	return program->run(&call, error) && flush_output(error);
}

/* Words are first read for what all programs know, then for the program's
 * own; a tool leaves the options of its nouns where they are. */
static bool
read_and_call(const Program *program, Common *common, void *options, int argc, char **argv,
    GError **error)
{
	int words = argc;

	if (!program_options_known(common_options, common, &argc, &argv, error))
		return false;
	/* A mail program that ends with 0 has taken the mail. */
	if ((common->help || common->version) && words != 1 && program->kind != PROGRAM_TOOL)
		return program_usage(error, "--help and --version stand alone");
	if (common->help) {
		print_help(program);
		return flush_output(error);
	}
	if (common->version) {
		printf("%s %s\n", program->name, SLUIS_VERSION);
		return flush_output(error);
	}
	if (program->kind == PROGRAM_TOOL ?
	    !program_options_known(program->options, options, &argc, &argv, error) :
	    !program_options(program->options, options, &argc, &argv, error))
		return false;
	if (argc > 0 && program->arguments == NULL)
		return program_usage(error, "unexpected '%s'", argv[0]);
	return call(program, common, options, argv, error);
}

static bool
may_speak(const Program *program, int argc, char *const *argv)
{
	return program->kind != PROGRAM_INTAKE ||
	    (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "--version") == 0));
}

int
program_main(const Program *program, int argc, char *argv[])
{
	g_autofree void *options = g_malloc0(MAX(program->options_size, 1));
	Common common = { 0 };
	g_autoptr(GError) error = NULL;
	int status;

	open_standard_fds();
	if (!may_speak(program, argc, argv))
		silence();
	program_harden();
	set_deadline(program);
	log_open(program->name);
	if (argc > 0)
		argc--, argv++;
	if (!read_and_call(program, &common, options, argc, argv, &error))
		g_assert(error != NULL);
	status = verdict(program, error);
	program_options_clear(program->options, options);
	program_options_clear(common_options, &common);
	return status;
}
