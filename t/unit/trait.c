/* What a mail is learnt by: its words, not whose hosts it names. */

#include "trait.h"

#include "mails.h"

/* The traits of a mail with that text, and whether all are there that are wanted,
 * "!" before one that must not be. */
static void
check(const char *text, const char *const *wanted)
{
	const Weights before = { 0 };
	g_autofree char *raw = g_strconcat("From: Ann <ann@mail.example>\nSubject: Melding\n\n", text, NULL);
	g_autoptr(Mime) mime = parse(raw);
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);
	g_autoptr(Verdict) verdict = verdict_new(&before, 0);
	guint strong = 0;
	g_autoptr(GPtrArray) traits = trait_find(mail, verdict, &strong);

	for (; *wanted != NULL; wanted++) {
		bool absent = (*wanted)[0] == '!';
		bool found = g_ptr_array_find_with_equal_func(traits, *wanted + absent, g_str_equal, NULL);

		if (found == absent)
			g_error("%s in: %s", *wanted, text);
	}
	for (guint i = 0; i < traits->len; i++) {
		const char *trait = g_ptr_array_index(traits, i);

		g_assert_cmpint(g_str_has_prefix(trait, "shape:") || g_str_has_prefix(trait, "kind:"), ==, i < strong);
	}
}

static void
test_words(void)
{
	check("Het portaal is kapot.", (const char *[]) {
	    "subject:melding", "melding", "portaal", "stem:porta...", "kapot", "!stem:kapot...", NULL });
	check("Bericht 4711 van x9z.", (const char *[]) { "bericht", "!4711", "!x9z", NULL });
}

static void
test_hosts(void)
{
	static const char *const hosts[] = {
		"https://portaal.delinde.example/dossier?id=7", "portaal.delinde.example", "delinde[.]example",
		"<jan@delinde.example>", "hxxp://delinde.example/a", NULL,
	};

	for (const char *const *host = hosts; *host != NULL; host++) {
		g_autofree char *text = g_strdup_printf("Kijk naar %s daar.", *host);

		check(text, (const char *[]) { "kijk", "daar", "!portaal", "!delinde", "!example", "!jan", "!dossier", NULL });
	}
	check("Dit is het einde. En meer...", (const char *[]) { "einde", "meer", NULL });
}

static void
test_shapes(void)
{
	check("Werkt dit?", (const char *[]) { "shape:short", "shape:asks", "!shape:fields", NULL });
	check("ip: 192.0.2.7\nport: 25\ntype: open\nseen: today\n", (const char *[]) { "shape:all fields", NULL });
	check("one\ntwo\nthree\nfour\nfive\nsix\nip: a\nport: b\ntype: c\nseen: d\nseven\neight\nnine\nten\neleven\ntwelve\n",
	    (const char *[]) { "shape:fields", "shape:long", "!shape:asks", NULL });
	check("see https://a.example/ and\nhttps://b.example/ and\nhttps://c.example/ and\nhttps://d.example/\n",
	    (const char *[]) { "!shape:fields", "!shape:all fields", "!shape:long", NULL });
}

int
main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/trait/words", test_words);
	g_test_add_func("/trait/hosts", test_hosts);
	g_test_add_func("/trait/shapes", test_shapes);
	return g_test_run();
}
