#include "rules.h"

#include <string.h>
#include <glib/gstdio.h>

#include "error.h"
#include "file.h"
#include "indicator.h"
#include "json.h"
#include "mails.h"

static Rules *
shipped(void)
{
	g_autofree char *file = file_installed("share/sluis/conf/rules.yaml");
	g_autoptr(GError) error = NULL;
	Rules *rules = rules_load(file, &error);

	g_assert_no_error(error);
	rules_hasten(rules);
	return rules;
}

static Verdict *
judge(const Rules *rules, const char *text, gsize length)
{
	g_autoptr(GBytes) raw = g_bytes_new(text, length);
	g_autoptr(Mime) mime = mime_parse(raw);
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);
	g_autofree char *words = g_strconcat(mail->subject, "\n", mail->text, NULL);
	g_autoptr(GPtrArray) indicators = indicator_find(words);

	return rules_apply(rules, mail, indicators);
}

static Verdict *
judge_words(const Rules *rules, const char *subject, const char *text)
{
	g_autofree char *line = g_strdelimit(g_strdup(subject), "\r\n", ' ');
	g_autofree char *mail = g_strdup_printf("From: Ann <ann@mail.example>\nSubject: %s\n"
	    "Content-Type: text/plain; charset=utf-8\n\n%s\n", line, text);

	return judge(rules, mail, strlen(mail));
}

/* Mails as people write them, not those the rules were measured on. */
static const struct { const char *class, *motive, *subject, *text; } written[] = {
	{ "vulnerability", "good-faith", "Problem in your portal",
	  "Hi, if you change the number in https://portaal.delinde.example/dossier?id=1041 you see the file of "
	  "another patient. I looked at two and stopped right after. Happy to help." },
	{ "vulnerability", NULL, "Melding",
	  "Beste team, door het nummer in de adresbalk te veranderen kan ik de uitslagen van andere pati\xc3\xabnten "
	  "inzien. Ik ben zelf pati\xc3\xabnt en schrok hiervan." },
	{ "vulnerability", NULL, "Sicherheitsl\xc3\xbc" "cke",
	  "Guten Tag, auf Ihrer Seite habe ich eine Schwachstelle entdeckt: ohne Anmeldung kann man die Befunde "
	  "anderer Patienten herunterladen." },
	{ "vulnerability", "reward", "Urgent!!! Critical bug in your website",
	  "Dear Sir/Madam, I am a security researcher and found a critical vulnerability in your website. "
	  "No valid SPF record. Kindly let me know what reward you pay. $$$" },
	{ "vulnerability", "attention", "XSS in zoekveld",
	  "Het zoekveld op www.delinde.example voert script uit: <script>alert(1)</script>. Graag een "
	  "naamsvermelding in jullie hall of fame." },
	{ "vulnerability", NULL, "CVE-2026-1234 on your mail gateway",
	  "Your gateway at 192.0.2.17 still runs a version affected by CVE-2026-1234 (CVSS 9.8). Please patch." },
	{ "leak", NULL, "Datalek",
	  "In een openbaar toegankelijke map staat een backup met persoonsgegevens van klanten; de gegevens zijn "
	  "gelekt en worden op een forum te koop aangeboden." },
	{ "leak", NULL, "Wrong letter",
	  "I received a letter with the medical records of someone else, sent to the wrong person." },
	{ "leak", NULL, "Zugangsdaten",
	  "Im Darknet haben wir gestohlene Zugangsdaten Ihrer Mitarbeiter gefunden, offenbar aus einem Datenleck." },
	{ "incident", NULL, "Ransomware",
	  "We have been hacked tonight. Files on the servers are encrypted by ransomware, systems are down. "
	  "We need urgent help." },
	{ "incident", NULL, "Mailbox overgenomen",
	  "Gisteren is een account gehackt en daarmee is een phishing campagne verstuurd. Kunnen jullie helpen?" },
	{ "incident", NULL, "Angriff", "Unser Server wurde kompromittiert, wir haben Schadsoftware gefunden." },
	{ "incident", NULL, "Attacks", "Since this morning we see login attempts and a portscan from your network." },
	{ "question", NULL, "Vraag", "Goedemiddag, hoe kunnen wij ons aansluiten en wat kost dat?" },
	{ "question", NULL, "PGP", "Hello, could you send me your PGP key? I would like to know how to contact you." },
	{ "question", NULL, "Frage", "Guten Tag, wo kann ich Ihre Richtlinie finden?" },
	{ "question", NULL, "Inloggen", "Ik ben mijn wachtwoord vergeten, kunt u mij helpen met mijn afspraak?" },
	{ "handover", NULL, "Overdracht",
	  "Hierbij dragen wij deze zaak aan jullie over ter verdere afhandeling, de organisatie is een van jullie "
	  "leden. Namens NCSC." },
	{ "handover", NULL, "Case for your constituency",
	  "TLP:AMBER. We are handing over the attached report on behalf of the finder; the host belongs to your "
	  "constituency. For your follow-up." },
	{ "acquisition", "acquisition", "Protect your hospital",
	  "We are a leading provider of managed security. Our services include a free scan. Would you be "
	  "interested in a 15-minute call? Book a demo." },
	{ "acquisition", "acquisition", "Vrijblijvende kennismaking",
	  "Wij bieden pentesten en helpen bedrijven veilig te blijven. Graag plannen we een vrijblijvend "
	  "kennismakingsgesprek; de offerte is gratis." },
	{ "acquisition", "acquisition", "Angebot", "Wir bieten Ihnen unsere Dienste an, unverbindlich und mit Rabatt." },
	{ "job", "job", "Internship", "I would like to apply for an internship in your team. My CV is attached." },
	{ "job", "job", "Open sollicitatie", "Graag zou ik bij jullie komen werken; mijn motivatiebrief staat hieronder." },
	{ "job", "job", "Bewerbung", "Hiermit bewerbe ich mich um ein Praktikum. Meinen Lebenslauf finden Sie anbei." },
	{ "media", NULL, "Press question",
	  "I am a journalist and writing an article about the breach. Could you give a comment? My deadline is Friday." },
	{ "media", NULL, "Wederhoor", "Voor de redactie werk ik aan een artikel, graag een reactie van de woordvoerder." },
	{ "media", NULL, "Presseanfrage", "Als Redakteur bitte ich um eine Stellungnahme f\xc3\xbcr unseren Beitrag." },
	{ "extortion", "extortion", "Your data",
	  "We have downloaded your database. Pay 5 bitcoin within 72 hours or we will publish the files of your patients." },
	{ "extortion", "extortion", "Uw gegevens",
	  "Wij hebben al uw bestanden gekopieerd. Betaal 2 BTC binnen 48 uur, anders zullen wij de gegevens publiceren." },
	{ "extortion", "extortion", "Ihre Daten",
	  "Wir haben Ihre Daten kopiert. Zahlen Sie innerhalb von drei Tagen, sonst werden wir alles ver\xc3\xb6" "ffentlichen." },
	{ "spam", NULL, "You have won", "Dear friend, you have won a million dollars. Click here to claim, act now!!!" },
	{ "spam", NULL, "Cheap pills", "Order now viagra at the lowest price, 100% guaranteed. To be removed click here." },
};

static void
samples(void)
{
	g_autoptr(Rules) rules = shipped();

	for (gsize i = 0; i < G_N_ELEMENTS(written); i++) {
		g_autoptr(Verdict) verdict = judge_words(rules, written[i].subject, written[i].text);
		g_autofree char *because = NULL;

		g_ptr_array_add(verdict->reasons, NULL);
		because = g_strjoinv("; ", (char **)verdict->reasons->pdata);
		g_test_message("%s: %s %.2f %s: %s", written[i].subject, verdict->class, verdict->score, verdict->motive, because);
		g_assert_cmpuint(verdict->skipped->len, ==, 0);
		g_assert_cmpstr(verdict->class, ==, written[i].class);
		if (written[i].motive != NULL)
			g_assert_cmpstr(verdict->motive, ==, written[i].motive);
		g_assert_cmpfloat(verdict->score, >, 0.2);
		g_assert_cmpfloat(verdict->score, <=, 1.0);
	}
}

static void
kinds(void)
{
	static const struct { const char *header, *class; } rows[] = {
		{ "Return-Path: <>\nSubject: Undelivered Mail Returned to Sender\n", "bounce" },
		{ "Auto-Submitted: auto-replied\nSubject: Out of office\n", "automatic" },
		{ "Content-Type: multipart/report; report-type=feedback-report; boundary=x\n", "feed" },
		{ "Subject: hello\n", "question" },
	};
	g_autoptr(Rules) rules = shipped();

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat("From: a@x.example\n", rows[i].header, "\nwords\n", NULL);
		g_autoptr(Verdict) verdict = judge(rules, text, strlen(text));

		g_assert_cmpstr(verdict->class, ==, rows[i].class);
	}
}

static Rules *
load_text(const char *text, GError **error)
{
	g_autofree char *file = NULL;
	int fd = g_file_open_tmp("rules-XXXXXX", &file, NULL);
	Rules *rules;

	g_assert_true(g_file_set_contents(file, text, -1, NULL));
	g_close(fd, NULL);
	rules = rules_load(file, error);
	g_unlink(file);
	return rules;
}

static void
small(void)
{
	g_autoptr(Rules) rules = load_text("class: {question: 1}\nrules:\n"
	    "  - {name: a, match: '\\bxss\\b', class: {vulnerability: 2}, severity: low}\n"
	    "  - {name: b, match: 'stored', in: [subject], class: {vulnerability: 3}, severity: high}\n"
	    "  - {name: c, fact: url, motive: {reward: 1}}\n", NULL);
	g_autoptr(Verdict) both = judge_words(rules, "Stored", "XSS at https://x.example/");
	g_autoptr(Verdict) one = judge_words(rules, "x", "XSS, stored");

	g_assert_cmpstr(both->class, ==, "vulnerability");
	g_assert_cmpfloat_with_epsilon(both->score, 25.0 / (25 + 1 + 2), 0.001);
	g_assert_cmpstr(both->severity, ==, "high");
	g_assert_cmpuint(both->reasons->len, ==, 3);
	g_assert_cmpstr(both->reasons->pdata[0], ==, "b");
	g_assert_cmpstr(both->reasons->pdata[1], ==, "a");
	g_assert_cmpstr(both->motive, ==, "reward");
	g_assert_cmpstr(one->severity, ==, "low");
	g_assert_cmpuint(one->reasons->len, ==, 1);
}

/* A vector is scored, the worst counts, and it says more than words; but not in
 * what nobody acts on. */
static void
claimed(void)
{
	static const struct { const char *text, *severity; double claimed; } rows[] = {
		{ "XSS", "low", -1 },
		{ "XSS CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:L/A:L (5.0)", "high", 8.6 },
		{ "XSS AV:N/AC:L/Au:N/C:N/I:N/A:C CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "critical", 9.8 },
		{ "XSS CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", "", 0 },
		{ "XSS CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:Q", "low", -1 },
		{ "pills CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "", -1 },
	};
	g_autoptr(Rules) rules = load_text("rules:\n"
	    "  - {name: a, match: xss, class: {vulnerability: 2}, severity: low}\n"
	    "  - {name: b, match: pills, class: {spam: 2}}\n", NULL);

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Verdict) verdict = judge_words(rules, "x", rows[i].text);

		g_test_message("%s", rows[i].text);
		g_assert_cmpstr(verdict->severity, ==, rows[i].severity);
		g_assert_cmpfloat_with_epsilon(verdict->claimed, rows[i].claimed, 0.001);
	}
}

/* What is wrong is told with its line. */
static void
wrong(void)
{
	static const struct { const char *text, *want; } rows[] = {
		{ "rules:\n  - {name: a, match: x, class: {vulnerabilty: 2}}\n", "line 2: unknown word \"vulnerabilty\"" },
		{ "rules:\n  - {name: a, match: '(', class: {spam: 2}}\n", "line 2: bad pattern" },
		{ "rules:\n  - {name: a, class: {spam: 2}}\n", "line 2: expected one of match and fact" },
		{ "rules:\n  - {name: a, match: x, fact: url}\n", "line 2: expected one of match and fact" },
		{ "rules:\n  - {name: a, fact: moon}\n", "unknown word \"moon\"" },
		{ "rules:\n  - {name: a, match: x, in: [body]}\n", "unknown word \"body\"" },
		{ "rules:\n  - {name: a, match: x, in: text}\n", "expected a list of places" },
		{ "rules:\n  - {name: a, match: x, class: {spam: lots}}\n", "expected a weight" },
		{ "rules:\n  - {name: a, match: x, class: {spam: nan}}\n", "expected a weight" },
		{ "rules:\n  - {name: a, match: x, class: spam}\n", "expected a map" },
		{ "rules:\n  - {name: a, match: x, severity: fatal}\n", "unknown word \"fatal\"" },
		{ "rules:\n  - {match: x}\n", "expected a name" },
		{ "rule: []\n", "unknown word \"rule\"" },
		{ "class: {}\n", "expected a list of rules" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(load_text(rows[i].text, &error));
		g_assert_true(error_is(error, SLUIS_ERROR_SETUP));
		g_test_message("%s", error->message);
		g_assert_nonnull(strstr(error->message, rows[i].want));
	}
}

/* T-19: a rule over its budget is skipped and told; the others go on. */
static void
budget(void)
{
	g_autoptr(Rules) rules = load_text("rules:\n"
	    "  - {name: slow, match: '(a+)+(b|c)+$', in: [text], class: {spam: 2}}\n"
	    "  - {name: quick, match: 'xss', class: {vulnerability: 2}}\n", NULL);
	g_autoptr(GString) text = g_string_new("xss\n");
	g_autoptr(Verdict) verdict = NULL;

	for (int i = 0; i < 3000; i++)
		g_string_append(text, "a");
	g_string_append(text, "b!");
	verdict = judge_words(rules, "x", text->str);
	g_assert_cmpuint(verdict->skipped->len, ==, 1);
	g_assert_cmpstr(verdict->skipped->pdata[0], ==, "slow");
	g_assert_cmpstr(verdict->class, ==, "vulnerability");
}

/* T-15: the shipped rules are done in a moment with whatever comes. */
static void
hostile(void)
{
	static const char *const pieces[] = { "a", "the other ", "pay or publish ", "http://a.example/?id=1 ", "\n", "A", "/", "was ", "1" };
	g_autoptr(Rules) rules = shipped();

	for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autoptr(Verdict) verdict = NULL;
		gint64 start;

		while (text->len < 2000000)
			g_string_append(text, pieces[i]);
		start = g_get_monotonic_time();
		verdict = judge_words(rules, "x", text->str);
		g_test_message("%.20s: %" G_GINT64_FORMAT " ms, %u skipped", pieces[i],
		    (g_get_monotonic_time() - start) / 1000, verdict->skipped->len);
		g_assert_cmpint(g_get_monotonic_time() - start, <, 20 * G_USEC_PER_SEC);
	}
}

typedef struct {
	guint all, right, lost;	/* lost: a report taken for what nobody reads */
} Tally;

static void
tally(Tally *sum, const Verdict *verdict, const char *const *right, const char *name)
{
	static const char *const unread[] = { "spam", "acquisition", "automatic", "bounce", "feed", NULL };

	sum->all++;
	if (g_strv_contains(right, verdict->class))
		sum->right++;
	else
		g_test_message("%s: %s %.2f", name, verdict->class, verdict->score);
	if (g_strv_contains(unread, verdict->class))
		sum->lost++;
}

static Tally
corpus_texts(const Rules *rules, const char *folder, const char *const *right)
{
	g_autofree char *file = g_build_filename(g_getenv("SLUIS_CORPUS"), folder, "texts.json", NULL);
	g_autoptr(GBytes) bytes = file_read(file, 64 * 1024 * 1024, NULL);
	g_autoptr(Json) texts = bytes != NULL ? json_parse(bytes, NULL) : NULL;
	Tally sum = { 0 };

	for (guint i = 0; texts != NULL && i < json_length(texts); i++) {
		const Json *one = json_at(texts, i);
		const char *subject = json_text(one, "subject");
		g_autoptr(Verdict) verdict = judge_words(rules, subject != NULL ? subject : "", json_text(one, "text"));

		tally(&sum, verdict, right, json_text(one, "id"));
	}
	return sum;
}

static Tally
corpus_mails(const Rules *rules, const char *folder, const char *const *right)
{
	g_autofree char *path = g_build_filename(g_getenv("SLUIS_CORPUS"), folder, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;
	Tally sum = { 0 };

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *file = g_build_filename(path, name, NULL);
		g_autofree char *text = NULL;
		gsize length;

		if (g_str_has_suffix(name, ".eml") && g_file_get_contents(file, &text, &length, NULL)) {
			g_autoptr(Verdict) verdict = judge(rules, text, length);

			tally(&sum, verdict, right, name);
		}
	}
	return sum;
}

/* Measured on what others published; the shares are what the rules reach at
 * least, so that a change for the worse is seen. */
static void
corpus(void)
{
	static const char *const reports[] = { "vulnerability", NULL };
	static const char *const notices[] = { "vulnerability", "leak", "incident", NULL };
	static const char *const spam[] = { "spam", "acquisition", NULL };
	static const char *const feeds[] = { "feed", "incident", NULL };
	static const char *const bounces[] = { "bounce", NULL };
	g_autoptr(Rules) rules = shipped();
	Tally sum;

	if (corpus_root() == NULL)
		return;
	sum = corpus_texts(rules, "40-class-texts", reports);
	g_assert_cmpuint(sum.all, >, 50);
	g_assert_cmpuint(sum.right * 100, >=, sum.all * 95);
	g_assert_cmpuint(sum.lost, ==, 0);
	sum = corpus_texts(rules, "41-class-notices-divd", notices);
	g_assert_cmpuint(sum.right, ==, sum.all);
	sum = corpus_mails(rules, "44-class-phish-spam", spam);
	g_assert_cmpuint(sum.right * 100, >=, sum.all * 85);
	sum = corpus_mails(rules, "30-abuse-reports", feeds);
	g_assert_cmpuint(sum.right * 100, >=, sum.all * 75);
	sum = corpus_mails(rules, "20-bounces-dsn", bounces);
	g_assert_cmpuint(sum.right * 100, >=, sum.all * 90);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/rules/samples", samples);
	g_test_add_func("/rules/kinds", kinds);
	g_test_add_func("/rules/small", small);
	g_test_add_func("/rules/claimed", claimed);
	g_test_add_func("/rules/wrong", wrong);
	g_test_add_func("/rules/budget/T-19", budget);
	g_test_add_func("/rules/hostile/T-15", hostile);
	g_test_add_func("/rules/corpus", corpus);
	return g_test_run();
}
