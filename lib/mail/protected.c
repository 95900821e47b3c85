/* protected - the header fields a mail has inside its protection; see protected.h */

#include "protected.h"

#include <string.h>

#include "buffer.h"
#include "text.h"
#include "twofold.h"

#define COPIES_MOST 100

typedef enum { FORM_NONE, FORM_CLEAR, FORM_CIPHER, FORM_V1 } Form;	/* as it says */

/*
 * Which form it has.
 */

static bool
says(const Mime *mime, const char *parameter, const char *word)
{
	g_autofree char *said = mime_parameter(mime, parameter);

	return said != NULL && g_ascii_strcasecmp(said, word) == 0;
}

static bool
has_type(Slice header, const char *type)
{
	g_autoptr(Mime) mime = mime_parse_slice(header);

	return strcmp(mime_type(mime), type) == 0;
}

/* RFC 8551 section 3.1: the whole mail, its header included, as the payload. A
 * mail that was passed on looks the same but for the parameter. */
static Mime *
wrapped_mail(const Mime *payload)
{
	static const char *const words[] = { "7bit", "8bit", "binary", NULL };
	g_autofree char *encoding = split_header(mime_entity(payload).header,
	    "Content-Transfer-Encoding", 0);
	g_autofree char *lower = encoding != NULL ? g_ascii_strdown(encoding, -1) : NULL;

	if (strcmp(mime_type(payload), "message/rfc822") != 0 || !says(payload, "forwarded", "no") ||
	    (lower != NULL && !g_strv_contains(words, lower)))
		return NULL;
	return mime_parse_slice(mime_entity(payload).body);
}

/* The fields in the part on top of a mixed payload. */
static Mime *
header_on_top(const Mime *payload)
{
	g_autofree char *boundary = mime_parameter(payload, "boundary");
	g_autoptr(Multipart) parts = NULL;
	Entity top;

	if (strcmp(mime_type(payload), "multipart/mixed") != 0 || boundary == NULL)
		return NULL;
	parts = split_multipart(mime_entity(payload).body, boundary);
	if (parts == NULL || parts->ambiguous || parts->children->len < 2)
		return NULL;
	top = split_entity(g_array_index(parts->children, Slice, 0));
	return has_type(top.header, "text/rfc822-headers") ? mime_parse_slice(top.body) : NULL;
}

static Form
said_form(const Mime *payload)
{
	static const struct { const char *parameter, *word; Form form; } rows[] = {
		{ "hp", "clear", FORM_CLEAR },
		{ "hp", "cipher", FORM_CIPHER },
		{ "protected-headers", "v1", FORM_V1 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		if (says(payload, rows[i].parameter, rows[i].word))
			return rows[i].form;
	return FORM_NONE;
}

/*
 * Copies in the text.
 */

/* Behind the line "Name: value" (it may be folded) that repeats a protected
 * field; text itself if it does not begin with one. */
static const char *
after_copy(const Mime *fields, const char *text)
{
	gsize length = strcspn(text, ": \t\n");
	g_autofree char *name = g_strndup(text, length);
	g_autofree char *value = NULL, *real = NULL;
	const char *end = text;

	if (text[length] != ':' || mime_header_count(fields, name) != 1)
		return text;
	do {
		end += strcspn(end, "\n");
		end += *end == '\n';
	} while (*end == ' ' || *end == '\t');
	value = text_clean_line(text + length + 1, end - text - (gssize)length - 1);
	real = mime_header(fields, name);
	return g_strcmp0(value, real) == 0 ? end : text;
}

static const char *
after_copies(const Mime *fields, const char *text)
{
	const char *at = text;

	for (guint i = 0; i < COPIES_MOST; i++) {
		const char *next = after_copy(fields, at);

		if (next == at)
			break;
		at = next;
	}
	return at == text ? text : at + strspn(at, "\n");
}

char *
protected_without_copies(const Protected *protected, const Mime *content, guint n,
    const char *text)
{
	if (protected->fields == NULL || !(mime_part_says(content, n, "hp-legacy-display", "1") ||
	    (n == 1 && mime_part_says(content, n, "protected-headers", "v1"))))
		return g_strdup(text);
	return g_strdup(after_copies(protected->fields, text));
}

static bool
is_copied(const Mime *payload, const Mime *top)
{
	Slice text = mime_entity(top).header;
	g_autofree char *words = text_clean(text.start, (gssize)text.length, NULL);

	return *after_copies(payload, words) == '\0';
}

/*
 * What was left outside.
 */

/* What HP-Outer holds is a field, as it stood outside: "Subject: [...]". */
static Slice
field_within(Slice field)
{
	static const char name[] = "HP-Outer:";
	const char *end = field.start + field.length, *at = field.start + strlen(name);

	if (field.length <= strlen(name) || g_ascii_strncasecmp(field.start, name, strlen(name)) != 0)
		return (Slice){ end, 0 };
	while (at < end && g_ascii_isspace(*at))
		at++;
	return (Slice){ at, memchr(at, ':', (gsize)(end - at)) != NULL ? (gsize)(end - at) : 0 };
}

static Mime *
left_outside(const Mime *payload)
{
	Slice rest = mime_entity(payload).header, field;
	g_autoptr(Buffer) fields = buffer_new(0);
	g_autoptr(GBytes) raw = NULL;

	while (slice_field(&rest, &field)) {
		Slice within = slice_without_end(field_within(field));

		buffer_add(fields, within.start, within.length);
		buffer_add_text(fields, within.length > 0 ? "\n" : "");
	}
	raw = buffer_steal(fields);
	return mime_parse(raw);
}

static void
set_stated(Protected *protected, const Protection *protection, Form form)
{
	protected->fields = protection->payload;
	protected->left = protection->payload;
	protected->complete = true;
	if (form != FORM_CIPHER)
		return;
	protected->own[0] = left_outside(protection->payload);
	protected->left = protected->own[0];
	protected->laid_bare = !protection->encrypted;
}

static void
set_inferred(Protected *protected, const Protection *protection, Form form)
{
	const Mime *payload = protection->payload;
	Mime *top = header_on_top(payload);
	Mime *mail = form == FORM_NONE && top == NULL ? wrapped_mail(payload) : NULL;

	protected->own[0] = top;
	protected->own[1] = mail;
	protected->content = mail;
	protected->fields = form == FORM_V1 ? payload : top != NULL ? top : mail;
	if (top != NULL && (form != FORM_V1 || is_copied(payload, top)))
		protected->header_part = 1;
	protected->left = protected->fields;
	protected->may_hide = protection->encrypted;
}

/* RFC 9788 section 2: each of them once. So with what HP-Outer repeats. */
static char *
find_twofold(const Protected *protected, const Mime *payload)
{
	char *found = twofold_head(payload);

	if (found == NULL && protected->fields != NULL)
		found = protected_twice(protected->fields);
	if (found == NULL && protected->left != NULL && protected->left != protected->fields) {
		g_autofree char *outside = protected_twice(protected->left);

		found = outside != NULL ? g_strconcat("HP-Outer: ", outside, NULL) : NULL;
	}
	return found;
}

Protected *
protected_find(const Protection *protection)
{
	Protected *protected = g_new0(Protected, 1);
	const Mime *payload = protection != NULL ? protection->payload : NULL;
	Form form;

	if (payload == NULL || mime_header_count(payload, "Content-Type") != 1)
		return protected;
	form = said_form(payload);
	if (form == FORM_CLEAR || form == FORM_CIPHER)
		set_stated(protected, protection, form);
	else
		set_inferred(protected, protection, form);
	protected->twofold = find_twofold(protected, payload);
	protected->trusted = protected->fields != NULL && protected->twofold == NULL &&
	    (protection->encrypted || protection->verified);
	return protected;
}

void
protected_free(Protected *protected)
{
	if (protected == NULL)
		return;
	for (gsize i = 0; i < G_N_ELEMENTS(protected->own); i++)
		g_clear_pointer(&protected->own[i], mime_free);
	g_free(protected->twofold);
	g_free(protected);
}
