/* mbox - see mbox.h */

#include "mbox.h"

#include <string.h>

#include "mime.h"
#include "split.h"

#define HEADER_MOST (256 * 1024)	/* no time is looked for in a longer one */

/* "From ann@x.example Sun Nov 22 10:11:12 2026": with a time in it, so that a
 * sentence in a mail is none. */
static bool
is_start(Slice line)
{
	const char *colon;

	if (line.length < 16 || memcmp(line.start, "From ", 5) != 0)
		return false;
	colon = memchr(line.start, ':', line.length);
	while (colon != NULL && colon > line.start) {
		gsize left = line.length - (gsize)(colon - line.start);

		if (left > 2 && g_ascii_isdigit(colon[-1]) && g_ascii_isdigit(colon[1]) &&
		    g_ascii_isdigit(colon[2]))
			return true;
		colon = memchr(colon + 1, ':', left - 1);
	}
	return false;
}

/* The first hop's, since a mail may have been moved here long after it came. */
static gint64
time_of(Slice raw)
{
	Entity entity = split_entity(raw);
	g_autoptr(GBytes) header = NULL;
	g_autoptr(Mime) mime = NULL;
	gint64 received;

	if (entity.header.length > HEADER_MOST)
		return 0;
	header = slice_copy(entity.header);
	mime = mime_parse(header);
	received = mime_oldest_received(mime);
	return received != 0 ? received : mime_date(mime);
}

static void
end_mail(GArray *mails, const char *file, const char *start, const char *end)
{
	MboxMail mail = { .start = (gsize)(start - file), .quoted = start != file };

	/* The empty line before the next mail is the mailbox's. */
	if (mail.quoted && end > start + 1 && end[-1] == '\n' && end[-2] == '\n')
		end--;
	else if (mail.quoted && end > start + 2 && end[-1] == '\n' && end[-2] == '\r' &&
	    end[-3] == '\n')
		end -= 2;
	mail.length = (gsize)(end - start);
	if (mail.length == 0)
		return;
	mail.time = time_of((Slice){ start, mail.length });
	g_array_append_val(mails, mail);
}

static int
by_time(gconstpointer a, gconstpointer b)
{
	const MboxMail *one = a, *other = b;

	if (one->time != other->time)
		return one->time < other->time ? -1 : 1;
	return one->start < other->start ? -1 : one->start > other->start;
}

/* What has no time stands where the one before it does. */
static void
sort_mails(GArray *mails)
{
	gint64 last = 0;

	for (guint i = 0; i < mails->len; i++) {
		MboxMail *mail = &g_array_index(mails, MboxMail, i);

		if (mail->time == 0)
			mail->time = last;
		last = mail->time;
	}
	g_array_sort(mails, by_time);
}

GArray *
mbox_index(GBytes *file)
{
	GArray *mails = g_array_new(FALSE, FALSE, sizeof(MboxMail));
	Slice rest = slice_bytes(file), line;
	const char *begin = rest.start, *start = rest.start, *end = rest.start + rest.length;
	bool behind_empty = true;

	while (slice_line(&rest, &line)) {
		if (behind_empty && is_start(line)) {
			if (line.start != begin)
				end_mail(mails, begin, start, line.start);
			start = line.start + line.length;
		}
		behind_empty = slice_without_end(line).length == 0;
	}
	end_mail(mails, begin, start, end);
	sort_mails(mails);
	return mails;
}

GBytes *
mbox_mail(GBytes *file, const MboxMail *mail)
{
	const char *start = slice_bytes(file).start + mail->start;
	Slice rest = { start, mail->length }, line;
	GByteArray *bytes = g_byte_array_sized_new((guint)mail->length);

	while (slice_line(&rest, &line)) {
		gsize quotes = 0;

		while (quotes < line.length && line.start[quotes] == '>')
			quotes++;
		if (mail->quoted && quotes > 0 && line.length - quotes >= 5 &&
		    memcmp(line.start + quotes, "From ", 5) == 0)
			line = (Slice){ line.start + 1, line.length - 1 };
		g_byte_array_append(bytes, (const guint8 *)line.start, (guint)line.length);
	}
	return g_byte_array_free_to_bytes(bytes);
}
