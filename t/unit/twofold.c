#include "twofold.h"

#include "mails.h"

#define MIXED "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
#define END "\n--b--\n"

static const struct { const char *mail, *want; } rows[] = {
	{ "", NULL },
	{ "\nwords\n", NULL },
	{ "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\nt\n", NULL },
	{ "Subject: a\nSubject: b\n\nt\n", NULL },	/* says nothing of the bytes */
	{ "Content-Type: text/plain\nContent-Type: text/html\n\nt\n", "Content-Type: several fields" },
	{ "Content-Type: text/plain\ncontent-TYPE : text/plain\n\nt\n", "Content-Type: several fields" },
	{ "Content-Transfer-Encoding: 8bit\nContent-Transfer-Encoding: base64\n\nt\n",
	  "Content-Transfer-Encoding: several fields" },
	{ "Content-Disposition: inline\nContent-Disposition: attachment\n\nt\n",
	  "Content-Disposition: several fields" },
	{ "MIME-Version: 1.0\nMIME-Version: 1.0\n\nt\n", "MIME-Version: several fields" },

	/* parameters */
	{ "Content-Type: text/plain; charset=utf-8; Charset=\"utf-8\"\n\nt\n", NULL },
	{ "Content-Type: text/plain; charset=utf-8; Charset=utf-7\n\nt\n", "Content-Type: several values of charset" },
	{ "Content-Type: text/plain;;; charset=utf-8 ;\n\nt\n", NULL },
	{ "Content-Type: text/plain; x=\"a; charset=utf-7\"; charset=utf-8\n\nt\n", NULL },
	{ "Content-Type: text/plain; x=\"\\\"; charset=utf-7\"; charset=utf-8\n\nt\n", NULL },
	{ "Content-Type: text/plain; name=a; name*=utf-8''b\n\nt\n", NULL },
	{ "Content-Type: text/plain; name*0=a; name*1=b\n\nt\n", NULL },
	{ "Content-Disposition: attachment; filename=a.txt;\n\tfilename=a.exe\n\nt\n",
	  "Content-Disposition: several values of filename" },
	{ "Content-Type: multipart/mixed; boundary=a; boundary=b\n\n--b\n\nt" END,
	  "Content-Type: several values of boundary" },
	{ "Content-Type: text/plain; hp=cipher; hp=cipher\n\nt\n", "Content-Type: several values of hp" },
	{ "Content-Type: text/plain; hp=cipher; hp=clear\n\nt\n", "Content-Type: several values of hp" },
	{ "Content-Type: text/plain; protected-headers=v1; PROTECTED-headers=v1\n\nt\n",
	  "Content-Type: several values of protected-headers" },
	{ "Content-Type: text/plain; hp=cipher; protected-headers=v1\n\nt\n", NULL },
	{ "Content-Type: text/plain; a\x1b[1m=b; a\x1b[1m=c\n\nt\n", "Content-Type: several values of a\\u{001B}[1m" },

	/* below */
	{ MIXED "Content-Type: text/plain\n\nt" END, NULL },
	{ MIXED "Content-Type: text/plain\nContent-Type: text/html\n\nt" END, "Content-Type: several fields" },
	{ MIXED "\nt\n--b\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\nt" END,
	  "Content-Transfer-Encoding: several fields" },
	{ MIXED "Content-Type: multipart/alternative; boundary=c\n\n--c\n"
	  "Content-Type: text/plain\nContent-Type: text/html\n\nt\n--c--\n" END, "Content-Type: several fields" },
	{ MIXED "Content-Type: message/rfc822\n\nContent-Type: text/plain\nContent-Type: text/html\n\nt" END, NULL },

	/* boundaries */
	{ "Content-Type: multipart/mixed\n\nt\n", "multipart/mixed: no boundary" },
	{ "Content-Type: multipart/mixed; boundary=\"\"\n\nt\n", "multipart/mixed: no boundary" },
	{ MIXED "\nt\n--b--x\n", "multipart/mixed: ambiguous boundaries" },
	{ MIXED "Content-Type: multipart/related\n\n--c\n\nt\n--c--\n" END, "multipart/related: no boundary" },
	{ MIXED "Content-Type: multipart/related; boundary=c\n\n--c\n\nt\n--cc\n\nu\n--c--\n" END,
	  "multipart/related: ambiguous boundaries" },
	{ MIXED "Content-Type: multipart/related; boundary=bb\n\n--bb\n\nt\n--bb--\n" END,
	  "multipart/mixed: ambiguous boundaries" },
};

/* T-17: at each level, in each way. */
static void
places(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(Mime) mime = parse(rows[i].mail);
		g_autofree char *found = twofold_find(mime);

		g_test_message("%s", rows[i].mail);
		g_assert_cmpstr(found, ==, rows[i].want);
	}
	g_test_message("T-17: %" G_GSIZE_FORMAT " places where readers could differ, or not", G_N_ELEMENTS(rows));
}

/* Ten thousand levels are no reason to fall over. */
static void
depth(void)
{
	GString *text = g_string_new(NULL);
	g_autofree char *mail = NULL, *found = NULL;
	g_autoptr(Mime) mime = NULL;

	for (guint i = 0; i < 10000; i++)
		g_string_append_printf(text, "Content-Type: multipart/mixed; boundary=x%05u-\n\n--x%05u-\n", i, i);
	mail = g_string_free(text, FALSE);
	mime = parse(mail);
	found = twofold_find(mime);
	g_assert_null(found);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/twofold/places", places);
	g_test_add_func("/twofold/depth", depth);
	return g_test_run();
}
