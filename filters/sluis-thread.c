/* sluis-thread - file a mail in its case, or say which that is; see sluis-thread(8) */

#include "attempt.h"
#include "byhand.h"
#include "error.h"
#include "filter.h"
#include "program.h"

#define TIME_TO_JUDGE 10	/* seconds: to ask the agent, and write it down */

typedef struct {
	char *recipient;
	bool look;
} Options;

static const ProgramOption options[] = {
	{ .name = "recipient", .type = OPTION_TEXT, .offset = offsetof(Options, recipient),
	  .argument = "ADDRESS", .help = "the inbox it came for (else the first)" },
	{ .name = "look", .letter = 'n', .type = OPTION_FLAG, .offset = offsetof(Options, look),
	  .help = "only look up the case, file nothing" },
	{ 0 }
};

/* Also where there is no case: that there is a mark says that we were here. */
static void
mark(Marks *marks, const char *tag, gint64 party, bool fresh)
{
	g_autofree char *number = party != 0 ?
	    g_strdup_printf("%" G_GINT64_FORMAT, party) : g_strdup("none");

	marks_add(marks, MARK_CASE, "%s; party=%s; fresh=%s", tag != NULL ? tag : "none",
	    number, fresh ? "yes" : "no");
}

static bool
look(Filter *filter, GBytes *mail, const char *recipient, GError **error)
{
	static const Stage stages[] = { stage_open, stage_classify, stage_thread, NULL };
	g_autoptr(Run) run = filter_look(filter, mail, recipient, stages, error);

	if (run == NULL)
		return false;
	mark(filter->marks, run->placement.tag, run->placement.party,
	    run->placement.place == PLACE_NEW);
	return true;
}

/* In a process of its own, as sluis-work has it. */
static bool
work_on(void *tools, Db *db, Reception *reception, bool spent, GError **error)
{
	static const Stage stages[] = {
		stage_open, stage_classify, stage_thread, stage_answer, NULL,
	};

	return stage_reception(tools, db, reception, spent, stages, error);
}

/* Our own deadline says nothing about the mail: a try that has no time is not
 * begun, and one that takes too long is judged while there is some. */
static bool
try_it(void *context, gint64 id, GError **error)
{
	Filter *filter = context;
	const Settings *settings = filter->tools->settings;
	const Attempt attempt = {
		.settings = settings, .pgp = filter->tools->pgp,
		.handle = work_on, .context = filter->tools,
	};
	const Errand errand = { .kind = ATTEMPT_RECEPTION, .id = id, .slot = filter->slot };
	guint left = program_left();

	if (left < 2 * TIME_TO_JUDGE)
		return error_set(error, SLUIS_ERROR_RETRY, "no time is left to work on it");
	return attempt_once(&attempt, &errand, filter->db,
	    (guint)MIN(left - TIME_TO_JUDGE, settings->deadline), error);
}

static bool
file(Filter *filter, GBytes *mail, const char *recipient, GError **error)
{
	const Inbox *inbox = tools_inbox(filter->tools, recipient);
	const Envelope envelope = {
		.inbox = inbox->address,
		.recipient = recipient != NULL ? recipient : inbox->address,
	};
	const Byhand byhand = { .try = try_it, .context = filter };
	g_autoptr(Accepted) filed = byhand_file(filter->tools, filter->db, &envelope, mail,
	    &byhand, error);

	if (filed == NULL)
		return false;
	mark(filter->marks, filed->tag, filed->party, filed->fresh);
	return true;
}

/* Marks are no part of the mail: with other ones it is the same. */
static bool
thread(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(Filter) filter = filter_open(call->settings,
	    TOOLS_RULES | TOOLS_LETTERS | TOOLS_RECEIPT, error);
	g_autoptr(GBytes) bare = NULL;

	if (filter == NULL)
		return false;
	bare = marks_apply(filter->marks, filter->mail, true);
	if (chosen->look ? !look(filter, bare, chosen->recipient, error) :
	    !file(filter, bare, chosen->recipient, error))
		return false;
	return filter_write(filter, filter->mail, false, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-thread",
		.summary = "file a mail in its case, or say which that is",
		.kind = PROGRAM_FILTER,
		.deadline = 120,
		.options = options,
		.options_size = sizeof(Options),
		.run = thread,
	};

	return program_main(&program, argc, argv);
}
