/* Any bytes as what was protected, in a mail whose header they are as well. */

#include "mail.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) raw = g_bytes_new(data, size);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(Mail) mail = NULL;
	Protection protection = { NULL, true, false };

	mime_init();
	mime = mime_parse(raw);
	protection.payload = mime;
	mail = mail_read(mime, mime, &protection, NULL);
	g_assert_true(g_utf8_validate(mail->subject, -1, NULL));
	g_assert_true(g_utf8_validate(mail->text, -1, NULL));
	g_assert_true(mail->changed == NULL || g_str_is_ascii(mail->changed));
	if (mail->from_inside != NULL)
		mail_take_from_inside(mail);
	return 0;
}
