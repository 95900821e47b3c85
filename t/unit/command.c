#include "command.h"

#include <string.h>

/* Commands as one line: "verb word word #2 {text}". */
static char *
shown(const GPtrArray *commands)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < commands->len; i++) {
		const Command *command = g_ptr_array_index(commands, i);

		g_string_append_printf(out, "%s%s", i > 0 ? " / " : "", verb_name(command->verb));
		for (guint j = 0; j < command->words->len; j++)
			g_string_append_printf(out, " <%s>", (char *)g_ptr_array_index(command->words, j));
		for (guint j = 0; j < command->picked->len; j++)
			g_string_append_printf(out, " #%u", g_array_index(command->picked, guint, j));
		if (command->text[0] != '\0')
			g_string_append_printf(out, " {%s}", command->text);
	}
	return g_string_free(out, FALSE);
}

static void
test_parsed(void)
{
	static const struct {
		const char *own, *want;
	} rows[] = {
		{ "", "" },
		{ "\n\n", "" },
		{ "Sounds like March.", "note {Sounds like March.}" },
		{ "/assign me", "assign <me>" },
		{ "/ASSIGN me\n\n/Severity 8.6", "assign <me> / severity <8.6>" },
		{ "/forward delinde #1 #3\n\nWhoever logs in ...\n\nGreetings\n\n/note\nMore.",
		  "forward <delinde> #1 #3 {Whoever logs in ...\n\nGreetings} / note {More.}" },
		{ "First a note\n/watch", "note {First a note} / watch" },
		{ " /watch is text\nhere", "note { /watch is text\nhere}" },
		{ "/triage confirmed=yes impact=\"all patient files\"",
		  "triage <confirmed=yes> <impact=all patient files>" },
		{ "/triage impact=\xe2\x80\x9c" "all files\xe2\x80\x9d", "triage <impact=all files>" },
		{ "/title Bob's hole", "title <Bob's> <hole>" },
		{ "/told devaart phone 09:50 Spoke to M. de Wit",
		  "told <devaart> <phone> <09:50> <Spoke> <to> <M.> <de> <Wit>" },
		{ "/comment kept", NULL },
		{ "/comment\nkept", "note {kept}" },
		{ "/due +5", "deadline <+5>" },
		{ "1/2 of them\n/2 is no order", "note {1/2 of them\n/2 is no order}" },
		{ "//server/share", "note {//server/share}" },
		{ "/confirm", "confirm" },
		{ "/show #2", "show #2" },
		{ "/reply reporter clear\nYes.", "reply <reporter> <clear> {Yes.}" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Refused) refused = NULL;
		g_autoptr(GPtrArray) commands = command_parse(rows[i].own, &refused);
		g_autofree char *got = commands != NULL ? shown(commands) : NULL;

		g_assert_cmpstr(got, ==, rows[i].want);
		g_assert_true((commands == NULL) == (refused != NULL));
	}
}

static void
test_refused(void)
{
	static const struct {
		const char *own;
		RefusedBecause because;
		const char *line;
		Verb verb;
	} rows[] = {
		{ "/asign me", REFUSED_UNKNOWN, "/asign me", VERB_ASSIGN },
		{ "/home/user/x", REFUSED_UNKNOWN, "/home/user/x", VERB_NOTE },
		{ "/watch\n/forwrad delinde", REFUSED_UNKNOWN, "/forwrad delinde", VERB_FORWARD },
		{ "/assign", REFUSED_WORDS, "/assign", VERB_ASSIGN },
		{ "/assign me you", REFUSED_WORDS, "/assign me you", VERB_ASSIGN },
		{ "/close\nRegards, Ann", REFUSED_TEXT, "/close", VERB_CLOSE },
		{ "/reply", REFUSED_NO_TEXT, "/reply", VERB_REPLY },
		{ "/note\n\n\n/watch", REFUSED_NO_TEXT, "/note", VERB_NOTE },
		{ "/status fixing #2", REFUSED_PICKED, "/status fixing #2", VERB_STATUS },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Refused) refused = NULL;
		g_autoptr(GPtrArray) commands = command_parse(rows[i].own, &refused);

		g_assert_null(commands);
		g_assert_nonnull(refused);
		g_assert_cmpint(refused->because, ==, rows[i].because);
		g_assert_cmpstr(refused->line, ==, rows[i].line);
		if (rows[i].verb != VERB_NOTE)
			g_assert_cmpint(refused->verb, ==, rows[i].verb);
	}
}

/* An answer that waits is kept as what its words stand for. */
static void
test_written_out(void)
{
	static const struct {
		const char *own, *meant[3], *want;
	} rows[] = {
		{ "/confirm", { "/confirm 8c2e01f3" }, "/confirm 8c2e01f3" },
		{ "/Confirm\n\n/status forwarded", { "/forward delinde #1\nA text.\n\nMore." },
		  "/forward delinde #1\nA text.\n\nMore.\n\n/status forwarded" },
		{ "/title x\n/confirm", { "Only a note." }, "/title x\n/note\nOnly a note." },
		{ "/drop a1\n/confirm b2\n/watch", { "/drop a1", "\n/confirm c3\n/title y" },
		  "/drop a1\n/confirm c3\n/title y\n/watch" },
		{ "/confirm a1\n/confirm b2", { "/confirm a1" }, "/confirm a1\n/confirm b2" },
		{ " /confirm is text\n/note\nconfirm", { NULL }, " /confirm is text\n/note\nconfirm" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GPtrArray) meant = g_ptr_array_new();
		g_autofree char *got = NULL;

		for (guint j = 0; rows[i].meant[j] != NULL; j++)
			g_ptr_array_add(meant, (gpointer)rows[i].meant[j]);
		got = command_write_out(rows[i].own, meant);
		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

/* Each verb is written as its own usage says. */
static void
test_table(void)
{
	for (guint verb = 0; verb < VERBS; verb++) {
		g_autofree char *start = g_strdup_printf("/%s", verb_name((Verb)verb));

		g_assert_true(g_str_has_prefix(verb_usage((Verb)verb), start));
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/command/parsed", test_parsed);
	g_test_add_func("/command/refused", test_refused);
	g_test_add_func("/command/written-out", test_written_out);
	g_test_add_func("/command/table", test_table);
	return g_test_run();
}
