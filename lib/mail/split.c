/* split - parts cut out of the raw bytes; see split.h */

#include "split.h"

#include <string.h>

#include "buffer.h"

/* RFC 2046 5.1.1 allows no longer boundary, and none that ends in a blank. */
#define LONGEST_BOUNDARY 70

typedef enum { LINE_TEXT, LINE_DELIMITER, LINE_CLOSE, LINE_LOOKALIKE } LineKind;

static Slice
slice_between(const char *start, const char *end)
{
	return (Slice){ start, end > start ? (gsize)(end - start) : 0 };
}

static const char *
slice_end(Slice slice)
{
	return slice.start + slice.length;
}

Slice
slice_bytes(GBytes *bytes)
{
	Slice slice;

	slice.start = g_bytes_get_data(bytes, &slice.length);
	if (slice.start == NULL)
		slice.start = "";
	return slice;
}

GBytes *
slice_copy(Slice slice)
{
	return bytes_secret(slice.start, slice.length);
}

bool
slice_line(Slice *rest, Slice *line)
{
	const char *lf;

	if (rest->length == 0)
		return false;
	lf = memchr(rest->start, '\n', rest->length);
	*line = slice_between(rest->start, lf == NULL ? slice_end(*rest) : lf + 1);
	*rest = slice_between(slice_end(*line), slice_end(*rest));
	return true;
}

Slice
slice_without_end(Slice line)
{
	if (line.length > 0 && line.start[line.length - 1] == '\n') {
		line.length--;
		if (line.length > 0 && line.start[line.length - 1] == '\r')
			line.length--;
	}
	return line;
}

bool
slice_is_blank(Slice slice)
{
	for (gsize i = 0; i < slice.length; i++)
		if (strchr(" \t\r\n", slice.start[i]) == NULL || slice.start[i] == '\0')
			return false;
	return true;
}

static bool
slice_starts(Slice slice, const char *text, gsize length)
{
	return slice.length >= length && memcmp(slice.start, text, length) == 0;
}

/* "From :" is a field that some readers understand, and no line of a mailbox. */
static bool
is_mbox_line(Slice raw)
{
	gsize at = 5;

	while (at < raw.length && (raw.start[at] == ' ' || raw.start[at] == '\t'))
		at++;
	return slice_starts(raw, "From ", 5) && at < raw.length && raw.start[at] != ':';
}

Entity
split_entity(Slice raw)
{
	Entity entity = { .whole = raw };
	Slice rest = raw, line;

	if (is_mbox_line(raw)) {
		slice_line(&rest, &line);
		entity.whole = rest;
	}
	entity.header = rest;
	while (slice_line(&rest, &line))
		if (slice_without_end(line).length == 0) {
			entity.header = slice_between(entity.whole.start, line.start);
			break;
		}
	entity.body = rest;
	return entity;
}

static LineKind
line_kind(Slice line, const char *boundary, gsize length)
{
	Slice rest;
	bool close;

	if (!slice_starts(line, "--", 2) ||
	    !slice_starts(slice_between(line.start + 2, slice_end(line)), boundary, length))
		return LINE_TEXT;
	rest = slice_between(line.start + 2 + length, slice_end(line));
	close = slice_starts(rest, "--", 2);
	if (!slice_is_blank(close ? slice_between(rest.start + 2, slice_end(rest)) : rest))
		return LINE_LOOKALIKE;
	return close ? LINE_CLOSE : LINE_DELIMITER;
}

/* What is between two delimiters; the line end before the second is its own. */
static Slice
slice_before(const char *start, const char *delimiter)
{
	return slice_without_end(slice_between(start, delimiter));
}

/* Some readers take a lone CR for a line end, and would see a delimiter. */
static bool
has_hidden_delimiter(Slice body, const char *boundary)
{
	g_autofree char *hidden = g_strconcat("\r--", boundary, NULL);

	return memmem(body.start, body.length, hidden, strlen(hidden)) != NULL;
}

/* A child that declares a boundary beginning with ours cuts our text as well. */
static bool
has_nested_double(const GArray *children, const char *boundary)
{
	for (guint i = 0; i < children->len; i++) {
		Entity child = split_entity(g_array_index(children, Slice, i));
		g_autofree char *inner = split_boundary(child.header);

		if (inner != NULL && (g_str_has_prefix(inner, boundary) || inner[0] == '*'))
			return true;
	}
	return false;
}

/* The body cut by lines; what comes behind the closing line is epilogue. */
static void
multipart_cut(Multipart *parts, Slice body, const char *boundary)
{
	gsize length = strlen(boundary);
	Slice rest = body, line, child;
	const char *from = NULL;

	while (slice_line(&rest, &line)) {
		LineKind kind = line_kind(line, boundary, length);

		if (kind == LINE_TEXT)
			continue;
		if (kind == LINE_LOOKALIKE || parts->closed || (kind == LINE_CLOSE && from == NULL)) {
			parts->ambiguous = true;
			continue;
		}
		child = slice_before(from == NULL ? body.start : from, line.start);
		if (from == NULL)
			parts->preamble = child;
		else
			g_array_append_val(parts->children, child);
		from = slice_end(line);
		parts->closed = kind == LINE_CLOSE;
	}
	child = slice_between(from == NULL ? body.start : from, slice_end(body));
	if (parts->closed)
		parts->epilogue = child;
	else if (from != NULL)
		g_array_append_val(parts->children, child);
	else
		parts->preamble = child;
}

Multipart *
split_multipart(Slice body, const char *boundary)
{
	Multipart *parts = g_new0(Multipart, 1);
	gsize length = strlen(boundary);

	parts->children = g_array_new(FALSE, FALSE, sizeof(Slice));
	parts->preamble = parts->epilogue = slice_between(body.start, body.start);
	if (length == 0 || length > LONGEST_BOUNDARY || strpbrk(boundary, "\r\n") != NULL ||
	    g_ascii_isspace(boundary[length - 1])) {
		parts->preamble = body;
		parts->ambiguous = true;
		return parts;
	}
	multipart_cut(parts, body, boundary);
	if (has_hidden_delimiter(body, boundary) || has_nested_double(parts->children, boundary))
		parts->ambiguous = true;
	return parts;
}

void
multipart_free(Multipart *multipart)
{
	if (multipart == NULL)
		return;
	g_array_unref(multipart->children);
	g_free(multipart);
}

GBytes *
split_canonical(Slice slice)
{
	g_autoptr(Buffer) buffer = buffer_new(0);
	Slice line;

	while (slice_line(&slice, &line)) {
		Slice words = slice_without_end(line);
		bool bare = line.length == words.length + 1;

		buffer_add(buffer, words.start, words.length);
		if (bare)
			buffer_add(buffer, "\r\n", 2);
		else
			buffer_add(buffer, slice_end(words), line.length - words.length);
	}
	return buffer_steal(buffer);
}

bool
slice_field(Slice *rest, Slice *field)
{
	Slice line;

	if (!slice_line(rest, field))
		return false;
	while (rest->length > 0 && (*rest->start == ' ' || *rest->start == '\t') &&
	    slice_line(rest, &line))
		field->length += line.length;
	return true;
}

/* The value if the field has that name, else NULL. Blanks before the colon
 * are forbidden, and understood by some: what counts fields counts these. */
static const char *
field_value(Slice field, const char *name)
{
	gsize at = strlen(name);

	if (field.length <= at || g_ascii_strncasecmp(field.start, name, at) != 0)
		return NULL;
	while (at < field.length && (field.start[at] == ' ' || field.start[at] == '\t'))
		at++;
	return at < field.length && field.start[at] == ':' ? field.start + at + 1 : NULL;
}

guint
split_header_count(Slice header, const char *name)
{
	Slice field;
	guint count = 0;

	while (slice_field(&header, &field))
		if (field_value(field, name) != NULL)
			count++;
	return count;
}

/* Line ends go, the blanks behind them stay; a NUL would end the string. */
static char *
unfold(Slice value)
{
	GString *text = g_string_sized_new(value.length);
	Slice line;

	while (slice_line(&value, &line)) {
		line = slice_without_end(line);
		for (gsize i = 0; i < line.length; i++)
			g_string_append_c(text, line.start[i] == '\0' ? ' ' : line.start[i]);
	}
	return g_strstrip(g_string_free(text, FALSE));
}

char *
split_header(Slice header, const char *name, guint n)
{
	Slice field;

	while (slice_field(&header, &field)) {
		const char *value = field_value(field, name);

		if (value != NULL && n-- == 0)
			return unfold(slice_between(value, slice_end(field)));
	}
	return NULL;
}

/* The end of one parameter in "a=b; c=\"d;\\\"\"". */
static const char *
parameter_end(const char *at)
{
	bool quoted = false;

	for (; *at != '\0' && (quoted || *at != ';'); at++) {
		if (quoted && at[0] == '\\' && at[1] != '\0')
			at++;
		else if (*at == '"')
			quoted = !quoted;
	}
	return at;
}

/* The value between equals sign and end, without blanks and quotes. */
static char *
parameter_value(const char *start, const char *end)
{
	g_autofree char *raw = g_strstrip(g_strndup(start, (gsize)(end - start)));
	GString *value;

	if (raw[0] != '"')
		return g_steal_pointer(&raw);
	value = g_string_new(NULL);
	for (const char *at = raw + 1; *at != '\0' && *at != '"'; at++) {
		if (at[0] == '\\' && at[1] != '\0')
			at++;
		g_string_append_c(value, *at);
	}
	return g_string_free(value, FALSE);
}

bool
split_parameter(const char **rest, char **name, char **value)
{
	const char *at = *rest, *end;

	if (*at != ';')
		at = parameter_end(at);
	if (*at != ';')
		return false;
	at += 1 + strspn(at + 1, " \t");
	end = *rest = parameter_end(at);
	*name = g_ascii_strdown(at, (gssize)MIN(strcspn(at, " \t=;"), (gsize)(end - at)));
	at += strlen(*name);
	at += strspn(at, " \t");
	*value = *at == '=' ? parameter_value(at + 1, end) : *at == '*' ? g_strdup("*") : NULL;
	return true;
}

char *
split_boundary(Slice header)
{
	guint count = split_header_count(header, "Content-Type");
	g_autofree char *type = count == 0 ? NULL : split_header(header, "Content-Type", count - 1);
	g_autofree char *boundary = NULL;
	const char *rest = type == NULL ? "" : type;
	char *said, *worth;

	while (split_parameter(&rest, &said, &worth)) {
		g_autofree char *name = said, *value = worth;

		if (g_str_has_prefix(name, "boundary*")) {
			g_free(value);
			value = g_strdup("*");
		} else if (strcmp(name, "boundary") != 0)
			continue;
		if (boundary != NULL && value != NULL && strcmp(boundary, value) != 0)
			return g_strdup("*");
		if (boundary == NULL)
			boundary = g_steal_pointer(&value);
	}
	return g_steal_pointer(&boundary);
}

static bool
is_trace(Slice field)
{
	static const char *const names[] = {
		"Received", "Return-Path", "Delivered-To", "X-Original-To",
		"Authentication-Results", "Received-SPF", "DKIM-Signature", NULL
	};
	static const char *const families[] = { "ARC-", "X-Spam-", NULL };

	for (guint i = 0; names[i] != NULL; i++)
		if (field_value(field, names[i]) != NULL)
			return true;
	for (guint i = 0; families[i] != NULL; i++)
		if (field.length > strlen(families[i]) &&
		    g_ascii_strncasecmp(field.start, families[i], strlen(families[i])) == 0)
			return true;
	return false;
}

Slice
split_origin(Slice raw)
{
	Entity entity = split_entity(raw);
	Slice rest = entity.header, field;
	const char *start = entity.header.start;

	while (slice_field(&rest, &field) && is_trace(field))
		start = rest.start;
	return slice_between(start, slice_end(raw));
}
