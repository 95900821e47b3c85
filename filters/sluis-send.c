/* sluis-send - hand over what is due in the outbox; see sluis-send(8) */

#include "program.h"
#include "sender.h"

typedef struct {
	bool once;
} Options;

static const ProgramOption options[] = {
	{ .name = "once", .type = OPTION_FLAG, .offset = offsetof(Options, once),
	  .help = "send all that is due, then end" },
	{ 0 }
};

static bool
send_due(const Call *call, GError **error)
{
	const Options *chosen = call->options;

	return sender_run(call->settings, chosen->once, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-send",
		.summary = "hand over what is due in the outbox",
		.kind = PROGRAM_SERVICE,
		.options = options,
		.options_size = sizeof(Options),
		.run = send_due,
	};

	return program_main(&program, argc, argv);
}
