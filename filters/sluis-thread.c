/* sluis-thread - file a mail in its case, or say which that is; see sluis-thread(8) */

#include "byhand.h"
#include "filter.h"
#include "program.h"

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

static bool
file(Filter *filter, GBytes *mail, const char *recipient, GError **error)
{
	static const Stage stages[] = {
		stage_open, stage_classify, stage_thread, stage_answer, NULL,
	};
	const Inbox *inbox = tools_inbox(filter->tools, recipient);
	const Envelope envelope = {
		.inbox = inbox->address,
		.recipient = recipient != NULL ? recipient : inbox->address,
	};
	g_autoptr(Accepted) filed = byhand_file(filter->tools, filter->db, &envelope, mail,
	    stages, error);

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
	    TOOLS_RULES | TOOLS_PGP | TOOLS_KEYS | TOOLS_RECEIPT, error);
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
