#include "mail.h"
#include "mails.h"

/* A mail, and what was encrypted in it, if anything. */
typedef struct {
	Mime *outer, *inner;
	Mail *mail;
} Read;

static Read
read_mail(const char *outer, const char *inner, const char *sender)
{
	Read read = { parse(outer), parse(inner), NULL };
	const Protection protection = { read.inner, true, false };

	read.mail = mail_read(read.outer, read.inner, &protection, sender);
	return read;
}

static void
read_clear(Read *read)
{
	mail_free(read->mail);
	mime_free(read->inner);
	mime_free(read->outer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

static void
plain(void)
{
	g_auto(Read) read = read_mail(
	    "From: Heron <heron@mail.example>\nSubject: x\nMessage-ID: <a@x>\n"
	    "References: <1@x> <2@x>\nIn-Reply-To: <2@x>\nDate: Tue, 24 Nov 2026 01:11:09 +0000\n\nwords\n",
	    NULL, "heron@mail.example");
	const Mail *mail = read.mail;

	g_assert_cmpstr(mail->subject, ==, "x");
	g_assert_false(mail->subject_protected);
	g_assert_cmpstr(mail->from->address, ==, "heron@mail.example");
	g_assert_cmpstr(mail->message_id, ==, "a@x");
	g_assert_cmpuint(mail->references->len, ==, 2);
	g_assert_cmpstr(mail->references->pdata[1], ==, "2@x");
	g_assert_cmpint(mail->kind, ==, MAIL_PERSONAL);
	g_assert_cmpstr(mail->kind_because, ==, "");
	g_assert_cmpstr(mail->text, ==, "words\n");
	g_assert_false(mail->malformed);
	g_assert_cmpuint(mail->attachments->len, ==, 0);
}

/* An inner Subject counts only where the entity says it protects it. */
static void
protected_subject(void)
{
	static const struct { const char *inner, *want; bool is_protected; } rows[] = {
		{ "Content-Type: text/plain; hp=\"cipher\"\nSubject: real\n\nt\n", "real", true },
		{ "Content-Type: text/plain; protected-headers=v1\nSubject: real\n\nt\n", "real", true },
		{ "Content-Type: text/plain\nSubject: real\n\nt\n", "...", false },
		{ "Content-Type: text/plain; hp=cipher\n\nt\n", "...", false },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail("From: a@x.example\nSubject: ...\n\nouter\n", rows[i].inner, NULL);

		g_assert_cmpstr(read.mail->subject, ==, rows[i].want);
		g_assert_cmpint(read.mail->subject_protected, ==, rows[i].is_protected);
		g_assert_cmpstr(read.mail->text, ==, "t\n");
	}
}

static void
kinds(void)
{
	static const struct { const char *header, *sender; MailKind kind; } rows[] = {
		{ "", "a@x.example", MAIL_PERSONAL },
		{ "Auto-Submitted: no\n", "a@x.example", MAIL_PERSONAL },
		{ "Auto-Submitted: auto-replied\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Precedence: bulk\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Precedence: list\n", "a@x.example", MAIL_LIST },
		{ "Precedence: first-class\n", "a@x.example", MAIL_PERSONAL },
		{ "List-Id: <x.example>\n", "a@x.example", MAIL_LIST },
		{ "X-Autoreply: yes\n", "a@x.example", MAIL_AUTOMATIC },
		{ "X-Auto-Response-Suppress: All\n", "a@x.example", MAIL_PERSONAL },
		{ "X-Auto-Response-Suppress: All\nIn-Reply-To: <a@x>\n", "a@x.example", MAIL_AUTOMATIC },
		{ "", "", MAIL_BOUNCE },
		{ "Return-Path: <>\n", NULL, MAIL_BOUNCE },
		{ "Return-Path: <>\n", "a@x.example", MAIL_PERSONAL },
		{ "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n", "", MAIL_BOUNCE },
		{ "Content-Type: multipart/report; report-type=feedback-report; boundary=x\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Subject: Automatic reply: your report\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Subject: Automatic reply leaks addresses\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: Out of office plugin stores passwords\n", "a@x.example", MAIL_PERSONAL },
		{ "X-Boxbe-Verdict: wait\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Subject: failure notice\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: Undeliverable: your mail\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: Mail delivery failed: how to find who uses your portal\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: failure notice\n", "", MAIL_BOUNCE },
		{ "In-Reply-To: <a@x>\n", "", MAIL_AUTOMATIC },
		{ "Subject: Afwezig: [...]\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: Afwezig: [...]\nIn-Reply-To: <a@x>\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Subject: Auto: de deur gaat open\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: Vacation: the planner shows all\n", "a@x.example", MAIL_PERSONAL },
		{ "Subject: [INC0012345] Uw melding is ontvangen\nReferences: <a@x>\n", "a@x.example", MAIL_AUTOMATIC },
		{ "Subject: [INC0012345] Uw melding is ontvangen\n", "a@x.example", MAIL_PERSONAL },
		{ "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n", "", MAIL_AUTOMATIC },
		{ "Content-Type: multipart/report; report-type=tlsrpt; boundary=x\n", "a@x.example", MAIL_AUTOMATIC },
	};
	static const struct { const char *from; MailKind kind; } senders[] = {
		{ "MAILER-DAEMON@x.example", MAIL_BOUNCE },
		{ "noreply@x.example", MAIL_AUTOMATIC },
		{ "no-reply+123@x.example", MAIL_AUTOMATIC },
		{ "noreplyson@x.example", MAIL_PERSONAL },
		{ "postmaster@x.example", MAIL_PERSONAL },
		{ "noreply@boxbe.com", MAIL_AUTOMATIC },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat("From: a@x.example\n", rows[i].header, "\nwords\n", NULL);
		g_auto(Read) read = read_mail(text, NULL, rows[i].sender);

		g_test_message("%s %s", text, read.mail->kind_because);
		g_assert_cmpstr(mail_kind_word(read.mail->kind), ==, mail_kind_word(rows[i].kind));
	}
	for (gsize i = 0; i < G_N_ELEMENTS(senders); i++) {
		g_autofree char *text = g_strdup_printf("From: <%s>\n\nwords\n", senders[i].from);
		g_auto(Read) read = read_mail(text, NULL, senders[i].from);

		g_test_message("%s", text);
		g_assert_cmpstr(mail_kind_word(read.mail->kind), ==, mail_kind_word(senders[i].kind));
	}
}

/* T-17: what two readers could see differently is told. */
static void
malformed(void)
{
	static const struct { const char *text; bool malformed; } rows[] = {
		{ "From: a@x.example\nSubject: s\n\nb\n", false },
		{ "From: a@x.example\nFrom: b@x.example\n\nb\n", true },
		{ "From: a@x.example, b@x.example\n\nb\n", true },
		{ "From: a@b@x.example\n\nb\n", true },
		{ "From: a@x.example\nSubject: s\nSubject: t\n\nb\n", true },
		{ "From: a@x.example\nDate: s\nDate: t\n\nb\n", true },
		{ "From: a@x.example\nMessage-ID: <s@x>\nMessage-ID: <t@x>\n\nb\n", true },
		{ "From: a@x.example\nContent-Type: text/plain\nContent-Type: text/html\n\nb\n", true },
		{ "From: a@x.example\nSubject: =?utf-8?q?s=0ABcc:_v@x.example?=\n\nb\n", true },
		{ "From: a@x.example\nSubject: folded\n on two\n\nb\n", false },
		{ "From: a@x.example\nContent-Type: multipart/mixed\n\nb\n", true },
		{ "From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nt\n--b--\n", false },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(rows[i].text, NULL, "a@x.example");

		g_test_message("%s (%s)", rows[i].text, read.mail->malformed_because);
		g_assert_cmpint(read.mail->malformed, ==, rows[i].malformed);
		g_assert_cmpint(read.mail->malformed_because[0] != '\0', ==, rows[i].malformed);
	}
}

static void
texts(void)
{
	static const struct { const char *text, *want; guint attachments; bool html; } rows[] = {
		{ "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain\n"
		  "--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n", "plain", 0, false },
		{ "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n \n"
		  "--b\nContent-Type: text/html\n\n<p>rich</p>\n--b--\n", "rich", 0, true },
		{ "Content-Type: text/html\n\n<p>rich</p>\n", "rich", 0, true },
		{ "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nwords", "words", 1, false },
		{ "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords\n"
		  "--b\nContent-Type: application/pgp-signature\n\nsig\n--b--\n", "words", 0, false },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\none\n"
		  "--b\nContent-Type: application/pgp-keys\n\nkey\n--b\n\ntwo\n--b--\n", "one\ntwo", 1, false },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(rows[i].text, NULL, NULL);

		g_test_message("%s", rows[i].text);
		g_assert_cmpstr(read.mail->text, ==, rows[i].want);
		g_assert_cmpuint(read.mail->attachments->len, ==, rows[i].attachments);
		g_assert_cmpint(read.mail->text_from_html, ==, rows[i].html);
	}
}

static void
new_text(void)
{
	static const struct { const char *header, *body, *want; } rows[] = {
		{ "", "mine\n\nmore\n-- \nAnn\n", "mine\n\nmore" },
		{ "", "mine\n\nOn 3 May 2026, Ann <a@x> wrote:\n> old\n> older\n\nbelow\n", "mine\n\n\nbelow" },
		{ "", "Op ma 3 mei 2026 om 10:00 schreef Ann\n<a@x.example>:\n> oud\nnieuw\n", "nieuw" },
		{ "", "Am 03.05.26 um 10:00 schrieb Ann:\n> alt\nneu\n", "neu" },
		{ "Subject: RE: x\n", "new\n\nVan: Ann\nVerzonden: maandag\nAan: b\n\noud\n", "new" },
		{ "In-Reply-To: <a@x>\n", "new\n-----Original Message-----\nold\n", "new" },
		{ "Subject: phishing\n", "I got this:\nFrom: bank\nTo: me\n\nclick\n", "I got this:\nFrom: bank\nTo: me\n\nclick" },
		{ "Subject: Fwd: report\n", "fyi\n\nFrom: r\nSent: now\n\nthe report\n", "fyi\n\nFrom: r\nSent: now\n\nthe report" },
		{ "", "On the login page an attacker wrote:\nx\n", "x" },
		{ "", "On the login page one can\nread all\n", "On the login page one can\nread all" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat("From: a@x.example\n", rows[i].header, "\n", rows[i].body, NULL);
		g_auto(Read) read = read_mail(text, NULL, NULL);
		g_autofree char *got = mail_new_text(read.mail);

		g_test_message("%s", text);
		g_assert_cmpstr(got, ==, rows[i].want);
	}
}

/* What the corpus calls bounces and automatic mail is found as such, and what
 * people wrote is not. */
static guint
corpus_kinds(const char *folder, const char *mark, guint *count)
{
	g_autofree char *index = g_build_filename(g_getenv("SLUIS_CORPUS"), folder, "INDEX.csv", NULL);
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint silent = 0;

	*count = 0;
	if (!g_file_get_contents(index, &text, NULL, NULL))
		return 0;
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, ",", 4);
		g_autofree char *path = g_strv_length(cells) < 4 ? NULL :
		    g_build_filename(g_getenv("SLUIS_CORPUS"), folder, cells[0], NULL);
		g_autofree char *mail = NULL;

		if (path == NULL || !g_str_has_prefix(cells[2], mark) || strstr(cells[0], "-cr") != NULL ||
		    !g_file_get_contents(path, &mail, NULL, NULL))
			continue;
		(*count)++;
		{
			g_auto(Read) read = read_mail(mail, NULL, NULL);

			if (read.mail->kind != MAIL_PERSONAL)
				silent++;
			else
				g_test_message("%s: %s", cells[0], read.mail->subject);
		}
	}
	return silent;
}

static void
corpus(void)
{
	guint count;

	if (corpus_root() == NULL)
		return;
	g_assert_cmpuint(corpus_kinds("20-bounces-dsn", "BOUNCE", &count) * 100, >=, count * 98);
	g_assert_cmpuint(count, >, 50);
	g_assert_cmpuint(corpus_kinds("21-auto-replies", "AUTO", &count), ==, count);
	g_assert_cmpuint(corpus_kinds("51-replies", "REPLY", &count), ==, 0);
	g_assert_cmpuint(count, >, 3);
}

static void
check_clean(const char *line)
{
	g_assert_true(line == NULL || g_utf8_validate(line, -1, NULL));
	g_assert_true(line == NULL || strpbrk(line, "\r\n\t\x1b") == NULL);
}

/* As it is; and once more with its own root as what was encrypted in it. */
static void
look(const char *file, const Mime *mime)
{
	const Protection protection = { mime, true, false };
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, "a@x.example");
	g_autoptr(Mail) inside = mail_read(mime, mime, &protection, NULL);
	g_autofree char *fresh = mail_new_text(mail);

	(void)file;
	check_clean(mail->subject);
	check_clean(mail->kind_because);
	check_clean(inside->subject);
	check_clean(inside->changed);
	g_assert_true(g_utf8_validate(mail->text, -1, NULL));
	g_assert_true(g_utf8_validate(inside->text, -1, NULL));
	g_assert_true(g_utf8_validate(fresh, -1, NULL));
	g_assert_null(strpbrk(mail->text, "\r\x1b"));
}

/* T-15, T-16: every mail of the corpus, also those made to break readers. */
static void
everything(void)
{
	const char *root = corpus_root();
	g_autoptr(GDir) folders = root != NULL ? g_dir_open(root, 0, NULL) : NULL;
	const char *folder;
	guint count = 0;

	while (folders != NULL && (folder = g_dir_read_name(folders)) != NULL)
		count += corpus_each(root, folder, look);
	g_test_message("%u files", count);
	g_assert_true(root == NULL || count > 100);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/mail/plain", plain);
	g_test_add_func("/mail/protected_subject", protected_subject);
	g_test_add_func("/mail/kinds/T-54", kinds);
	g_test_add_func("/mail/malformed/T-17", malformed);
	g_test_add_func("/mail/texts", texts);
	g_test_add_func("/mail/new_text", new_text);
	g_test_add_func("/mail/corpus", corpus);
	g_test_add_func("/mail/everything/T-15/T-16", everything);
	return g_test_run();
}
