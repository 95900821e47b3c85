/* handed - the mail that a mail hands over */

#include "handed.h"

#include <string.h>

#define HEAD "From: ict@member.example\nSubject: FW: hole\nMIME-Version: 1.0\n"
#define PLAIN HEAD "Content-Type: text/plain; charset=utf-8\n\nSee below.\n\n"
#define ATTACHED HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nAttached.\n" \
    "--b\nContent-Type: message/rfc822\n\n"

static const struct {
	const char *name, *raw, *from, *subject, *text;
} rows[] = {
	{ "attached", ATTACHED "From: Heron <heron@birds.example>\nSubject: a hole\n\nLook here.\n--b--\n",
	  "heron@birds.example", "a hole", "Look here." },
	{ "attached, nobody named", ATTACHED "Subject: a hole\n\nLook here.\n--b--\n", NULL, NULL, NULL },
	{ "Gmail", PLAIN "---------- Forwarded message ---------\nFrom: Heron <heron@birds.example>\n"
	  "Date: Tue, 3 Nov 2026 at 10:00\nSubject: a hole\nTo: <ict@member.example>\n\nLook here.\n",
	  "heron@birds.example", "a hole", "Look here." },
	{ "Thunderbird", PLAIN "-------- Doorgestuurd bericht --------\nOnderwerp: \ta hole\n"
	  "Datum: \tTue, 3 Nov 2026\nVan: \tHeron <heron@birds.example>\nAan: \tict@member.example\n\nLook here.\n",
	  "heron@birds.example", "a hole", "Look here." },
	{ "Outlook", PLAIN "Van: Heron [mailto:heron@birds.example]\nVerzonden: dinsdag 3 november 2026 10:00\n"
	  "Aan: ICT\nOnderwerp: a hole\n\nLook here.\n", "heron@birds.example", "a hole", "Look here." },
	{ "Apple", PLAIN "Begin forwarded message:\n\n> From: Heron <heron@birds.example>\n> Subject: a hole\n"
	  "> Date: 3 November 2026\n> To: ict@member.example\n> \n> Look here.\n",
	  "heron@birds.example", "a hole", "Look here." },
	{ "no address", PLAIN "From: Heron\nSent: Tuesday\nTo: ICT\nSubject: a hole\n\nLook here.\n", NULL, NULL, NULL },
	{ "nothing", PLAIN "We found a hole.\n", NULL, NULL, NULL },
	{ "an answer", "From: ict@member.example\nSubject: Re: hole\n\nThanks.\n\n"
	  "From: Heron <heron@birds.example>\nSent: Tuesday\nTo: ICT\nSubject: a hole\n\nLook here.\n", NULL, NULL, NULL },
};

static void
test_find(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].raw, strlen(rows[i].raw));
		g_autoptr(Mime) mime = mime_parse(bytes);
		g_autoptr(Mail) mail = mail_read(mime, NULL, NULL, "ict@member.example");
		g_autoptr(Handed) handed = handed_find(mail);
		g_autofree char *text = handed != NULL ? g_strstrip(g_strdup(handed->mail->text)) : NULL;

		g_test_message("%s", rows[i].name);
		g_assert_cmpstr(handed != NULL ? handed->mail->from->address : NULL, ==, rows[i].from);
		g_assert_cmpstr(handed != NULL ? handed->mail->subject : NULL, ==, rows[i].subject);
		g_assert_cmpstr(text, ==, rows[i].text);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/handed/find", test_find);
	return g_test_run();
}
