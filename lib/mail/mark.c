/* mark - the X-Sluis-* header lines by which one filter tells the next; see mark.h */

#include "mark.h"

#include <string.h>

#include "buffer.h"
#include "split.h"
#include "text.h"

#define PREFIX "X-Sluis-"

static const char *const names[MARK_KINDS] = {
	[MARK_ENCRYPTION] = PREFIX "Encryption",
	[MARK_SIGNATURE] = PREFIX "Signature",
	[MARK_CLASS] = PREFIX "Class",
	[MARK_MOTIVE] = PREFIX "Motive",
	[MARK_LANGUAGE] = PREFIX "Language",
	[MARK_PARTICIPANT] = PREFIX "Participant",
	[MARK_CASE] = PREFIX "Case",
	[MARK_LIMIT] = PREFIX "Limit",
	[MARK_LAYER] = PREFIX "Layer",
	[MARK_BECAUSE] = PREFIX "Because",
};

struct Marks {
	GPtrArray *lines;	/* "X-Sluis-Class: ...", without line end */
	bool kinds[MARK_KINDS];
};

const char *
mark_name(MarkKind kind)
{
	return names[kind];
}

Marks *
marks_new(void)
{
	Marks *marks = g_new0(Marks, 1);

	marks->lines = g_ptr_array_new_with_free_func(g_free);
	return marks;
}

void
marks_free(Marks *marks)
{
	if (marks == NULL)
		return;
	g_ptr_array_unref(marks->lines);
	g_free(marks);
}

void
marks_add(Marks *marks, MarkKind kind, const char *format, ...)
{
	g_autofree char *value = NULL;
	g_autofree char *printable = NULL;
	va_list arguments;

	va_start(arguments, format);
	value = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	printable = text_printable(value);
	g_ptr_array_add(marks->lines, g_strconcat(names[kind], ": ", printable, NULL));
	marks_strip(marks, kind);
}

void
marks_strip(Marks *marks, MarkKind kind)
{
	marks->kinds[kind] = true;
}

/* Is the field that begins here to be left out? A blank before the colon
 * hides a mark from nobody. */
static bool
is_stripped(const Marks *marks, const char *line, gsize length, bool all)
{
	for (int kind = 0; kind < MARK_KINDS && !all; kind++) {
		gsize name = strlen(names[kind]);

		if (marks->kinds[kind] && length > name && strchr(": \t\r\n", line[name]) != NULL &&
		    g_ascii_strncasecmp(line, names[kind], name) == 0)
			return true;
	}
	return all && length >= strlen(PREFIX) &&
	    g_ascii_strncasecmp(line, PREFIX, strlen(PREFIX)) == 0;
}

static gsize
line_length(const char *at, const char *end)
{
	const char *newline = at < end ? memchr(at, '\n', (gsize)(end - at)) : NULL;

	return (gsize)((newline != NULL ? newline + 1 : end) - at);
}

/* Folded lines at the very top belong to no field, and would continue our last
 * mark if they stood behind it. */
static gsize
loose_lines(Slice header)
{
	Slice rest = header, line;
	gsize length = 0;

	while (slice_line(&rest, &line) && (*line.start == ' ' || *line.start == '\t'))
		length += line.length;
	return length;
}

/* The header without the stripped fields; a folded line goes with its first. */
static void
copy_header(const Marks *marks, Slice header, bool all, Buffer *out)
{
	const char *end = header.start + header.length;
	bool stripping = false;
	gsize length;

	for (const char *at = header.start; at < end; at += length) {
		length = line_length(at, end);
		if (*at != ' ' && *at != '\t')
			stripping = is_stripped(marks, at, length, all);
		if (!stripping)
			buffer_add(out, at, length);
	}
}

GBytes *
marks_apply(const Marks *marks, GBytes *raw, bool all)
{
	Slice mail = slice_bytes(raw);
	Entity entity = split_entity(mail);
	gsize loose = loose_lines(entity.header);
	gsize above = (gsize)(entity.whole.start - mail.start) + loose;
	Slice header = { mail.start + above, entity.header.length - loose };
	const char *behind = header.start + header.length;
	gsize first = line_length(mail.start, mail.start + mail.length);
	const char *line_end = first >= 2 && mail.start[first - 2] == '\r' ? "\r\n" : "\n";
	g_autoptr(Buffer) out = buffer_new(0);

	buffer_add(out, mail.start, above);
	for (guint i = 0; i < marks->lines->len; i++) {
		buffer_add_text(out, g_ptr_array_index(marks->lines, i));
		buffer_add_text(out, line_end);
	}
	copy_header(marks, header, all, out);
	buffer_add(out, behind, (gsize)(mail.start + mail.length - behind));
	return buffer_steal(out);
}
