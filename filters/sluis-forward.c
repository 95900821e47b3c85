/* sluis-forward - re-encrypt a released mail to a participant; see sluis-forward(8) */

#include <unistd.h>

#include "buffer.h"
#include "error.h"
#include "forward.h"
#include "log.h"
#include "program.h"

typedef struct {
	char *tag, *participant;
} Options;

static const ProgramOption options[] = {
	{ .name = "case", .type = OPTION_TEXT, .offset = offsetof(Options, tag),
	  .argument = "TAG", .help = "the case it belongs to", .required = true },
	{ .name = "to", .type = OPTION_TEXT, .offset = offsetof(Options, participant),
	  .argument = "PARTICIPANT", .help = "the handle of who may read it", .required = true },
	{ 0 }
};

static GBytes *
read_mail(const Settings *settings, GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new((gsize)settings->most_size);

	return buffer_read(buffer, STDIN_FILENO, error) ? buffer_steal(buffer) : NULL;
}

static bool
forward_mail(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(GBytes) mail = read_mail(call->settings, error);
	g_autoptr(Tools) tools = mail != NULL ? tools_open(call->settings, error) : NULL;
	g_autoptr(Db) db = tools != NULL ?
	    db_open(call->settings->db_conninfo, "sluis_work", error) : NULL;
	g_autoptr(Forward) forward = NULL;
	g_autoptr(GPtrArray) filed = NULL;

	if (db == NULL)
		return false;
	forward = forward_of_mail(tools, chosen->tag, chosen->participant, mail, error);
	filed = forward != NULL ? forward_file(tools, db, forward, error) : NULL;
	if (filed == NULL)
		return false;
	log_info("%s: forwarded to %s, %u mails", chosen->tag, chosen->participant, filed->len);
	return true;
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-forward",
		.summary = "re-encrypt a released mail to a participant and file it",
		.kind = PROGRAM_FILTER,
		.deadline = 120,
		.options = options,
		.options_size = sizeof(Options),
		.run = forward_mail,
	};

	return program_main(&program, argc, argv);
}
