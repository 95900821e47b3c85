/* sluis-digest - tell participants at night what concerns them; see sluis-digest(8) */

#include <stdio.h>

#include "digest.h"
#include "error.h"
#include "program.h"
#include "times.h"
#include "watch.h"

typedef struct {
	bool once;
	char *preview, *to;
} Options;

static const ProgramOption options[] = {
	{ .name = "once", .type = OPTION_FLAG, .offset = offsetof(Options, once),
	  .help = "make all that are due, then end" },
	{ .name = "preview", .type = OPTION_TEXT, .offset = offsetof(Options, preview),
	  .argument = "PARTICIPANT", .help = "print what it would get now, and end" },
	{ .name = "to", .type = OPTION_TEXT, .offset = offsetof(Options, to),
	  .argument = "ADDRESS", .help = "send what --preview would print to that address" },
	{ 0 }
};

static Tools *
open_tools(const Settings *settings, GError **error)
{
	return tools_open(settings, TOOLS_LETTERS, error);
}

/* All that a change of keys or texts may touch is made anew each night. */
static bool
make_due(const Settings *settings, GError **error)
{
	g_autoptr(Tools) tools = open_tools(settings, error);
	bool made = tools != NULL && digest_all(tools, g_get_real_time(), error);

	if (tools != NULL)
		pgp_leave(tools->pgp);
	return made;
}

/* Whoever stays waits for the hour of the night. */
static bool
look(const Settings *settings, GError **error)
{
	gint64 now = g_get_real_time();

	return now < times_at(now, settings->digest_at, settings->team_zone) ||
	    make_due(settings, error);
}

static bool
print(const char *text, bool empty, GError **error)
{
	if (fputs(text, stdout) == EOF ||
	    (empty && fputs("\nThere is nothing to tell: none would go.\n", stdout) == EOF) ||
	    fflush(stdout) != 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "standard output");
	return true;
}

static bool
show(const Settings *settings, const Options *chosen, GError **error)
{
	g_autoptr(Tools) tools = open_tools(settings, error);
	g_autofree char *text = NULL;
	bool empty = false, shown;

	if (tools == NULL)
		return false;
	if (chosen->to != NULL) {
		shown = digest_trial(tools, chosen->preview, chosen->to, g_get_real_time(), error);
	} else {
		text = digest_preview(tools, chosen->preview, g_get_real_time(), &empty, error);
		shown = text != NULL && print(text, empty, error);
	}
	pgp_leave(tools->pgp);
	return shown;
}

static bool
digest_run(const Call *call, GError **error)
{
	const Options *chosen = call->options;

	if (chosen->preview != NULL)
		return show(call->settings, chosen, error);
	if (chosen->to != NULL)
		return program_usage(error, "--to wants --preview PARTICIPANT");
	return chosen->once ? make_due(call->settings, error) :
	    watch_run(call->settings, look, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-digest",
		.summary = "tell participants at night what concerns them",
		.kind = PROGRAM_SERVICE,
		.options = options,
		.options_size = sizeof(Options),
		.run = digest_run,
	};

	return program_main(&program, argc, argv);
}
