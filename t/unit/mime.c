#include "mails.h"

static const Part *
part(const Mime *mime, guint n)
{
	const GPtrArray *parts = mime_parts(mime);

	g_assert_cmpuint(n, <=, parts->len);
	return g_ptr_array_index(parts, n - 1);
}

static void
check_header(const Mime *mime, const char *name, const char *want)
{
	g_autofree char *got = mime_header(mime, name);

	g_assert_cmpstr(got, ==, want);
}

static void
check_text(const Mime *mime, guint n, const char *want)
{
	g_autofree char *got = mime_part_text(mime, n);

	g_assert_cmpstr(got, ==, want);
}

/* GMime gives the last of doubled fields; the first is what was on top. */
static void
headers(void)
{
	g_autoptr(Mime) mime = parse(
	    "Subject: =?utf-8?q?first_=E2=82=AC?=\n =?iso-8859-1?q?_=E9?=\n"
	    "subject: second\n"
	    "X-Break: =?utf-8?q?a=0D=0ABcc:_x=1B[31m?=\n"
	    "X-Raw: caf\xe9 caf\xc3\xa9\n"
	    "Date: Tue, 24 Nov 2026 02:11:09 +0100\n"
	    "Received: from a by b; Tue, 24 Nov 2026 02:12:00 +0100\n"
	    "Received: from c by a; Tue, 24 Nov 2026 01:11:10 +0000\n"
	    "\nbody\n");

	check_header(mime, "Subject", "first \xe2\x82\xac \xc3\xa9");
	g_assert_cmpuint(mime_header_count(mime, "Subject"), ==, 2);
	check_header(mime, "X-Break", "a Bcc: x\\u{001B}[31m");
	check_header(mime, "X-None", NULL);
	g_assert_cmpint(mime_date(mime), ==, G_GINT64_CONSTANT(1795482669) * G_USEC_PER_SEC);
	g_assert_cmpint(mime_oldest_received(mime), ==, G_GINT64_CONSTANT(1795482670) * G_USEC_PER_SEC);
}

static void
mailboxes(void)
{
	static const struct { const char *field, *address, *name; guint count; } rows[] = {
		{ "From: Ann <ann@Sluis.EXAMPLE>\n", "ann@sluis.example", "Ann", 1 },
		{ "From: =?utf-8?q?J=C3=BCrgen?= <j@b\xc3\xbc.example>\n", "j@xn--b-eha.example", "J\xc3\xbcrgen", 1 },
		{ "From: a@x.example, b@x.example\n", "a@x.example", "", 2 },
		{ "From: a@x.example\nFrom: b@x.example\n", "a@x.example", "", 2 },
		{ "From: friends: a@x.example, b@x.example;\n", "", "friends", 1 },
		{ "From: \"x\n Bcc: v@x.example\" <a@x.example>\n", "a@x.example", NULL, 1 },
		{ "From: a@b@x.example\n", "", NULL, 1 },
		{ "From: a@x.example; b@x.example\n", "", NULL, 2 },
		{ "From: a@x.example;\n", "a@x.example", "", 1 },
		{ "From: \"a; b@x.example\" (c; d@x.example) <a@x.example>\n", "a@x.example", NULL, 1 },
		{ "From: <a@x.example\n", "a@x.example", "", 1 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rows[i].field, "\nbody\n", NULL);
		g_autoptr(Mime) mime = parse(text);
		g_autoptr(GPtrArray) found = mime_mailboxes(mime, "From");
		const Mailbox *first;

		g_test_message("%s", rows[i].field);
		g_assert_cmpuint(found->len, ==, rows[i].count);
		first = g_ptr_array_index(found, 0);
		g_assert_cmpstr(first->address, ==, rows[i].address);
		g_assert_null(strpbrk(first->name, "\r\n"));
		if (rows[i].name != NULL)
			g_assert_cmpstr(first->name, ==, rows[i].name);
	}
}

static void
ids(void)
{
	g_autoptr(Mime) mime = parse(
	    "References: <a@x> (said <b@x\n >)\n <a@x> junk <c@x>\n"
	    "In-Reply-To: d@x\n\nbody\n");
	g_autoptr(GPtrArray) references = mime_ids(mime, "References");
	g_autoptr(GPtrArray) reply = mime_ids(mime, "In-Reply-To");

	g_assert_cmpuint(references->len, ==, 3);
	g_assert_cmpstr(references->pdata[0], ==, "a@x");
	g_assert_cmpstr(references->pdata[1], ==, "b@x");
	g_assert_cmpstr(references->pdata[2], ==, "c@x");
	g_assert_cmpuint(reply->len, ==, 1);
	g_assert_cmpstr(reply->pdata[0], ==, "d@x");
}

static void
leaves(void)
{
	g_autoptr(Mime) mime = parse(
	    "Content-Type: multipart/mixed; boundary=\"m  m\"\n\n--m  m\n"
	    "Content-Type: multipart/alternative; boundary=a\n\n"
	    "--a\nContent-Type: text/html\n\n<p>hi</p>\n"
	    "--a\nContent-Type: text/plain\n\nhi\n--a--\n"
	    "--m  m\nContent-Type: image/PNG\nContent-Transfer-Encoding: base64\n"
	    "Content-Disposition: inline; filename=\"../x\t.png\"\n\niVBORw0KGgo=\n"
	    "--m  m\nContent-Type: message/rfc822\n\nSubject: in it\n\nwords\n"
	    "--m  m\nContent-Type: text/plain; name=log.txt\n\nlog\n--m  m--\n");
	g_autoptr(GBytes) png = NULL;
	g_autofree char *boundary = mime_parameter(mime, "boundary");

	g_assert_cmpstr(mime_type(mime), ==, "multipart/mixed");
	g_assert_cmpstr(boundary, ==, "m  m");
	g_assert_cmpuint(mime_parts(mime)->len, ==, 5);
	g_assert_true(part(mime, 1)->alternative);
	g_assert_false(part(mime, 2)->alternative);
	g_assert_false(part(mime, 2)->attachment);
	check_text(mime, 2, "hi");
	g_assert_cmpstr(part(mime, 3)->type, ==, "image/png");
	g_assert_cmpstr(part(mime, 3)->name, ==, "../x .png");
	g_assert_cmpuint(part(mime, 3)->size, ==, 8);
	g_assert_true(part(mime, 3)->attachment);
	png = mime_part_bytes(mime, 3);
	g_assert_cmpmem(g_bytes_get_data(png, NULL), (int)g_bytes_get_size(png), "\x89PNG\r\n\x1a\n", 8);
	g_assert_cmpstr(part(mime, 4)->type, ==, "message/rfc822");
	g_assert_true(part(mime, 5)->attachment);
}

static void
texts(void)
{
	static const struct { const char *header, *body, *want; } rows[] = {
		{ "", "caf\xe9 \x80\n", "caf\xc3\xa9 \xe2\x82\xac\n" },
		{ "", "caf\xc3\xa9\r\nx\r\n", "caf\xc3\xa9\nx\n" },
		{ "Content-Type: text/plain; charset=utf-8\n", "caf\xe9\n", "caf\xc3\xa9\n" },
		{ "Content-Type: text/plain; charset=iso-8859-1\n", "\x93q\x94\n", "\xe2\x80\x9cq\xe2\x80\x9d\n" },
		{ "Content-Type: text/plain; charset=\"ISO-2022-CN-EXT\"\n", "plain\n", "plain\n" },
		{ "Content-Type: text/plain; charset=utf-8\n", "a\x1b[2J\xe2\x80\xae" "b\n", "a\\u{001B}[2J\\u{202E}b\n" },
		{ "Content-Type: text/plain; format=flowed\n", "one \ntwo\n> q \n> r\nend\n-- \nme\n",
		  "one two\n> q r\nend\n-- \nme\n" },
		{ "Content-Type: text/plain; format=flowed; delsp=yes\n", "one \ntwo\n From\n", "onetwo\nFrom\n" },
		{ "Content-Transfer-Encoding: quoted-printable\n", "a=\nb=E2=82=AC=\n", "ab\xe2\x82\xac" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autofree char *text = g_strconcat(rows[i].header, "\n", rows[i].body, NULL);
		g_autoptr(Mime) mime = parse(text);

		g_test_message("%s%s", rows[i].header, rows[i].body);
		check_text(mime, 1, rows[i].want);
	}
}

/* Nothing of a mail that cannot be taken apart is lost from sight. */
static void
broken(void)
{
	static const char *const rows[] = {
		"Content-Type: multipart/mixed; boundary=none\n\n--other\n\nreport\n",
		"Content-Type: multipart/mixed\n\nreport\n",
		"Content-Type: multipart/encrypted; boundary=x\n\nreport\n",
		"Content-Type: ;;;;\n\nreport\n",
		"From mallory Thu Jan  1 00:00:00 1970\nSubject: s\n\nreport\n",
	};
	g_autoptr(Mime) empty = parse("");
	g_autoptr(Mime) header = parse("Subject: x");

	g_assert_cmpuint(mime_parts(empty)->len, <=, 1);
	g_assert_cmpstr(mime_type(empty), ==, "text/plain");
	check_header(empty, "Subject", NULL);
	check_header(header, "Subject", "x");
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Mime) mime = parse(rows[i]);
		g_autofree char *text = NULL;

		g_test_message("%s", rows[i]);
		g_assert_cmpuint(mime_parts(mime)->len, ==, 1);
		text = mime_part_text(mime, 1);
		g_assert_nonnull(strstr(text, "report"));
	}
}

static void
check_built(MimeBuilder *entity, const char *want)
{
	g_autoptr(GBytes) bytes = mime_build_write(entity);
	g_autofree char *text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));

	g_assert_cmpstr(text, ==, want);
}

static void
build_text(void)
{
	g_autoptr(MimeBuilder) entity = mime_build_text(
	    "caf\xc3\xa9 =\nFrom me \n.\n"
	    "0123456789012345678901234567890123456789012345678901234567890123456789012345678\n", "plain");

	mime_build_parameter(entity, "hp", "cipher");
	mime_build_header(entity, "Subject", "n\xc3\xa9w\r\nBcc: v@x.example");
	check_built(entity,
	    "Subject: =?UTF-8?b?bsOpdw==?= Bcc: v@x.example\r\n"
	    "Content-Type: text/plain; charset=utf-8; hp=\"cipher\"\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "caf=C3=A9 =3D\r\n=46rom me=20\r\n=2E\r\n"
	    "012345678901234567890123456789012345678901234567890123456789012345678901234=\r\n"
	    "5678\r\n");
}

/* What was built is read back the same, and twice built is the same. */
static void
build_whole(void)
{
	const char *name = "attachment-1.png";
	g_autoptr(GBytes) data = g_bytes_new("\0\1\2\3\377", 5);
	g_autoptr(MimeBuilder) root = mime_build_multipart("mixed", "=_b");
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(GBytes) again = NULL;
	g_autoptr(GBytes) back = NULL;
	g_autoptr(Mime) mime = NULL;

	mime_build_header(root, "MIME-Version", "1.0");
	mime_build_add(root, mime_build_text("words \xe2\x82\xac\nmore\n", "plain"));
	mime_build_add(root, mime_build_bytes(data, "image/png", name, true));
	mime_build_add(root, mime_build_7bit("Version: 1\n", "application/pgp-encrypted", NULL));
	bytes = mime_build_write(root);
	again = mime_build_write(root);
	g_assert_true(g_bytes_equal(bytes, again));
	mime = mime_parse(bytes);
	g_assert_cmpuint(mime_parts(mime)->len, ==, 3);
	check_text(mime, 1, "words \xe2\x82\xac\nmore\n");
	g_assert_cmpstr(part(mime, 2)->name, ==, name);
	back = mime_part_bytes(mime, 2);
	g_assert_true(g_bytes_equal(back, data));
	check_text(mime, 3, "Version: 1\n");
}

static void
build_long(void)
{
	g_autoptr(GString) value = g_string_new(NULL);
	g_autoptr(MimeBuilder) entity = mime_build_text("", "plain");
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	for (int i = 0; i < 40; i++)
		g_string_append_printf(value, "<0123456789.%d@sluis.example> \xc3\xa9 ", i);
	mime_build_header(entity, "References", value->str);
	bytes = mime_build_write(entity);
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	lines = g_strsplit(text, "\r\n", -1);
	g_assert_cmpuint(g_strv_length(lines), >, 10);
	for (char **line = lines; *line != NULL; line++)
		g_assert_cmpuint(strlen(*line), <=, 78);
}

/* T-15, T-16: whatever comes in, what comes out is UTF-8 without controls. */
static void
look(const char *file, const Mime *mime)
{
	(void)file;
	for (guint n = 1; n <= mime_parts(mime)->len; n++) {
		g_autofree char *text = mime_part_text(mime, n);

		g_assert_true(g_utf8_validate(text, -1, NULL));
		g_assert_true(g_utf8_validate(part(mime, n)->name, -1, NULL));
		g_assert_true(g_utf8_validate(part(mime, n)->type, -1, NULL));
		g_assert_null(strpbrk(text, "\r\x1b\x7f"));
	}
}

static void
corpus(void)
{
	static const char *const folders[] = { "10-mime-malformed", "11-html-xss", "20-bounces-dsn",
		"03-decryption-context" };
	const char *root = corpus_root();
	guint count = 0;

	for (gsize i = 0; i < G_N_ELEMENTS(folders) && root != NULL; i++)
		count += corpus_each(root, folders[i], look);
	g_test_message("%u files", count);
	g_assert_true(root == NULL || count > 100);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/mime/headers", headers);
	g_test_add_func("/mime/mailboxes", mailboxes);
	g_test_add_func("/mime/ids", ids);
	g_test_add_func("/mime/leaves", leaves);
	g_test_add_func("/mime/texts", texts);
	g_test_add_func("/mime/broken", broken);
	g_test_add_func("/mime/build/text", build_text);
	g_test_add_func("/mime/build/whole", build_whole);
	g_test_add_func("/mime/build/long", build_long);
	g_test_add_func("/mime/corpus/T-15/T-16", corpus);
	return g_test_run();
}
