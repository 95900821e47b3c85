/* Any bytes as a mail: the one it hands over, if there is one, says who sent it. */

#include "address.h"
#include "handed.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) raw = g_bytes_new(data, size);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(Mail) mail = NULL;
	g_autoptr(Handed) handed = NULL;

	mime_init();
	mime = mime_parse(raw);
	mail = mail_read(mime, NULL, NULL, NULL);
	handed = handed_find(mail);
	g_assert_true(handed == NULL || address_is_plain(handed->mail->from->address));
	return 0;
}
