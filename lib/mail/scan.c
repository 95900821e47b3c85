/*
 * scan - limits checked on raw bytes; see scan.h
 *
 * The mail is walked once, line by line, with a stack of the multiparts that
 * are open, much as a parser would, but keeping nothing.
 */

#include "scan.h"

#include <stdbool.h>
#include <string.h>

/* An attached mail brings a header of its own; so many full ones may come. */
#define HEADERS_IN_ALL 10

/* A line that delimits nothing, or merely looks as if it did. */
enum { NO_LEVEL = -1, LOOKALIKE = -2 };

typedef struct {
	char *boundary;		/* NULL for an attached mail */
	bool digest;		/* its children are mails if they do not say */
} Level;

typedef struct {
	const Limits *limits;
	GArray *levels;		/* of Level, outermost first */
	gint64 boundaries, headers, attachments;
} Scan;

typedef struct {
	gint64 fields, size;	/* of the field being read */
	gint64 addresses;
	bool address_field;
} HeaderScan;

static void
level_clear(void *level)
{
	g_free(((Level *)level)->boundary);
}

/* Which level a line delimits; *close if it ends it. */
static int
delimited_level(const Scan *scan, Slice line, bool *close)
{
	int level = NO_LEVEL;

	if (line.length < 3 || line.start[0] != '-' || line.start[1] != '-')
		return NO_LEVEL;
	for (int i = (int)scan->levels->len - 1; i >= 0; i--) {
		const char *boundary = g_array_index(scan->levels, Level, i).boundary;
		gsize length = boundary == NULL ? 0 : strlen(boundary);
		Slice rest = { line.start + 2 + length, line.length - 2 - length };

		if (boundary == NULL || line.length < 2 + length ||
		    memcmp(line.start + 2, boundary, length) != 0)
			continue;
		*close = rest.length >= 2 && memcmp(rest.start, "--", 2) == 0;
		if (*close || slice_is_blank(rest))
			return i;
		level = LOOKALIKE;
	}
	return level;
}

static bool
is_address_field(Slice line)
{
	static const char *const names[] = { "From:", "To:", "Cc:", "Bcc:", "Sender:",
	    "Reply-To:", "Resent-", NULL };

	for (guint i = 0; names[i] != NULL; i++)
		if (line.length > strlen(names[i]) &&
		    g_ascii_strncasecmp(line.start, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static const char *
header_line(Scan *scan, HeaderScan *header, Slice line)
{
	bool folded = *line.start == ' ' || *line.start == '\t';

	if (!folded) {
		header->fields++;
		scan->headers++;
		header->size = 0;
		header->address_field = is_address_field(line);
	}
	header->size += (gint64)line.length;
	for (gsize i = 0; header->address_field && i < line.length; i++)
		header->addresses += line.start[i] == '@';
	if (header->fields > scan->limits->headers ||
	    scan->headers / HEADERS_IN_ALL > scan->limits->headers)
		return "headers";
	if (header->size > scan->limits->header_size)
		return "header_size";
	return header->addresses > scan->limits->addresses ? "addresses" : NULL;
}

static bool
is_of_type(const char *type, const char *prefix)
{
	return type != NULL && g_ascii_strncasecmp(type, prefix, strlen(prefix)) == 0;
}

/* What the entity with this header is: one level more, or a leaf. */
static const char *
header_end(Scan *scan, Slice header, bool *again)
{
	guint count = split_header_count(header, "Content-Type");
	g_autofree char *type = count == 0 ? NULL : split_header(header, "Content-Type", count - 1);
	g_autofree char *disposition = split_header(header, "Content-Disposition", 0);
	const Level *above = scan->levels->len == 0 ? NULL :
	    &g_array_index(scan->levels, Level, scan->levels->len - 1);
	Level level = { NULL, is_of_type(type, "multipart/digest") };

	*again = is_of_type(type, "message/rfc822") || is_of_type(type, "message/global") ||
	    (type == NULL && above != NULL && above->digest);
	if (is_of_type(type, "multipart/"))
		level.boundary = split_boundary(header);
	if (level.boundary != NULL || *again)
		g_array_append_val(scan->levels, level);
	else if (is_of_type(disposition, "attachment") || (type != NULL && !is_of_type(type, "text/")))
		scan->attachments++;
	if (g_strcmp0(level.boundary, "*") == 0)
		return "boundaries";
	if (scan->levels->len > scan->limits->depth)
		return "depth";
	return scan->attachments > scan->limits->attachments ? "attachments" : NULL;
}

/* Reads a header, and those of attached mails that follow at once. Stops
 * before a delimiter of an open level, which ends a header as well. */
static const char *
scan_header(Scan *scan, Slice *rest)
{
	HeaderScan header = { 0 };
	Slice whole = { rest->start, 0 }, next = *rest, line;
	const char *over = NULL;
	bool close, again;

	while (over == NULL && slice_line(&next, &line)) {
		if (slice_without_end(line).length > 0 &&
		    delimited_level(scan, slice_without_end(line), &close) < 0) {
			over = header_line(scan, &header, line);
			whole.length += line.length;
			*rest = next;
			continue;
		}
		if (slice_without_end(line).length == 0)
			*rest = next;
		break;
	}
	if (over == NULL)
		over = header_end(scan, whole, &again);
	return over == NULL && again && rest->length > 0 ? scan_header(scan, rest) : over;
}

static const char *
scan_body(Scan *scan, Slice rest)
{
	const char *over = NULL;
	Slice line;
	bool close = false;

	while (over == NULL && slice_line(&rest, &line)) {
		int level = delimited_level(scan, slice_without_end(line), &close);

		scan->boundaries += level != NO_LEVEL;
		if (scan->boundaries > scan->limits->boundaries)
			return "boundaries";
		if (level < 0)
			continue;
		g_array_set_size(scan->levels, (guint)level + (close ? 0 : 1));
		if (!close)
			over = scan_header(scan, &rest);
	}
	return over;
}

const char *
scan_limits(Slice raw, const Limits *limits)
{
	Scan scan = { .limits = limits };
	Slice rest = split_entity(raw).whole;
	const char *over;

	if ((gint64)raw.length > limits->size)
		return "size";
	scan.levels = g_array_new(FALSE, FALSE, sizeof(Level));
	g_array_set_clear_func(scan.levels, level_clear);
	over = scan_header(&scan, &rest);
	if (over == NULL)
		over = scan_body(&scan, rest);
	g_array_unref(scan.levels);
	return over;
}
