/* sluis-classify - what kind of mail is this; see sluis-classify(8) */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "filter.h"
#include "opinion.h"
#include "program.h"

typedef struct {
	bool list, explain;
} Options;

static const ProgramOption options[] = {
	{ .name = "list", .type = OPTION_FLAG, .offset = offsetof(Options, list),
	  .help = "print one JSON object a line for each FILE" },
	{ .name = "explain", .type = OPTION_FLAG, .offset = offsetof(Options, explain),
	  .help = "print what it thinks and why, of each FILE or of standard input" },
	{ 0 }
};

static const Stage stages[] = { stage_read, stage_classify, NULL };

static bool
print(const Options *chosen, const Run *run, const char *file, GError **error)
{
	g_autoptr(Json) json = NULL;
	g_autoptr(GBytes) line = NULL;
	g_autofree char *words = NULL;

	if (chosen->explain) {
		words = opinion_words(run, file);
		return file_write_fd(STDOUT_FILENO, words, strlen(words), error);
	}
	json = opinion_json(run, file);
	line = json_bytes(json);
	return file_write_fd(STDOUT_FILENO, g_bytes_get_data(line, NULL),
	    g_bytes_get_size(line), error) && file_write_fd(STDOUT_FILENO, "\n", 1, error);
}

static bool
print_file(const Options *chosen, const Tools *tools, Db *db, const char *file, GError **error)
{
	g_autoptr(GBytes) mail = file_read(file, G_MAXSSIZE, error);
	g_autoptr(Run) run = mail != NULL ? run_of_mail(tools, db, mail, NULL) : NULL;

	return run != NULL && stage_all(run, stages, error) && print(chosen, run, file, error);
}

/* For people, however many files they have: no deadline. */
static bool
print_files(const Call *call, GError **error)
{
	g_autoptr(Tools) tools = tools_open(call->settings, TOOLS_RULES | TOOLS_INDEX, error);
	g_autoptr(Db) db = tools != NULL ?
	    db_open(call->settings->db_conninfo, "sluis_work", error) : NULL;

	alarm(0);
	if (tools != NULL && g_strv_length((char **)call->arguments) > 2)
		tools_hasten(tools);
	for (char *const *file = call->arguments; db != NULL && *file != NULL; file++)
		if (!print_file(call->options, tools, db, *file, error))
			return false;
	return db != NULL;
}

static bool
filter_mail(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	g_autoptr(Filter) filter = filter_open(call->settings, TOOLS_RULES | TOOLS_INDEX, error);
	g_autoptr(Run) run = filter != NULL ?
	    filter_look(filter, filter->mail, NULL, stages, error) : NULL;

	if (run == NULL)
		return false;
	if (chosen->explain)
		return print(chosen, run, "standard input", error);
	opinion_mark(run, filter->marks);
	return filter_write(filter, filter->mail, false, error);
}

static bool
classify(const Call *call, GError **error)
{
	const Options *chosen = call->options;
	bool named = call->arguments[0] != NULL;

	if (chosen->list && chosen->explain)
		return program_usage(error, "--list or --explain, not both");
	if (named && !chosen->list && !chosen->explain)
		return program_usage(error, "to name files, say --list or --explain");
	if (chosen->list && !named)
		return program_usage(error, "--list wants files");
	return named ? print_files(call, error) : filter_mail(call, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-classify",
		.summary = "say what kind of mail this is",
		.arguments = "[FILE]...",
		.kind = PROGRAM_FILTER,
		.deadline = 120,
		.options = options,
		.options_size = sizeof(Options),
		.run = classify,
	};

	return program_main(&program, argc, argv);
}
