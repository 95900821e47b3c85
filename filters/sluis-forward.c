/* sluis-forward - re-encrypt a mail to a participant; see sluis-forward(8) */

#include <unistd.h>

#include "buffer.h"
#include "deliver.h"
#include "error.h"
#include "forward.h"
#include "log.h"
#include "outbound.h"
#include "program.h"

typedef struct {
	char *tag, *participant;
	bool outbound;
	char *sender, *recipient;
} Options;

static const ProgramOption options[] = {
	{ .name = "case", .type = OPTION_TEXT, .offset = offsetof(Options, tag),
	  .argument = "TAG", .help = "the case it belongs to" },
	{ .name = "to", .type = OPTION_TEXT, .offset = offsetof(Options, participant),
	  .argument = "PARTICIPANT", .help = "the handle of who may read it" },
	{ .name = "outbound", .type = OPTION_FLAG, .offset = offsetof(Options, outbound),
	  .help = "as content filter: encrypt what goes to a participant, pass on the rest" },
	{ .name = "sender", .type = OPTION_TEXT, .offset = offsetof(Options, sender),
	  .argument = "ADDRESS", .help = "with --outbound: of the envelope; may be empty" },
	{ .name = "recipient", .type = OPTION_TEXT, .offset = offsetof(Options, recipient),
	  .argument = "ADDRESS", .help = "with --outbound: of the envelope" },
	{ 0 }
};

/* most: 0 for no bound. */
static GBytes *
read_mail(gint64 most, GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new((gsize)most);

	if (!buffer_read(buffer, STDIN_FILENO, error))
		return NULL;
	if (buffer_length(buffer) > 0)
		return buffer_steal(buffer);
	error_set(error, SLUIS_ERROR_RETRY, "no mail on standard input");
	return NULL;
}

static Db *
open_db(const Settings *settings, GError **error)
{
	return db_open(settings->db_conninfo, "sluis_work", error);
}

static bool
forward_mail(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(GBytes) mail = read_mail(call->settings->most_size, error);
	g_autoptr(Tools) tools = mail != NULL ? tools_open(call->settings, TOOLS_LETTERS, error) : NULL;
	g_autoptr(Db) db = tools != NULL ? open_db(call->settings, error) : NULL;
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

/* What is none of our business goes on as it came. The number names the file
 * if it goes to a maildir, so that a repeat replaces it. */
static bool
pass_on(const Settings *settings, const Outbound *outbound, GError **error)
{
	const Delivery delivery = {
		.id = outbound_number(outbound),
		.sender = outbound->sender,
		.address = outbound->recipient,
		.bytes = outbound->mail,
	};
	g_autofree char *reason = NULL;

	if (deliver(settings->transport, &delivery, &reason) == DELIVERY_SENT)
		return true;
	return error_set(error, SLUIS_ERROR_RETRY, "cannot pass it on: %s", reason);
}

static bool
encrypt(const Settings *settings, Db *db, const Outbound *outbound, int participant,
    GError **error)
{
	g_autoptr(Tools) tools = tools_open(settings, TOOLS_LETTERS, error);
	const char *held = NULL;

	if (tools == NULL || !outbound_file(tools, db, outbound, participant, &held, error))
		return false;
	log_info("outbound: filed for participant %d%s%s", participant,
	    held != NULL ? ", held: " : "", held != NULL ? held : "");
	return true;
}

static bool
filter_outbound(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(GBytes) mail = read_mail(0, error);
	g_autoptr(Db) db = mail != NULL ? open_db(call->settings, error) : NULL;
	const Outbound outbound = {
		.sender = chosen->sender != NULL ? chosen->sender : "",
		.recipient = chosen->recipient,
		.mail = mail,
	};
	int participant;

	if (db == NULL)
		return false;
	participant = outbound_participant(db, call->settings, outbound.sender,
	    outbound.recipient, error);
	if (participant < 0)
		return false;
	return participant == 0 ? pass_on(call->settings, &outbound, error) :
	    encrypt(call->settings, db, &outbound, participant, error);
}

static bool
forward(const Call *call, GError **error)
{
	const Options *chosen = call->options;

	if (!chosen->outbound && (chosen->sender != NULL || chosen->recipient != NULL))
		return program_usage(error, "--sender and --recipient go with --outbound");
	if (chosen->outbound && (chosen->tag != NULL || chosen->participant != NULL))
		return program_usage(error, "--case and --to do not go with --outbound");
	if (chosen->outbound && chosen->recipient == NULL)
		return program_usage(error, "--recipient ADDRESS is missing");
	if (chosen->outbound)
		return filter_outbound(call, error);
	if (chosen->tag == NULL)
		return program_usage(error, "--case TAG is missing");
	if (chosen->participant == NULL)
		return program_usage(error, "--to PARTICIPANT is missing");
	return forward_mail(call, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-forward",
		.summary = "re-encrypt a mail to a participant and file it",
		.kind = PROGRAM_FILTER,
		.deadline = 120,
		.options = options,
		.options_size = sizeof(Options),
		.run = forward,
	};

	return program_main(&program, argc, argv);
}
