/* sluis-work - open, classify, thread and answer what was taken; see sluis-work(8) */

#include "dispatch.h"
#include "program.h"
#include "reverify.h"
#include "stage.h"
#include "worker.h"

typedef struct {
	bool once;
} Options;

static const ProgramOption options[] = {
	{ .name = "once", .type = OPTION_FLAG, .offset = offsetof(Options, once),
	  .help = "work on all that is due, then end" },
	{ 0 }
};

/* What happens to a mail, in this order; then all of it is filed at once. A
 * mail whose tries are used up is only shown to the analysts as unreadable. */
static bool
work_on(void *tools, Db *db, Reception *reception, bool spent, GError **error)
{
	static const Stage stages[] = {
		stage_open, stage_classify, stage_thread, stage_answer, NULL,
	};

	return stage_reception(tools, db, reception, spent, stages, error);
}

/* A letter that was held for want of a key, and released. */
static bool
build(void *tools, Db *db, gint64 id, GError **error)
{
	return dispatch_build(tools, db, id, error);
}

/* Signatures that were looked at before, with today's keys. */
static bool
verify(void *tools, Db *db, gint64 case_no, GError **error)
{
	return reverify(tools, db, case_no, error);
}

static void
hasten(void *tools)
{
	tools_hasten(tools);
}

static bool
work(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(Tools) tools = tools_open(call->settings, TOOLS_RULES | TOOLS_LETTERS, error);
	Worker worker = {
		.attempt = {
			.settings = call->settings,
			.hasten = hasten,
			.handle = work_on,
			.build = build,
			.verify = verify,
			.context = tools,
		},
		.once = chosen->once,
	};

	if (tools == NULL)
		return false;
	worker.attempt.pgp = tools->pgp;
	return worker_run(&worker, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-work",
		.summary = "open, classify, thread and answer what was taken",
		.kind = PROGRAM_SERVICE,
		.options = options,
		.options_size = sizeof(Options),
		.run = work,
	};

	return program_main(&program, argc, argv);
}
