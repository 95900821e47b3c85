/* graft - an opened entity in the place of the one that was closed; see graft.h */

#include "graft.h"

#include <string.h>

#include "buffer.h"

typedef struct {
	Buffer *out;
	const char *line_end;	/* the mail's */
} Graft;

/* Text in the mail's own line ends; its last line gets one too. */
static void
add_lines(const Graft *graft, Slice text, bool whole)
{
	Slice line;

	while (slice_line(&text, &line)) {
		Slice words = slice_without_end(line);

		buffer_add(graft->out, words.start, words.length);
		if (words.length < line.length || whole)
			buffer_add_text(graft->out, graft->line_end);
	}
}

/* Blanks before the colon hide a field from nobody. */
static bool
is_field(Slice field, const char *name)
{
	gsize length = strlen(name);

	while (field.length > length && (field.start[length] == ' ' || field.start[length] == '\t'))
		length++;
	return field.length > length && field.start[length] == ':' &&
	    g_ascii_strncasecmp(field.start, name, strlen(name)) == 0;
}

static bool
is_about_content(Slice field)
{
	static const char family[] = "Content-";

	return field.length > strlen(family) &&
	    g_ascii_strncasecmp(field.start, family, strlen(family)) == 0;
}

static bool
find_subject(Slice header, Slice *subject)
{
	while (slice_field(&header, subject))
		if (is_field(*subject, "Subject"))
			return true;
	return false;
}

static void
add_content_fields(const Graft *graft, Slice header)
{
	Slice field;

	while (slice_field(&header, &field))
		if (is_about_content(field))
			add_lines(graft, field, true);
}

static void
add_header(const Graft *graft, Slice header, Slice inner, Slice protected)
{
	Slice rest = header, field, subject;
	bool replaced = !find_subject(protected, &subject);

	while (slice_field(&rest, &field)) {
		if (is_about_content(field))
			continue;
		if (is_field(field, "Subject") && !replaced) {
			field = subject;
			replaced = true;
		}
		add_lines(graft, field, true);
	}
	if (!replaced)
		add_lines(graft, subject, true);
	if (split_header_count(header, "MIME-Version") == 0)
		add_lines(graft, (Slice){ "MIME-Version: 1.0", 17 }, true);
	add_content_fields(graft, inner);
}

GBytes *
graft_entity(GBytes *mail, Entity entity, Slice subject)
{
	Slice all = slice_bytes(mail), rest = all, first = { all.start, 0 };
	Entity outer = split_entity(all);
	g_autoptr(Buffer) out = buffer_new(0);
	Graft graft = { .out = out, .line_end = "\n" };

	slice_line(&rest, &first);
	if (first.length - slice_without_end(first).length == 2)
		graft.line_end = "\r\n";
	buffer_add(out, all.start, (gsize)(outer.whole.start - all.start));
	add_header(&graft, outer.header, entity.header, subject);
	buffer_add_text(out, graft.line_end);
	add_lines(&graft, entity.body, false);
	return buffer_steal(out);
}
