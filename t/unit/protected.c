#include "mail.h"
#include "mails.h"

#define OUTER "From: Heron <heron@x.example>\nTo: rd@sluis.example\nSubject: [...]\n" \
	"Date: Tue, 24 Nov 2026 02:11:09 +0100\nMessage-ID: <1@x.example>\n"
#define INSIDE "From: Heron <heron@x.example>\nTo: rd@sluis.example\nSubject: real\n" \
	"Date: Tue, 24 Nov 2026 01:11:09 +0000\nMessage-ID: <1@x.example>\n"
#define LEFT "HP-Outer: From: heron@x.example\nHP-Outer: To: <rd@sluis.example>\n" \
	"HP-Outer: Subject: [...]\nHP-Outer: Date: Tue, 24 Nov 2026 02:11:09 +0100\n" \
	"HP-Outer: Message-ID: <1@x.example>\n"
#define CIPHER "Content-Type: text/plain; hp=\"cipher\"\n" INSIDE LEFT
#define CLEAR "Content-Type: text/plain; hp=\"clear\"\n" INSIDE
#define V1 "Content-Type: text/plain; protected-headers=\"v1\"\n" INSIDE
#define HOLE "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/rfc822-headers\n" \
	"Content-Disposition: attachment\n\n" INSIDE "\n--b\n\nt\n--b--"
#define WRAPPED "Content-Type: message/rfc822; forwarded=no\n\n" INSIDE

typedef struct {
	Mime *outer, *payload;
	Protection protection;
	Mail *mail;
} Read;

typedef enum { NOTHING, ENCRYPTED, SIGNED, BOTH } By;

static Read
read_mail(const char *outer, const char *payload, By by)
{
	g_autofree char *mail = g_strconcat(outer, "\nclosed\n", NULL);
	g_autofree char *within = g_strconcat(payload, "\nt\n", NULL);
	Read read = { parse(mail), parse(within), { NULL, by & ENCRYPTED, by & SIGNED }, NULL };

	read.protection.payload = read.payload;
	read.mail = mail_read(read.outer, read.payload, &read.protection, NULL);
	return read;
}

static void
read_clear(Read *read)
{
	mail_free(read->mail);
	mime_free(read->payload);
	mime_free(read->outer);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Read, read_clear)

static char *
with(const char *text, const char *old, const char *new)
{
	g_auto(GStrv) pieces = g_strsplit(text, old, -1);

	g_assert_cmpuint(g_strv_length(pieces), >, 1);
	return g_strjoinv(new, pieces);
}

/* Each form, under each protection: whose Subject is it? */
static void
forms(void)
{
	static const struct { const char *payload; By by; const char *subject; } rows[] = {
		{ CIPHER, ENCRYPTED, "real" }, { CIPHER, BOTH, "real" }, { CIPHER, SIGNED, "real" },
		{ CIPHER, NOTHING, "[...]" },
		{ CLEAR, ENCRYPTED, "real" }, { CLEAR, SIGNED, "real" }, { CLEAR, NOTHING, "[...]" },
		{ V1, ENCRYPTED, "real" }, { V1, SIGNED, "real" }, { V1, NOTHING, "[...]" },
		{ HOLE, ENCRYPTED, "real" }, { HOLE, SIGNED, "real" }, { HOLE, NOTHING, "[...]" },
		{ WRAPPED, ENCRYPTED, "real" }, { WRAPPED, SIGNED, "real" }, { WRAPPED, NOTHING, "[...]" },
		{ "Content-Type: text/plain; hp=CIPHER\n" INSIDE, ENCRYPTED, "real" },
		{ "Content-Type: text/plain; hp=secret; protected-headers=v1\n" INSIDE, ENCRYPTED, "real" },

		/* what only looks like one of them */
		{ "Content-Type: text/plain\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: text/plain; hp=secret\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: text/plain; protected-headers=v2\n" INSIDE, BOTH, "[...]" },
		{ "X-Content-Type: text/plain; hp=cipher\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: text/plain; hp=cipher\nContent-Type: text/plain\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: text/plain; x=\"hp=cipher\"\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n" CIPHER "\nt\n--b--\n", BOTH, "[...]" },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nt\n--b\nContent-Type: text/rfc822-headers\n\n"
		  INSIDE "\n--b--\n", BOTH, "[...]" },
		{ "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/rfc822-headers-not\n\n"
		  INSIDE "\n--b\n\nt\n--b--\n", BOTH, "[...]" },
		{ "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: text/rfc822-headers\n\n"
		  INSIDE "\n--b\n\nt\n--b--\n", BOTH, "[...]" },
		{ "Content-Type: message/rfc822\n\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: message/rfc822; forwarded=yes\n\n" INSIDE, BOTH, "[...]" },
		{ "Content-Type: message/rfc822; forwarded=no\nContent-Transfer-Encoding: base64\n\n" INSIDE, BOTH, "[...]" },

		/* fields that are not there, or stand twice */
		{ "Content-Type: text/plain; hp=cipher\n", BOTH, "[...]" },
		{ CIPHER "Subject: other\n", BOTH, "[...]" },
		{ V1 "Subject: other\n", BOTH, "[...]" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(OUTER, rows[i].payload, rows[i].by);

		g_test_message("%d %s", rows[i].by, rows[i].payload);
		g_assert_cmpstr(read.mail->subject, ==, rows[i].subject);
		g_assert_cmpint(read.mail->subject_protected, ==, strcmp(rows[i].subject, "real") == 0);
	}
}

/* A mail that nothing protects has a root, too. */
static void
phony(void)
{
	g_autoptr(Mime) mime = parse(CIPHER "\nt\n");
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);

	g_assert_cmpstr(mail->subject, ==, "real");
	g_assert_false(mail->subject_protected);
	g_assert_null(mail->protected->fields);
	g_assert_null(mail->changed);
}

/* Twice is malformed: nothing of it goes before what stands outside, and
 * nothing automatic comes of it (T-17). */
static void
twice(void)
{
	static const struct { const char *payload, *because; } rows[] = {
		{ CIPHER "Subject: other\n", "Subject: several fields" },
		{ CIPHER "From: Heron <heron@x.example>\n", "From: several fields" },
		{ V1 "To: eve@x.example\n", "To: several fields" },
		{ WRAPPED "References: <a@x>\nReferences: <b@x>\n", "References: several fields" },
		{ CIPHER "HP-Outer: Subject: other\n", "HP-Outer: Subject: several fields" },
		{ "Content-Type: text/plain; hp=cipher; hp=clear\n" INSIDE, "Content-Type: several values of hp" },
		{ "Content-Type: text/plain; hp=cipher; HP=\"cipher\"\n" INSIDE LEFT, "Content-Type: several values of hp" },
		{ "Content-Type: text/plain; protected-headers=v1;\n protected-headers=v2\n" INSIDE,
		  "Content-Type: several values of protected-headers" },
		{ "Content-Type: text/plain; hp=cipher\nContent-Type: text/plain; hp=cipher\n" INSIDE,
		  "Content-Type: several fields" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(OUTER, rows[i].payload, BOTH);

		g_test_message("%s", rows[i].payload);
		g_assert_true(read.mail->malformed);
		g_assert_cmpstr(read.mail->malformed_because, ==, rows[i].because);
		g_assert_cmpstr(read.mail->subject, ==, "[...]");
		g_assert_cmpstr(read.mail->from->address, ==, "heron@x.example");
		g_assert_false(read.mail->protected->trusted);
	}
}

/* What of the outer header is not as its sender left it. */
static void
changes(void)
{
	static const struct { const char *payload; By by; const char *old, *new, *want; } rows[] = {
		{ CIPHER, ENCRYPTED, "Heron", "Heron", NULL },
		{ CIPHER, ENCRYPTED, "[...]", "Buy this", "Subject" },
		{ CIPHER, ENCRYPTED, "[...]", "real", "Subject" },
		{ CIPHER, ENCRYPTED, "rd@sluis", "cert@sluis", "To" },
		{ CIPHER, ENCRYPTED, "To: rd", "CC: eve@y.example\nTo: rd", "Cc" },
		{ CIPHER, ENCRYPTED, "To: rd", "Reply-To: eve@y.example\nTo: rd", "Reply-To" },
		{ CIPHER, ENCRYPTED, "To: rd", "In-Reply-To: <a@y>\nReferences: <a@y> <b@y>\nTo: rd", "In-Reply-To, References" },
		{ CIPHER, ENCRYPTED, "To: rd@sluis.example\n", "", "To" },
		{ CIPHER, ENCRYPTED, "heron@x", "eve@x", "From" },
		{ CIPHER, ENCRYPTED, "24 Nov", "25 Nov", "Date" },
		{ CIPHER, ENCRYPTED, "1@x", "2@x", "Message-ID" },

		/* the same in other words */
		{ CIPHER, ENCRYPTED, "Heron <heron@x.example>", "\"H.\" <heron@X.EXAMPLE>", NULL },
		{ CIPHER, ENCRYPTED, "02:11:09 +0100", "01:11:09 +0000", NULL },
		{ CIPHER, ENCRYPTED, "[...]", "=?utf-8?q?[=2E..]?=", NULL },
		{ CIPHER, ENCRYPTED, "To: rd", "TO:\n rd", NULL },

		/* what servers do */
		{ CIPHER, ENCRYPTED, "To: rd", "Received: by y\nX-Spam: no\nSender: list@y.example\nTo: rd", NULL },

		/* HP-Outer folded, without a field, without anything */
		{ CIPHER "HP-Outer:\n Cc:\n c@y.example\n", ENCRYPTED, "To: rd", "Cc: c@y.example\nTo: rd", NULL },
		{ CIPHER "HP-Outer: nothing\nHP-Outer:\nHP-Outer\nhp-outer: Cc: c@y.example\n", ENCRYPTED,
		  "To: rd", "Cc: c@y.example\nTo: rd", NULL },
		{ CIPHER "X-HP-Outer: Cc: c@y.example\n", ENCRYPTED, "To: rd", "Cc: c@y.example\nTo: rd", "Cc" },

		/* HP-Outer counts in its place only */
		{ CIPHER, ENCRYPTED, "[...]", "[...]\nHP-Outer: Subject: Buy this", NULL },
		{ CIPHER, ENCRYPTED, "[...]", "Buy this\nHP-Outer: Subject: Buy this", "Subject" },
		{ CLEAR "HP-Outer: Subject: Buy this\n", SIGNED, "[...]", "Buy this", "Subject" },

		{ CLEAR, SIGNED, "[...]", "real", NULL },
		{ CLEAR, SIGNED, "[...]", "[...]", "Subject" },
		{ CLEAR, NOTHING, "[...]", "Buy this", "Subject" },
		{ V1, SIGNED, "[...]", "real", NULL },
		{ V1, SIGNED, "[...]", "Buy this", "Subject" },
		{ HOLE, SIGNED, "[...]", "Buy this", "Subject" },
		{ WRAPPED, SIGNED, "[...]", "Buy this", "Subject" },

		/* older forms do not say what they hid */
		{ V1, ENCRYPTED, "[...]", "Encrypted mail", NULL },
		{ HOLE, ENCRYPTED, "To: rd@sluis.example\n", "", NULL },
		{ V1, ENCRYPTED, "heron@x", "eve@x", "From" },
		{ WRAPPED, ENCRYPTED, "1@x", "2@x", "Message-ID" },
		{ "Content-Type: text/plain\n" INSIDE, BOTH, "[...]", "Buy this", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *outer = with(OUTER, rows[i].old, rows[i].new);
		g_auto(Read) read = read_mail(outer, rows[i].payload, rows[i].by);

		g_test_message("%s\n%s", outer, rows[i].payload);
		g_assert_cmpstr(read.mail->changed, ==, rows[i].want);
	}
}

/* RFC 9788 section 4.4: whoever the From inside names, and HP-Outer says. */
static void
senders(void)
{
	static const struct { const char *old, *new; By by; const char *from, *inside; } rows[] = {
		{ "heron@x", "heron@x", BOTH, "heron@x.example", NULL },
		{ "heron@x", "HERON@X", BOTH, "HERON@x.example", NULL },
		{ "heron@x", "boss@x", ENCRYPTED, "heron@x.example", "boss@x.example" },
		{ "heron@x", "boss@x", SIGNED, "heron@x.example", "boss@x.example" },
		{ "heron@x", "boss@x", NOTHING, "heron@x.example", NULL },
		{ "Heron <heron@x.example>", "a@x.example, b@x.example", BOTH, "heron@x.example", NULL },
		{ "From: Heron", "X-From: Heron", BOTH, "heron@x.example", NULL },
		{ "heron@x.example>\n", "boss@x.example>\nFrom: heron@x.example\n", BOTH, "heron@x.example", NULL },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *payload = with(CIPHER, rows[i].old, rows[i].new);
		g_auto(Read) read = read_mail(OUTER, payload, rows[i].by);
		Mail *mail = read.mail;

		g_test_message("%s", payload);
		g_assert_cmpstr(mail->from->address, ==, rows[i].from);
		g_assert_cmpstr(mail->from_inside != NULL ? mail->from_inside->address : NULL, ==, rows[i].inside);
		if (mail->from_inside == NULL)
			continue;
		mail_take_from_inside(mail);
		g_assert_null(mail->from_inside);
		g_assert_cmpstr(mail->from->address, ==, rows[i].inside);
		g_assert_cmpuint(mail->senders->len, ==, 1);
	}
}

/* An id from outside could put a mail into another case. */
static void
ids(void)
{
	static const char outer[] = "In-Reply-To: <evil@y>\nReferences: <evil@y>\n" OUTER;
	static const struct { const char *payload; By by; const char *want; guint count; } rows[] = {
		{ CIPHER "In-Reply-To: <good@y>\n", ENCRYPTED, "good@y", 1 },
		{ CIPHER "References: <good@y>\n", ENCRYPTED, "good@y", 1 },
		{ CIPHER, ENCRYPTED, NULL, 0 },
		{ CIPHER, NOTHING, "evil@y", 1 },
		{ V1, ENCRYPTED, "evil@y", 1 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(outer, rows[i].payload, rows[i].by);

		g_assert_cmpuint(read.mail->references->len, ==, rows[i].count);
		if (rows[i].want != NULL)
			g_assert_cmpstr(read.mail->references->pdata[0], ==, rows[i].want);
		g_assert_cmpstr(read.mail->message_id, ==, "1@x.example");
	}
}

/* Copies of the fields are no text, and nothing else is left out. */
static void
texts(void)
{
	static const char part[] = "Content-Type: text/plain; hp-legacy-display=1; hp=\"cipher\"\n" INSIDE "\n";
	static const char rich[] = "Content-Type: text/html; hp-legacy-display=1; hp=\"cipher\"\n" INSIDE "\n";
	static const char two[] = "Content-Type: multipart/mixed; boundary=b; protected-headers=v1\n" INSIDE
	    "\n--b\nContent-Type: text/plain; protected-headers=v1\nContent-Disposition: inline\n\n";
	static const char hole[] = "Content-Type: multipart/mixed; boundary=b; protected-headers=v1\n" INSIDE
	    "\n--b\nContent-Type: text/rfc822-headers; protected-headers=v1\n\n";
	static const struct { const char *header, *body, *want; guint attachments; } rows[] = {
		{ part, "Subject: real\n\nwords\n", "words\n", 0 },
		{ part, "Subject: real\nFrom: Heron <heron@x.example>\n\nwords\n", "words\n", 0 },
		{ part, "subject:   real  \r\n\r\nwords\n", "words\n", 0 },
		{ part, "Subject:\n real\n\nwords\n", "words\n", 0 },
		{ part, "Subject: real\nwords: two\n", "words: two\n", 0 },
		{ part, "Subject: unreal\n\nwords\n", "Subject: unreal\n\nwords\n", 0 },
		{ part, "Hidden: words\n\nwords\n", "Hidden: words\n\nwords\n", 0 },
		{ part, "Hello\nSubject: real\n\nwords\n", "Hello\nSubject: real\n\nwords\n", 0 },
		{ part, "Subject: real", "", 0 },
		{ rich, "<body><div class=\"header-protection-legacy-display\"><pre>Subject: real</pre></div>"
		  "<p>words</p></body>", "words", 0 },
		{ rich, "<body><div class=\"header-protection-legacy-display\"><pre>The report</pre></div>"
		  "<p>words</p></body>", "The report\n\nwords", 0 },
		{ CIPHER "\n", "Subject: real\n\nwords\n", "Subject: real\n\nwords\n", 0 },
		{ two, "Subject: real\n--b\n\nwords\n--b--\n", "words", 0 },
		{ two, "Subject: unreal\n--b\n\nwords\n--b--\n", "Subject: unreal\nwords", 0 },
		{ hole, "Subject: real\n--b\n\nwords\n--b--\n", "words", 0 },
		{ hole, "Subject: real\nX-Secret: a report\n--b\n\nwords\n--b--\n", "words", 1 },
		{ "", HOLE "\n", "t", 0 },
		{ "", WRAPPED "\nwords\n", "words\n", 0 },
		{ "", "Content-Type: message/rfc822; forwarded=no\n\n"
		  "Content-Type: multipart/mixed; boundary=b\n" INSIDE "\n--b\n\nwords\n--b\nContent-Type: image/png\n\n1\n--b--\n",
		  "words", 1 },
		{ "", "Content-Type: message/rfc822\n\n" INSIDE "\nwords\n", "", 1 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rows[i].header, rows[i].body, NULL);
		g_autoptr(Mime) outer = parse(OUTER "\nclosed\n");
		g_autoptr(Mime) payload = parse(text);
		const Protection protection = { payload, true, false };
		g_autoptr(Mail) mail = mail_read(outer, payload, &protection, NULL);

		g_test_message("%s", text);
		g_assert_cmpstr(mail->text, ==, rows[i].want);
		g_assert_cmpuint(mail->attachments->len, ==, rows[i].attachments);
	}
}

/* In a mail that nothing protects the first lines are text, whatever they say. */
static void
open_text(void)
{
	g_autoptr(Mime) mime = parse("Content-Type: text/plain; hp-legacy-display=1; hp=cipher\n" INSIDE
	    "\nSubject: real\n\nwords\n");
	g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, NULL);

	g_assert_cmpstr(mail->text, ==, "Subject: real\n\nwords\n");
}

static void
laid_bare(void)
{
	static const struct { const char *payload; By by; bool want; } rows[] = {
		{ CIPHER, BOTH, false }, { CIPHER, SIGNED, true }, { CLEAR, SIGNED, false }, { V1, SIGNED, false },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_auto(Read) read = read_mail(OUTER, rows[i].payload, rows[i].by);

		g_assert_cmpint(read.mail->protected->laid_bare, ==, rows[i].want);
	}
}

/* T-16: what was protected was written by somebody all the same. */
static void
clean(void)
{
	static const char payload[] = "Content-Type: text/plain; hp=cipher\n"
	    "Subject: =?utf-8?q?a=0D=0ABcc:_x=1B[31m=E2=80=AEb?=\n"
	    "From: =?utf-8?q?n=1B=5B0m=0Am?= <a@x.example>\nMessage-ID: <a\x1b@x>\n"
	    "HP-Outer: Subject: =?utf-8?q?=0Ac=1B?=\n";
	g_auto(Read) read = read_mail(OUTER, payload, BOTH);

	g_assert_cmpstr(read.mail->subject, ==, "a Bcc: x\\u{001B}[31m\\u{202E}b");
	g_assert_cmpstr(read.mail->from_inside->name, ==, "n\\u{001B}[0m m");
	g_assert_cmpstr(read.mail->message_id, ==, "a\\u{001B}@x");
	g_assert_true(read.mail->malformed);
}

/* The published samples that are signed in clear: what is covered is the first
 * part. Encrypted ones cannot be opened by anybody but their readers. */
static void
sample(const char *file, const char *expect)
{
	g_autoptr(GMappedFile) mapped = g_mapped_file_new(file, FALSE, NULL);
	g_autoptr(GBytes) raw = mapped != NULL ? g_mapped_file_get_bytes(mapped) : g_bytes_new("", 0);
	g_autoptr(Mime) outer = mime_parse(raw), payload = NULL;
	g_autofree char *edge = mime_parameter(outer, "boundary"), *want = NULL;
	g_autoptr(Multipart) parts = split_multipart(mime_entity(outer).body, edge != NULL ? edge : "");
	g_autoptr(GBytes) covered = NULL;
	Protection protection = { NULL, false, true };
	g_autoptr(Mail) mail = NULL;

	g_assert_cmpuint(parts->children->len, ==, 2);
	covered = slice_copy(g_array_index(parts->children, Slice, 0));
	payload = mime_parse(covered);
	protection.payload = payload;
	mail = mail_read(outer, NULL, &protection, NULL);
	g_test_message("%s: %s, changed %s", file, expect, mail->changed);
	g_assert_true(mail->subject_protected);
	want = mime_header(mail->protected->fields, "Subject");
	g_assert_cmpstr(mail->subject, ==, want);
	g_assert_cmpstr(mail->changed, ==, g_str_has_prefix(expect, "HP-TAMPER") ? "Subject" : NULL);
	g_assert_cmpuint(mail->attachments->len, ==, 0);
	g_assert_nonnull(strstr(mail->text, "\n-- \n"));
	g_assert_null(strstr(mail->text, "Subject: "));
}

static void
corpus(void)
{
	const char *root = corpus_root();
	g_autofree char *folder = root != NULL ? g_build_filename(root, "08-protected-headers", NULL) : NULL;
	g_autofree char *index = root != NULL ? g_build_filename(folder, "INDEX.csv", NULL) : NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	guint count = 0;

	if (root == NULL)
		return;
	g_assert_true(g_file_get_contents(index, &text, NULL, NULL));
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++) {
		g_auto(GStrv) cells = g_strsplit(*line, ",", 4);
		bool clear = g_strv_length(cells) == 4 && g_str_has_prefix(cells[2], "HP") &&
		    strstr(cells[0], "enc") == NULL && strstr(cells[0], "-D") == NULL;
		g_autofree char *file = clear ? g_build_filename(folder, cells[0], NULL) : NULL;

		if (clear)
			sample(file, cells[2]);
		count += clear;
	}
	g_assert_cmpuint(count, ==, 4);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/protected/forms", forms);
	g_test_add_func("/protected/phony", phony);
	g_test_add_func("/protected/twice/T-17", twice);
	g_test_add_func("/protected/changes", changes);
	g_test_add_func("/protected/senders/T-23", senders);
	g_test_add_func("/protected/ids", ids);
	g_test_add_func("/protected/texts", texts);
	g_test_add_func("/protected/open_text", open_text);
	g_test_add_func("/protected/laid_bare", laid_bare);
	g_test_add_func("/protected/clean/T-16", clean);
	g_test_add_func("/protected/corpus", corpus);
	return g_test_run();
}
