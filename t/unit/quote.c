#include "quote.h"

#include <string.h>

#include "file.h"
#include "json.h"

/* How programs introduce what is old; each is an attribution of that many lines. */
static const struct {
	const char *text;
	guint lines;
} attributions[] = {
	{ "On 24/11/2026 02:11, CSIRT wrote:", 1 },				/* Thunderbird */
	{ "Op 24-11-2026 om 02:11 schreef CSIRT:", 1 },
	{ "Am 24.11.26 um 02:11 schrieb CSIRT:", 1 },
	{ "On Tue, Nov 24, 2026 at 02:11:09AM +0100, CSIRT wrote:", 1 },	/* neomutt */
	{ "On 24 Nov 2026, at 02:11, CSIRT <rd@sluis.example> wrote:", 1 },	/* Apple */
	{ "Op 24 nov 2026 om 02:11 heeft CSIRT <rd@sluis.example> het volgende geschreven:", 1 },
	{ "Am 24.11.2026 um 02:11 schrieb CSIRT <rd@sluis.example>:", 1 },
	{ "On Tue, 24 Nov 2026 at 02:11, CSIRT at a hospital far away\n<rd@sluis.example> wrote:", 2 },
	{ "On Tue, 24 Nov 2026 at 02:11, CSIRT at a hospital far away\n<rd@sluis.example>\nwrote:", 3 },
	{ "Op di 24 nov. 2026 om 02:11 schreef CSIRT <\nrd@sluis.example>:", 2 },
	{ "CSIRT <rd@sluis.example> schrieb am Di., 24.\nNov. 2026 um 02:11 Uhr:", 2 },
	{ "2026-11-24 02:11 GMT+01:00 CSIRT <rd@sluis.example>:", 1 },
	{ "CSIRT <rd@sluis.example> wrote:", 1 },
	{ "Le 24 nov. 2026 \xc3\xa0 02:11, CSIRT <rd@sluis.example> a \xc3\xa9" "crit\xc2\xa0:", 1 },
	/* And what people say. */
	{ "On Tuesday we looked again.", 0 },
	{ "On this day\nI wrote something:", 0 },
	{ "Write to ann@x.example before 15:00.\nOn Tuesday Ann wrote:", 0 },
	{ "The log says at 02:11:", 0 },
	{ "This is what I wrote:", 0 },
	{ "", 0 },
};

static void
test_attributions(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(attributions); i++) {
		g_auto(GStrv) lines = g_strsplit(attributions[i].text, "\n", -1);
		g_auto(GStrv) some = g_strsplit(attributions[i].text[0] != '\0' ? attributions[i].text : " ", "\n", -1);

		g_test_message("%s", attributions[i].text);
		g_assert_cmpuint(quote_attribution(lines[0] != NULL ? lines : some), ==, attributions[i].lines);
	}
}

static const struct {
	const char *text;
	guint lines;
} blocks[] = {
	{ "From: CSIRT <rd@sluis.example>\nSent: Tuesday\nTo: ann\nSubject: x\n\nold", 4 },
	{ "Van: CSIRT\nVerzonden: dinsdag 24 november 2026 02:11\nAan: ann\nOnderwerp: x\n\nold", 4 },
	{ "Von: CSIRT\nGesendet: Dienstag\nAn: ann\nCc: bob\nBetreff: x\nold", 5 },
	{ "*From:* CSIRT\n*Sent:* Tuesday\n*To:* ann\n*Subject:* x\nold", 4 },
	{ "________________________________\nFrom: CSIRT\nSent: Tuesday\n\nold", 3 },
	{ " ------------------------------\n\n*Van:* CSIRT\n*Datum:* x\n\nold", 4 },
	{ "-----Original Message-----\nFrom: x", 1 },
	{ "-----Oorspronkelijk bericht-----", 1 },
	{ "-------- Urspr\xc3\xbcngliche Nachricht --------", 1 },
	{ "*-------- Original Message --------*", 1 },
	{ "---- On Tue, 24 Nov 2026 02:11:09 +0100 CSIRT<rd@sluis.example> wrote ----", 1 },
	{ "From: here\nit goes on", 0 },
	{ "The data comes From: a file\nDate: none", 0 },
	{ "------------------------------\nmore of mine", 0 },
	{ "---- my heading ----", 0 },
	{ "--", 0 },
};

static void
test_blocks(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(blocks); i++) {
		g_auto(GStrv) lines = g_strsplit(blocks[i].text, "\n", -1);

		g_test_message("%s", blocks[i].text);
		g_assert_cmpuint(quote_block(lines), ==, blocks[i].lines);
	}
}

static const struct {
	QuoteManner manner;
	const char *text, *want;
} stripped[] = {
	{ QUOTE_ANSWER, "New.\n\nOn 24 Nov 2026, at 02:11, Ann wrote:\n\n> old\n>> older\nAlso new.\n", "New.\n\n\nAlso new." },
	{ QUOTE_ANSWER, "New.\n\nOn 24 Nov 2026, at 02:11, Ann wrote:\n\nold, unmarked\n", "New." },
	{ QUOTE_ANSWER, "On 24 Nov 2026, at 02:11, Ann wrote:\n\nwhat is it?\n", "what is it?" },
	{ QUOTE_FIRST, "New.\nOn 24 Nov 2026, at 02:11, Ann wrote:\n\nnew as well\n", "New.\n\nnew as well" },
	{ QUOTE_ANSWER, "New.\n\nVerstuurd vanaf mijn iPhone\n\nold\n", "New." },
	{ QUOTE_FIRST, "New.\n\nSent from my iPhone\nnew as well\n", "New.\n\nnew as well" },
	{ QUOTE_FIRST, "They sent:\nFrom: bank\nTo: me\nSubject: pay\n\npay here\n",
	  "They sent:\nFrom: bank\nTo: me\nSubject: pay\n\npay here" },
	{ QUOTE_FORWARD, "Look.\n---------- Forwarded message ---------\nFrom: bank\nDate: x\n\n> pay\n",
	  "Look.\n---------- Forwarded message ---------\nFrom: bank\nDate: x\n\n> pay" },
};

static void
test_stripped(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(stripped); i++) {
		g_autofree char *got = quote_strip(stripped[i].text, stripped[i].manner);

		g_test_message("%s", stripped[i].text);
		g_assert_cmpstr(got, ==, stripped[i].want);
	}
}

/* Answers of the corpus: which of their lines are new, and which may be taken
 * for that or not, since they are a program's or a list's footer, or since
 * nothing tells. Blank lines do not count. */
static const struct {
	const char *id, *fresh, *either;
} replies[] = {
	{ "reply-trimmer-001", "1-3", "5-14" },
	{ "reply-trimmer-002", "1", "" },
	{ "reply-trimmer-003", "1", "" },
	{ "reply-trimmer-004", "1", "" },
	{ "reply-trimmer-005", "1", "" },
	{ "reply-trimmer-006", "1-4", "44-47" },
	{ "reply-trimmer-007", "1", "3" },
	{ "reply-trimmer-008", "1-3", "" },
	{ "reply-trimmer-009", "1-3", "" },
	{ "reply-trimmer-010", "1-3", "" },
	{ "reply-trimmer-011", "10-11", "14-16" },
	{ "reply-trimmer-012", "20-38", "3-8" },
	{ "reply-trimmer-013", "3-7", "" },
	{ "reply-trimmer-014", "1-3", "" },
	{ "reply-trimmer-015", "1", "" },
	{ "reply-trimmer-016", "1-7", "" },
	{ "reply-trimmer-017", "1", "" },
	{ "reply-trimmer-018", "1-2", "" },
	{ "reply-trimmer-019", "1", "" },
	{ "reply-trimmer-020", "1", "26" },
	{ "reply-trimmer-021", "1", "" },
	{ "reply-trimmer-022", "2", "" },
	{ "reply-trimmer-023", "1-2", "" },
	{ "reply-trimmer-024", "9-10", "" },
	{ "reply-trimmer-025", "1", "" },
	{ "reply-trimmer-026", "1-6", "" },
	{ "reply-trimmer-027", "1", "" },
	{ "reply-trimmer-028", "1-9", "" },
	{ "reply-trimmer-029", "1", "" },
	{ "reply-trimmer-030", "", "" },
	{ "reply-trimmer-031", "1-4", "" },
	{ "reply-trimmer-032", "1", "3-33" },
	{ "reply-trimmer-033", "", "" },
	{ "reply-trimmer-034", "", "" },
	{ "reply-trimmer-035", "", "" },
	{ "reply-trimmer-036", "", "" },
	{ "reply-trimmer-037", "", "" },
	{ "crisp-038", "1", "4" },
	{ "crisp-039", "1-7", "10-13" },
	{ "crisp-040", "1-5", "" },
	{ "crisp-041", "1-5", "" },
	{ "crisp-042", "1-5", "7" },
	{ "crisp-043", "1-5", "" },
	{ "crisp-044", "1-5", "" },
	{ "crisp-045", "1", "3" },
	{ "crisp-046", "1,9-34", "48-51" },
	{ "crisp-047", "1", "" },
	{ "crisp-048", "1-5", "" },
	{ "crisp-049", "1-5", "" },
	{ "crisp-050", "1-5", "" },
	{ "crisp-051", "1", "3" },
	{ "crisp-052", "1", "" },
	{ "crisp-053", "1", "3-7" },
	{ "crisp-054", "1-5", "" },
	{ "crisp-055", "1-5", "" },
	{ "crisp-056", "1-5", "" },
	{ "crisp-057", "1-5", "7" },
	{ "crisp-058", "1-5", "7" },
	{ "crisp-059", "1-5", "" },
	{ "crisp-060", "1-5", "" },
	{ "crisp-061", "1-5", "" },
	{ "crisp-062", "1-4", "7-11" },
	{ "crisp-063", "1-5", "" },
	{ "crisp-064", "1", "" },
	{ "crisp-065", "1,7,12", "" },
	{ "crisp-066", "1-5", "" },
	{ "crisp-067", "1-15", "" },
	{ "crisp-068", "1-5", "" },
	{ "crisp-069", "1", "" },
	{ "crisp-070", "1", "" },
	{ "crisp-071", "1-10", "" },
};

/* "1,9-34" */
static bool
is_in(const char *ranges, guint64 number)
{
	g_auto(GStrv) each = g_strsplit(ranges, ",", -1);

	for (char **range = each; *range != NULL; range++) {
		char *end = NULL;
		guint64 first = g_ascii_strtoull(*range, &end, 10);
		guint64 last = *end == '-' ? g_ascii_strtoull(end + 1, NULL, 10) : first;

		if (number >= first && number <= last)
			return true;
	}
	return false;
}

/* The lines of got in their order, as they are expected. */
static bool
is_as_wanted(const char *text, const char *got, guint row)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	g_autofree char *left = g_strdup(got);
	char *at = left;

	for (guint i = 0; lines[i] != NULL; i++) {
		char *line = g_strstrip(lines[i]);
		bool here = line[0] != '\0' && g_str_has_prefix(g_strchug(at), line);

		if (line[0] == '\0')
			continue;
		if (is_in(replies[row].fresh, i + 1) && !here)
			return false;
		if (here && (is_in(replies[row].fresh, i + 1) || is_in(replies[row].either, i + 1)))
			memmove(at, at + strlen(line), strlen(at + strlen(line)) + 1);
	}
	return g_strstrip(at)[0] == '\0';
}

static guint
row_of(const char *id)
{
	for (guint i = 0; i < G_N_ELEMENTS(replies); i++)
		if (g_strcmp0(replies[i].id, id) == 0)
			return i;
	return G_N_ELEMENTS(replies);
}

static void
test_corpus(void)
{
	const char *corpus = g_getenv("SLUIS_CORPUS");
	g_autofree char *file = g_build_filename(corpus != NULL ? corpus : "", "51-replies", "texts.json", NULL);
	g_autoptr(GBytes) bytes = corpus != NULL ? file_read(file, 64 * 1024 * 1024, NULL) : NULL;
	g_autoptr(Json) texts = bytes != NULL ? json_parse(bytes, NULL) : NULL;
	guint right = 0, all = 0;

	if (texts == NULL) {
		g_test_skip("SLUIS_CORPUS has no 51-replies");
		return;
	}
	for (guint i = 0; i < json_length(texts); i++) {
		const Json *one = json_at(texts, i);
		const char *text = json_text(one, "text");
		g_autofree char *got = quote_strip(text, QUOTE_ANSWER);
		guint row = row_of(json_text(one, "id"));

		g_assert_cmpuint(row, <, G_N_ELEMENTS(replies));
		all++;
		if (is_as_wanted(text, got, row))
			right++;
		else
			g_test_message("%s:\n%s", json_text(one, "id"), got);
	}
	g_test_message("new text cut from quotes: %u of %u, %.1f %%", right, all, 100.0 * right / all);
	g_assert_cmpuint(right * 100, >=, all * 95);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/quote/attributions", test_attributions);
	g_test_add_func("/quote/blocks", test_blocks);
	g_test_add_func("/quote/stripped", test_stripped);
	g_test_add_func("/quote/corpus", test_corpus);
	return g_test_run();
}
