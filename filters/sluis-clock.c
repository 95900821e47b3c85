/* sluis-clock - do what is due by the clock; see sluis-clock(8) */

#include "duty.h"
#include "program.h"
#include "watch.h"

typedef struct {
	bool once;
} Options;

static const ProgramOption options[] = {
	{ .name = "once", .type = OPTION_FLAG, .offset = offsetof(Options, once),
	  .help = "do all that is due, then end" },
	{ 0 }
};

/* All that a change of keys or texts may touch is made anew each time. */
static bool
do_due(const Settings *settings, GError **error)
{
	static const DutyRow duties[] = {
		{ "keys", duty_keys },
		{ "calls", duty_calls },
		{ "owed", duty_owed },
		{ "clocks", duty_clocks },
		{ "hits", duty_hits },
		{ "silence", duty_silence },
		{ "lessons", duty_lessons },
		{ 0 }
	};
	g_autoptr(Tools) tools = tools_open(settings, TOOLS_LETTERS, error);
	bool done = tools != NULL && duties_run(tools, duties, error);

	if (tools != NULL)
		pgp_leave(tools->pgp);
	return done;
}

static bool
clock_run(const Call *call, GError **error)
{
	const Options *chosen = call->options;

	return chosen->once ? do_due(call->settings, error) : watch_run(call->settings, do_due, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-clock",
		.summary = "do what is due by the clock",
		.kind = PROGRAM_SERVICE,
		.options = options,
		.options_size = sizeof(Options),
		.run = clock_run,
	};

	return program_main(&program, argc, argv);
}
