/* mbox - where mails begin and end, in which order, and their bytes as they were */

#include "mbox.h"

#include <string.h>

#include "mime.h"

static char *
mail_at(GBytes *file, const GArray *mails, guint i)
{
	g_autoptr(GBytes) mail = mbox_mail(file, &g_array_index(mails, MboxMail, i));

	return g_strndup(g_bytes_get_data(mail, NULL), g_bytes_get_size(mail));
}

/* A mailbox, and the mails it gives, ended by NULL. */
static const struct {
	const char *file;
	const char *mails[4];
} samples[] = {
	{ "", { NULL } },
	{ "Subject: x\n\n>From a\n\n", { "Subject: x\n\n>From a\n\n" } },
	{ "From a Sun Nov 22 10:11:12 2026\nSubject: x\n\nx\n\n", { "Subject: x\n\nx\n" } },
	{ "From a Sun Nov 22 10:11:12 2026\nSubject: x\n\n\nFrom b Sun Nov 22 10:11:12 2026\nSubject: y\n\ny",
	  { "Subject: x\n\n", "Subject: y\n\ny" } },
	{ "From a Sun Nov 22 10:11:12 2026\nSubject: x\n\nFrom here on at 10 o'clock\n>From b 10:11:12\n>>From c\n\n",
	  { "Subject: x\n\nFrom here on at 10 o'clock\nFrom b 10:11:12\n>From c\n" } },
	{ "From a Sun Nov 22 10:11:12 2026\r\nSubject: x\r\n\r\nx\r\n\r\nFrom b Sun Nov 22 10:11:12 2026\r\nSubject: y\r\n\r\ny\r\n",
	  { "Subject: x\r\n\r\nx\r\n", "Subject: y\r\n\r\ny\r\n" } },
	{ "From a Sun Nov 22 10:11:12 2026\nDate: Sun, 22 Nov 2026 10:11:12 +0000\n\nlate\n\n"
	  "From b Sun Nov 22 10:11:12 2026\nDate: Sat, 21 Nov 2026 10:11:12 +0000\n\nearly\n\n"
	  "From b Sun Nov 22 10:11:12 2026\nSubject: none\n\nnone\n\n",
	  { "Date: Sat, 21 Nov 2026 10:11:12 +0000\n\nearly\n", "Subject: none\n\nnone\n",
	    "Date: Sun, 22 Nov 2026 10:11:12 +0000\n\nlate\n" } },
};

static void
test_samples(void)
{
	for (guint s = 0; s < G_N_ELEMENTS(samples); s++) {
		g_autoptr(GBytes) file = g_bytes_new_static(samples[s].file, strlen(samples[s].file));
		g_autoptr(GArray) mails = mbox_index(file);
		guint i = 0;

		for (; i < mails->len; i++) {
			g_autofree char *mail = mail_at(file, mails, i);

			g_assert_cmpstr(mail, ==, samples[s].mails[i]);
		}
		g_assert_null(samples[s].mails[i]);
	}
}

/* Any bytes are mails of some kind, and none is lost or read beyond the end. */
static void
test_cut(void)
{
	const char *text = samples[3].file;

	for (gsize length = 0; length <= strlen(text); length++) {
		g_autoptr(GBytes) file = g_bytes_new(text, length);
		g_autoptr(GArray) mails = mbox_index(file);

		g_assert_cmpuint(mails->len, <=, 2);
		for (guint i = 0; i < mails->len; i++) {
			const MboxMail *mail = &g_array_index(mails, MboxMail, i);
			g_autoptr(GBytes) bytes = mbox_mail(file, mail);

			g_assert_cmpuint(mail->start + mail->length, <=, length);
			g_assert_cmpuint(g_bytes_get_size(bytes), <=, mail->length);
		}
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/mbox/samples", test_samples);
	g_test_add_func("/mbox/cut", test_cut);
	return g_test_run();
}
