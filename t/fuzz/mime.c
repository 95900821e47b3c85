/* Any bytes as a mail: everything one can ask of it is asked. */

#include "mime.h"

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) raw = g_bytes_new(data, size);
	g_autoptr(Mime) mime = NULL;
	g_autoptr(GPtrArray) from = NULL;
	g_autoptr(GPtrArray) ids = NULL;
	g_autofree char *subject = NULL;

	mime_init();
	mime = mime_parse(raw);
	from = mime_mailboxes(mime, "From");
	ids = mime_ids(mime, "References");
	subject = mime_header(mime, "Subject");
	mime_date(mime);
	mime_oldest_received(mime);
	if (subject != NULL)
		g_assert_true(g_utf8_validate(subject, -1, NULL));
	for (guint n = 1; n <= mime_parts(mime)->len; n++) {
		g_autofree char *text = mime_part_text(mime, n);

		g_assert_true(g_utf8_validate(text, -1, NULL));
	}
	return 0;
}
