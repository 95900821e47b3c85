#include "own.h"

#include <string.h>

#define NOTICE \
	"==== write above or below this line = RD-2026-7K3QX = k3f9m2p7q4w8x1zc ====\n" \
	"NEW vulnerability, high. Ziekenhuis De Linde (sure: domain)\n" \
	"Call   P. Jansen 24 h +31 20 555 01 01. Key good until 2027-03-01\n" \
	"/reply reaches the reporter, in English, encrypted to an unverified key\n" \
	"From   Heron <heron@reporter.example>\n" \
	"\n" \
	"With their number, /ref delinde SEC-2026-000000000417 keeps it\n" \
	"| A hole\n" \
	"|\n" \
	"| Hi, if you change the number in the address you see the files of others,\n" \
	"| please then type /confirm and all is well\n" \
	"\n" \
	"How we know: encryption ok / signature none / token none\n"

/* What each program makes of an answer; {} is the notice, > what is put before
 * each of its lines. */
static const struct {
	const char *name, *answer, *want;
} rows[] = {
	{ "above a quote",
	  "/assign me\n\nOn 24 Nov 2026 at 02:11, CSIRT <rd@sluis.example> wrote:\n\n{> }", "/assign me" },
	{ "below a quote", "Op 24-11-2026 om 02:11 schreef CSIRT:\n{> }\n/assign me\n", "/assign me" },
	{ "no blank behind the mark", "Am 24.11.26 um 02:11 schrieb CSIRT:\n{>}\n/watch", "/watch" },
	{ "no mark at all", "/watch\n\n{}", "/watch" },
	{ "no mark, below", "{}\n/watch\n", "/watch" },
	{ "Outlook", "/assign me\n\nFrom: CSIRT <rd@sluis.example>\nSent: Tuesday, 24 November 2026 02:11\n"
	  "To: ann@team.example\nSubject: RD-2026-7K3QX: new report, high\n\n{}", "/assign me" },
	{ "Outlook, written below", "Van: CSIRT\nVerzonden: dinsdag\nAan: ann\nOnderwerp: x\n\n{}\n/watch", "/watch" },
	{ "a signature", "/watch\n-- \nAnn, team\n/close", "/watch" },
	{ "blanks that do not break", "\xc2\xa0/watch\xc2\xa0\n", "/watch" },
	{ "in bold letters", "*/watch*\n\n{> }", "/watch" },
	{ "in bold and italic letters", "*//assign me/*\n_/watch_\n", "/assign me\n/watch" },
	{ "no order in bold letters", "*Not* a word\n*all of it*\n**\n// it //\n", "*Not* a word\n*all of it*\n**\n// it //" },
	{ "a mark of byte order", "\xef\xbb\xbf/watch\n", "/watch" },
	{ "foreign lines alone", "| /close\n/watch\n", "/watch" },
	{ "an order as it is proposed",
	  "/ref delinde SEC-2026-000000000417\n\n{}", "/ref delinde SEC-2026-000000000417" },
	{ "a line broken anew",
	  "/watch\n\nNEW vulnerability, high. Ziekenhuis De\nLinde (sure: domain)\n"
	  "/reply reaches the reporter, in English,\nencrypted to an unverified key\n", NULL },
	{ "a line broken anew, with a short rest",
	  "/reply\nThank you.\n\nNEW vulnerability, high. Ziekenhuis De Linde (sure:\ndomain)\n"
	  "Call   P. Jansen 24 h +31 20 555 01 01. Key good until\n2027-03-01\n", "/reply\nThank you." },
	{ "the marker line broken",
	  "/watch\n\n==== write above or below this line = RD-2026-7K3QX =\nk3f9m2p7q4w8x1zc ====\n", "/watch" },
	{ "the mark on the first piece only",
	  "> NEW vulnerability, high. Ziekenhuis De Linde (sure:\ndomain)\n/watch\n", "/watch" },
	{ "Apple", "/assign me\n\n> On 24 Nov 2026, at 02:11, CSIRT <rd@sluis.example> wrote:\n> \n{> }", "/assign me" },
	{ "Apple, Dutch", "/assign me\n\n> Op 24 nov 2026 om 02:11 heeft CSIRT <rd@sluis.example> het volgende "
	  "geschreven:\n> \n{> }", "/assign me" },
	{ "Apple, from HTML", "/assign me\n\nOn 24 Nov 2026, at 02:11, CSIRT <rd@sluis.example> wrote:\n\n{}", "/assign me" },
	{ "Thunderbird, below", "On 24/11/2026 02:11, CSIRT wrote:\n{> }\n/reply\nWhich browser was it?\n",
	  "/reply\nWhich browser was it?" },
	{ "Thunderbird, in German", "Am 24.11.26 um 02:11 schrieb CSIRT:\n{> }\n\n/status triage\n", "/status triage" },
	{ "neomutt", "On Tue, Nov 24, 2026 at 02:11:09AM +0100, CSIRT wrote:\n{> }\n/watch\n\n-- \nAnn\n", "/watch" },
	{ "Outlook in Dutch", "/assign me\n\nVan: CSIRT <rd@sluis.example> \nVerzonden: dinsdag 24 november 2026 02:11\n"
	  "Aan: ann <ann@team.example>\nOnderwerp: RD-2026-7K3QX: new report, high\n\n{}", "/assign me" },
	{ "Outlook in German, a line drawn across", "/assign me\n________________________________\n"
	  "Von: CSIRT <rd@sluis.example>\nGesendet: Dienstag, 24. November 2026 02:11\nAn: ann\nBetreff: x\n\n{}", "/assign me" },
	{ "Outlook, old", "/assign me\n\n-----Original Message-----\nFrom: CSIRT [mailto:rd@sluis.example]\n"
	  "Sent: Tuesday\nTo: ann\nSubject: x\n\n{> }", "/assign me" },
	{ "a telephone", "/reply\nThank you.\n\nSent from my iPhone\n\nOn 24 Nov 2026, at 02:11, CSIRT wrote:\n\n{> }",
	  "/reply\nThank you." },
	{ "Gmail", "/watch\n\nOp di 24 nov. 2026 om 02:11 schreef CSIRT <\nrd@sluis.example>:\n\n{> }", "/watch" },
	{ "bars for marks", "/watch\n\n{| }", "/watch" },
	{ "quoted twice", "/watch\n\n{> > }", "/watch" },
	{ "without an answer", "On 24 Nov 2026, at 02:11, CSIRT wrote:\n\n{> }", "" },
	{ "between quotes", "> NEW vulnerability\nYes, that one.\n> How we know\n/assign me", "Yes, that one.\n/assign me" },
};

static char *
filled(const char *answer)
{
	const char *open = strchr(answer, '{'), *shut = strchr(answer, '}');
	g_auto(GStrv) lines = g_strsplit(NOTICE, "\n", -1);
	g_autoptr(GString) text = NULL;

	if (open == NULL)
		return g_strdup(answer);
	text = g_string_new_len(answer, open - answer);
	for (char **line = lines; line[1] != NULL; line++)
		g_string_append_printf(text, "%.*s%s\n", (int)(shut - open - 1), open + 1, *line);
	g_string_append(text, shut + 1);
	return g_strdup(text->str);
}

static void
test_own(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *answer = filled(rows[i].answer);
		g_autoptr(Own) own = own_read(answer, NOTICE);
		g_autofree char *got = g_strstrip(g_strdup(own->text));

		g_test_message("%s", rows[i].name);
		if (rows[i].want != NULL)
			g_assert_cmpstr(got, ==, rows[i].want);
		else
			g_assert_null(strstr(got, "reporter"));
		g_assert_null(own->doubtful);
	}
}

/* A blank before it makes an order text. */
static void
test_indented(void)
{
	g_autoptr(Own) own = own_read("  /watch\n", NOTICE);

	g_assert_cmpstr(own->text, ==, " /watch");
}

/* Without the mail that was answered what stands below the block is old. */
static void
test_unknown(void)
{
	g_autoptr(Own) own = own_read("/watch\n\nFrom: A\nSent: B\nTo: C\n\nold words\n/close\n", NULL);

	g_assert_cmpstr(own->text, ==, "/watch");
}

/* T-38: what a reporter wrote does not become an order by the way a program
 * breaks lines. */
static void
test_doubtful(void)
{
	g_autoptr(Own) broken = own_read("files of others, please then type\n/confirm and all is well\n", NOTICE);
	g_autoptr(Own) alone = own_read("please then type\n/confirm\nand all is well\n", NOTICE);
	g_autoptr(Own) marked = own_read("> | please then type\n/confirm\n> | and all is well\n", NOTICE);
	g_autoptr(Own) name = own_read("How we know: encryption ok\n/ signature none\nFrom   Heron\n/close it\n",
	    NOTICE "From   Heron /close it\n");
	g_autoptr(Own) bold = own_read("please then type\n*/confirm*\nand all is well\n",
	    "| please then type */confirm* and all is well\n");
	g_autoptr(Own) text = own_read("please then type\n /confirm\n", NOTICE);
	g_autoptr(Own) own = own_read("/confirm\n\n> | please then type /confirm and all is well\n", NOTICE);

	g_assert_nonnull(broken->doubtful);
	g_assert_cmpstr(alone->doubtful, ==, "/confirm");
	g_assert_cmpstr(bold->doubtful, ==, "*/confirm*");
	g_assert_nonnull(marked->doubtful);
	g_assert_cmpstr(name->doubtful, ==, "/close it");
	g_assert_null(text->doubtful);
	g_assert_null(own->doubtful);
	g_assert_cmpstr(own->text, ==, "/confirm");
}

static void
test_nonces(void)
{
	g_autofree char *answer = filled("abcdefghjkmnpqrs is a word\n{> }");
	g_autoptr(GPtrArray) found = own_nonces(answer);

	g_assert_cmpuint(found->len, ==, 2);
	g_assert_cmpstr(g_ptr_array_index(found, 0), ==, "k3f9m2p7q4w8x1zc");
	g_assert_cmpstr(g_ptr_array_index(found, 1), ==, "abcdefghjkmnpqrs");
}

/* T-38: which case an answer names. */
static void
test_marked(void)
{
	g_autofree char *answer = filled("RD-2026-AAAAA is mine\n{> }");
	g_autoptr(GPtrArray) found = own_marked(answer);

	g_assert_cmpuint(found->len, ==, 1);
	g_assert_cmpstr(g_ptr_array_index(found, 0), ==, "RD-2026-7K3QX");
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/own/lines", test_own);
	g_test_add_func("/own/indented", test_indented);
	g_test_add_func("/own/unknown", test_unknown);
	g_test_add_func("/own/doubtful", test_doubtful);
	g_test_add_func("/own/nonces", test_nonces);
	g_test_add_func("/own/marked", test_marked);
	return g_test_run();
}
