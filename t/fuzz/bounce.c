/* Any bytes as a mail that came back. */

#include <string.h>

#include "bounce.h"
#include "ticket.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) raw = g_bytes_new(data, size);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(Bounce) bounce = NULL;
	g_autofree char *subject = NULL;
	g_autofree char *number = NULL;

	mime_init();
	mime = mime_parse(raw);
	subject = mime_header(mime, "Subject");
	if (subject == NULL)
		subject = g_strdup("");
	bounce = bounce_read(mime, subject);
	bounce_has_words(mime);
	bounce_holds_mail(mime);
	number = ticket_of(subject);
	g_assert_true(strchr("245", bounce->status[0]) != NULL && strlen(bounce->status) <= 9);
	return 0;
}
