/* command - see command.h */

#include "command.h"

#include <string.h>

#include "text.h"

typedef enum { TEXT_NONE, TEXT_MAY, TEXT_MUST } TextNeed;

#define ANY 99

/* Every verb: how many words it takes, whether attachments can be picked, and
 * whether it has a text. */
static const struct {
	const char *name, *usage;
	CommandReach reach;
	guint least, most;
	bool picks;
	TextNeed text;
} verbs[VERBS] = {
	[VERB_ADVISE]   = { "advise",   "/advise PARTY", COMMAND_LEAVES, 1, 1, false, TEXT_MUST },
	[VERB_ADVISORY] = { "advisory", "/advisory [product= version=] [all|kind=|umbrella=] [early]", COMMAND_LEAVES, 0, ANY, false, TEXT_MAY },
	[VERB_ASSIGN]   = { "assign",   "/assign ANALYST", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_BRIDGE]   = { "bridge",   "/bridge on|off [PARTY]", COMMAND_CHANGES, 1, 2, false, TEXT_NONE },
	[VERB_CALLED]   = { "called",   "/called PARTY", COMMAND_CHANGES, 1, ANY, false, TEXT_MAY },
	[VERB_CLASS]    = { "class",    "/class CLASS", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_CLOSE]    = { "close",    "/close [reason=REASON]", COMMAND_CHANGES, 0, 1, false, TEXT_NONE },
	[VERB_CONFIRM]  = { "confirm",  "/confirm [HASH]", COMMAND_LEAVES, 0, 1, false, TEXT_NONE },
	[VERB_CONSENT]  = { "consent",  "/consent [PARTY] name= credit= contact= [with=PARTY]", COMMAND_LEAVES, 1, 5, false, TEXT_NONE },
	[VERB_DEADLINE] = { "deadline", "/deadline DATE", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_DECLINE]  = { "decline",  "/decline TEMPLATE", COMMAND_LEAVES, 1, 1, false, TEXT_NONE },
	[VERB_DROP]     = { "drop",     "/drop [HASH]", COMMAND_CHANGES, 0, 1, false, TEXT_NONE },
	[VERB_DUTY]     = { "duty",     "/duty ANALYST", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_EMBARGO]  = { "embargo",  "/embargo DATE TIME", COMMAND_CHANGES, 2, 2, false, TEXT_NONE },
	[VERB_FILE]     = { "file",     "/file TAG", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_FIND]     = { "find",     "/find WORD", COMMAND_READS, 1, ANY, false, TEXT_NONE },
	[VERB_FORWARD]  = { "forward",  "/forward PARTICIPANT [#n ...]", COMMAND_LEAVES, 1, 1, true, TEXT_MAY },
	[VERB_HELP]     = { "help",     "/help [VERB]", COMMAND_READS, 0, 1, false, TEXT_NONE },
	[VERB_INVITE]   = { "invite",   "/invite [PARTY [PARTY]]", COMMAND_LEAVES, 0, 2, false, TEXT_NONE },
	[VERB_LEGAL]    = { "legal",    "/legal [COUNSEL] [#n ...]", COMMAND_LEAVES, 0, 1, true, TEXT_MUST },
	[VERB_LINK]     = { "link",     "/link TAG", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_LIST]     = { "list",     "/list [mine|open|due|held]", COMMAND_READS, 0, 1, false, TEXT_NONE },
	[VERB_MERGE]    = { "merge",    "/merge TAG", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_MOTIVE]   = { "motive",   "/motive MOTIVE", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_NEW]      = { "new",      "/new [PARTICIPANT]", COMMAND_CHANGES, 0, 1, false, TEXT_MUST },
	[VERB_NOTE]     = { "note",     "/note", COMMAND_CHANGES, 0, 0, false, TEXT_MUST },
	[VERB_OPEN]     = { "open",     "/open supplier|partner|counsel NAME", COMMAND_CHANGES, 2, 2, false, TEXT_NONE },
	[VERB_PASS]     = { "pass",     "/pass PARTY [#n ...]", COMMAND_LEAVES, 1, 1, true, TEXT_MAY },
	[VERB_REF]      = { "ref",      "/ref PARTY NUMBER", COMMAND_CHANGES, 2, 2, false, TEXT_NONE },
	[VERB_REMIND]   = { "remind",   "/remind DATE", COMMAND_CHANGES, 1, ANY, false, TEXT_NONE },
	[VERB_REOPEN]   = { "reopen",   "/reopen", COMMAND_CHANGES, 0, 0, false, TEXT_NONE },
	[VERB_REPLY]    = { "reply",    "/reply [PARTY] [clear]", COMMAND_LEAVES, 0, 2, false, TEXT_MUST },
	[VERB_SEVERITY] = { "severity", "/severity CVSS|critical|high|medium|low", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_SHOW]     = { "show",     "/show [#n|raw]", COMMAND_READS, 0, 1, true, TEXT_NONE },
	[VERB_SPLIT]    = { "split",    "/split", COMMAND_CHANGES, 0, 0, false, TEXT_NONE },
	[VERB_STATUS]   = { "status",   "/status [PARTY] STATUS", COMMAND_CHANGES, 1, 2, false, TEXT_NONE },
	[VERB_TITLE]    = { "title",    "/title TEXT", COMMAND_CHANGES, 1, ANY, false, TEXT_NONE },
	[VERB_TLP]      = { "tlp",      "/tlp CLEAR|GREEN|AMBER|AMBER+STRICT|RED", COMMAND_CHANGES, 1, 1, false, TEXT_NONE },
	[VERB_TOLD]     = { "told",     "/told PARTY phone|portal|person [TIME]", COMMAND_CHANGES, 2, ANY, false, TEXT_MAY },
	[VERB_TRIAGE]   = { "triage",   "/triage QUESTION=ANSWER ...", COMMAND_CHANGES, 1, ANY, false, TEXT_NONE },
	[VERB_UNDO]     = { "undo",     "/undo", COMMAND_CHANGES, 0, 0, false, TEXT_NONE },
	[VERB_VERIFY]   = { "verify",   "/verify mailback|callback|signature|directory|person [PARTY]", COMMAND_LEAVES, 1, 2, false, TEXT_NONE },
	[VERB_WATCH]    = { "watch",    "/watch", COMMAND_CHANGES, 0, 0, false, TEXT_NONE },
};

/* Other names people type. */
static const struct {
	const char *name;
	Verb verb;
} aliases[] = {
	{ "answer", VERB_REPLY },
	{ "comment", VERB_NOTE },
	{ "due", VERB_DEADLINE },
	{ "resend", VERB_SHOW },
	{ "search", VERB_FIND },
};

const char *
verb_name(Verb verb)
{
	return verbs[verb].name;
}

CommandReach
verb_reach(Verb verb)
{
	return verbs[verb].reach;
}

const char *
verb_usage(Verb verb)
{
	return verbs[verb].usage;
}

static void
command_free(gpointer data)
{
	Command *command = data;

	g_ptr_array_unref(command->words);
	g_array_unref(command->picked);
	g_free(command->rest);
	g_free(command->text);
	g_free(command);
}

void
refused_free(Refused *refused)
{
	if (refused == NULL)
		return;
	g_free(refused->line);
	g_free(refused);
}

/* VERBS: there is none. */
static Verb
verb_of(const char *name)
{
	for (guint i = 0; i < VERBS; i++)
		if (g_ascii_strcasecmp(verbs[i].name, name) == 0)
			return (Verb)i;
	for (guint i = 0; i < G_N_ELEMENTS(aliases); i++)
		if (g_ascii_strcasecmp(aliases[i].name, name) == 0)
			return aliases[i].verb;
	return VERBS;
}

static Verb
verb_nearest(const char *name)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);
	guint best = G_MAXUINT;
	Verb nearest = VERB_HELP;

	for (guint i = 0; strlen(name) < 40 && i < VERBS; i++) {
		guint far = text_distance(lower, verbs[i].name);

		if (far < best) {
			best = far;
			nearest = (Verb)i;
		}
	}
	return nearest;
}

static bool
is_order(const char *line)
{
	return line[0] == '/' && g_ascii_isalpha(line[1]);
}

/* Quotes as phones write them are quotes. */
static char *
plain_quotes(const char *line)
{
	g_autoptr(GString) text = g_string_new(line);

	g_string_replace(text, "\xe2\x80\x9c", "\"", 0);
	g_string_replace(text, "\xe2\x80\x9d", "\"", 0);
	g_string_replace(text, "\xe2\x80\x9e", "\"", 0);
	return g_strdup(text->str);
}

/* The next word, with what stands in double quotes in it taken whole. */
static char *
next_word(const char **at)
{
	GString *word = g_string_new(NULL);
	bool quoted = false;

	*at += strspn(*at, " ");
	for (; **at != '\0' && (quoted || **at != ' '); (*at)++) {
		if (**at == '"')
			quoted = !quoted;
		else
			g_string_append_c(word, **at);
	}
	return g_string_free(word, FALSE);
}

/* "#2" picks an attachment. */
static bool
take_picked(GArray *picked, const char *word)
{
	guint64 n;

	if (word[0] != '#' || !g_ascii_string_to_unsigned(word + 1, 10, 1, 9999, &n, NULL))
		return false;
	g_array_append_val(picked, (guint){ (guint)n });
	return true;
}

static Command *
command_new(Verb verb, const char *rest)
{
	Command *command = g_new0(Command, 1);
	g_autofree char *line = plain_quotes(rest);
	const char *at = line;

	command->verb = verb;
	command->words = g_ptr_array_new_with_free_func(g_free);
	command->picked = g_array_new(FALSE, FALSE, sizeof(guint));
	command->rest = g_strstrip(g_strdup(rest));
	command->text = g_strdup("");
	for (;;) {
		g_autofree char *word = next_word(&at);

		if (word[0] == '\0' && *at == '\0')
			return command;
		if (!take_picked(command->picked, word))
			g_ptr_array_add(command->words, g_steal_pointer(&word));
	}
}

static Refused *
refuse(RefusedBecause because, const char *line, Verb verb)
{
	Refused *refused = g_new0(Refused, 1);

	refused->because = because;
	refused->line = g_strdup(line);
	refused->verb = verb;
	return refused;
}

/* NULL with *refused: there is no such verb. */
static Command *
read_order(const char *line, Refused **refused)
{
	gsize length = strcspn(line + 1, " ");
	g_autofree char *name = g_strndup(line + 1, length);
	Verb verb = verb_of(name);

	if (verb == VERBS) {
		*refused = refuse(REFUSED_UNKNOWN, line, verb_nearest(name));
		return NULL;
	}
	return command_new(verb, line + 1 + length);
}

/* Is it written as the table says? */
static bool
check(const Command *command, Refused **refused)
{
	guint words = command->words->len;
	TextNeed need = verbs[command->verb].text;
	bool has_text = command->text[0] != '\0';
	g_autofree char *line = g_strdup_printf("/%s %s", verb_name(command->verb), command->rest);

	g_strchomp(line);
	if (words < verbs[command->verb].least || words > verbs[command->verb].most)
		*refused = refuse(REFUSED_WORDS, line, command->verb);
	else if (command->picked->len > 0 && !verbs[command->verb].picks)
		*refused = refuse(REFUSED_PICKED, line, command->verb);
	else if (need == TEXT_MUST && !has_text)
		*refused = refuse(REFUSED_NO_TEXT, line, command->verb);
	else if (need == TEXT_NONE && has_text)
		*refused = refuse(REFUSED_TEXT, line, command->verb);
	return *refused == NULL;
}

/* Blank lines before and behind a text are not of it. */
static char *
trimmed(const GString *text)
{
	const char *at = text->str;

	while (*at == '\n')
		at++;
	return g_strchomp(g_strdup(at));
}

/* What was gathered since the last order is that one's text, or a note. */
static void
end_text(GPtrArray *commands, Command *current, GString *text)
{
	g_autofree char *own = trimmed(text);

	g_string_truncate(text, 0);
	if (current == NULL && own[0] != '\0') {
		current = command_new(VERB_NOTE, "");
		g_ptr_array_add(commands, current);
	}
	if (current != NULL) {
		g_free(current->text);
		current->text = g_steal_pointer(&own);
	}
}

GPtrArray *
command_parse(const char *own, Refused **refused)
{
	g_autoptr(GPtrArray) commands = g_ptr_array_new_with_free_func(command_free);
	g_auto(GStrv) lines = g_strsplit(own, "\n", -1);
	g_autoptr(GString) text = g_string_new(NULL);
	Command *current = NULL;

	*refused = NULL;
	for (char **line = lines; *line != NULL; line++) {
		if (!is_order(*line)) {
			g_string_append_printf(text, "%s\n", *line);
			continue;
		}
		end_text(commands, current, text);
		current = read_order(*line, refused);
		if (current == NULL)
			return NULL;
		g_ptr_array_add(commands, current);
	}
	end_text(commands, current, text);
	for (guint i = 0; i < commands->len; i++)
		if (!check(g_ptr_array_index(commands, i), refused))
			return NULL;
	return g_steal_pointer(&commands);
}

static bool
is_word(const char *line)
{
	g_autofree char *name = is_order(line) ? g_strndup(line + 1, strcspn(line + 1, " ")) : NULL;
	Verb verb = name != NULL ? verb_of(name) : VERBS;

	return verb == VERB_CONFIRM || verb == VERB_DROP;
}

char *
command_write_out(const char *own, const GPtrArray *meant)
{
	g_auto(GStrv) lines = g_strsplit(own, "\n", -1);
	GString *out = g_string_new(NULL);
	guint words = 0;

	for (char **line = lines; *line != NULL; line++) {
		bool replaced = words < meant->len && is_word(*line);
		const char *text = replaced ? g_ptr_array_index(meant, words) : *line;

		words += replaced ? 1 : 0;
		text += replaced ? strspn(text, "\n") : 0;
		g_string_append_printf(out, "%s%s\n", replaced && !is_order(text) ? "/note\n" : "", text);
	}
	return g_strchomp(g_string_free(out, FALSE));
}
