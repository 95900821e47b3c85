/* sluis - the operator's tool; see sluis(8) */

#include <string.h>

#include "descend.h"
#include "error.h"
#include "nouns.h"
#include "print.h"
#include "program.h"

static const Verb *const nouns[] = {
	init_verbs, embedded_verbs, migrate_verbs, participant_verbs, analyst_verbs,
	key_verbs, case_verbs, reception_verbs, outbox_verbs, inbox_verbs, audit_verbs,
	clock_verbs, report_verbs, reporter_verbs, rules_verbs,
	doctor_verbs, status_verbs, pause_verbs, resume_verbs, alarm_verbs, selftest_verbs,
	import_verbs, observe_verbs, feed_verbs, observation_verbs, advisory_verbs,
	unseal_verbs,
};

static bool
print_verb(const Verb *verb, GError **error)
{
	g_autoptr(GString) line = g_string_new(verb->noun);

	if (verb->name != NULL)
		g_string_append_printf(line, " %s", verb->name);
	if (verb->words != NULL)
		g_string_append_printf(line, " %s", verb->words);
	for (const OrderOption *option = verb->options;
	    option != NULL && option->name != NULL; option++)
		g_string_append_printf(line, " [--%s%s%s]", option->name,
		    option->argument != NULL ? " " : "",
		    option->argument != NULL ? option->argument : "");
	if (verb->has_json)
		g_string_append(line, " [--json]");
	return print_line(error, "  sluis %s\n        %s", line->str, verb->summary);
}

static bool
print_nouns(GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(nouns); i++)
		for (const Verb *verb = nouns[i]; verb->noun != NULL; verb++)
			if (!print_verb(verb, error))
				return false;
	return true;
}

/* The row two words name; *behind is what stands behind them. */
static const Verb *
find_verb(const Verb *verbs, char *const *words, char *const **behind, GError **error)
{
	g_autoptr(GString) known = g_string_new(NULL);

	for (const Verb *verb = verbs; verb->noun != NULL; verb++) {
		*behind = words + (verb->name == NULL ? 1 : 2);
		if (verb->name == NULL || g_strcmp0(verb->name, words[1]) == 0)
			return verb;
		g_string_append_printf(known, "%s%s", known->len > 0 ? ", " : "", verb->name);
	}
	program_usage(error, "%s wants one of: %s", words[0], known->str);
	return NULL;
}

static const Verb *
find_noun(char *const *words, char *const **behind, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(nouns); i++)
		if (strcmp(nouns[i]->noun, words[0]) == 0)
			return find_verb(nouns[i], words, behind, error);
	program_usage(error, "\"%s\" is nothing to work on: sluis help lists what is", words[0]);
	return NULL;
}

static bool
sluis(const Call *call, GError **error)
{
	char *const *behind = NULL;
	const Verb *verb;
	g_autoptr(Order) order = NULL;

	if (call->arguments[0] == NULL)
		return program_usage(error, "say what to do: sluis help lists all");
	if (strcmp(call->arguments[0], "help") == 0)
		return print_nouns(error);
	verb = find_noun(call->arguments, &behind, error);
	if (verb == NULL)
		return false;
	order = order_new(verb, behind, call->settings_file, error);
	return order != NULL && descend(order, error) && verb->run(order, error);
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis",
		.summary = "the operator's tool; \"sluis help\" lists what it can be told",
		.arguments = "NOUN [VERB] ...",
		.kind = PROGRAM_TOOL,
		.without_settings = true,
		.run = sluis,
	};

	return program_main(&program, argc, argv);
}
