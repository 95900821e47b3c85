/* compose - our own mails, built from nothing; see compose.h */

#include "compose.h"

#include <string.h>

#include "buffer.h"
#include "mime.h"
#include "text.h"
#include "times.h"

typedef struct {
	const char *name;
	char *value;
} Field;

static void
field_free(gpointer data)
{
	Field *field = data;

	g_free(field->value);
	g_free(field);
}

static void
field_add(GPtrArray *fields, const char *name, char *value)
{
	Field *field = g_new(Field, 1);

	field->name = name;
	field->value = value;
	g_ptr_array_add(fields, field);
}

Letter *
letter_new(void)
{
	return g_new0(Letter, 1);
}

void
letter_free(Letter *letter)
{
	if (letter == NULL)
		return;
	g_free(letter->from);
	g_free(letter->from_name);
	g_free(letter->to);
	text_wipe(letter->subject);
	g_free(letter->outer_subject);
	g_free(letter->message_id);
	g_free(letter->in_reply_to);
	g_clear_pointer(&letter->references, g_ptr_array_unref);
	text_wipe(letter->body);
	text_wipe(letter->html);
	g_clear_pointer(&letter->enclosures, g_ptr_array_unref);
	g_free(letter);
}

Enclosure *
enclosure_new(const char *name, const char *type, GBytes *bytes)
{
	Enclosure *enclosure = g_new0(Enclosure, 1);

	enclosure->name = g_strdup(name);
	enclosure->type = g_strdup(type);
	enclosure->bytes = g_bytes_ref(bytes);
	return enclosure;
}

void
enclosure_free(Enclosure *enclosure)
{
	if (enclosure == NULL)
		return;
	g_free(enclosure->name);
	g_free(enclosure->type);
	g_bytes_unref(enclosure->bytes);
	g_free(enclosure);
}

/*
 * Addresses, ids: one word of printable ASCII. A '?' in place of anything else
 * makes it another address than the one that was meant, which the guard then
 * holds; no byte of it can end the line.
 */
static char *
ascii_word(const char *text)
{
	char *word = g_strdup(text != NULL ? text : "");

	for (char *at = word; *at != '\0'; at++) {
		if (!g_ascii_isgraph(*at))
			*at = '?';
	}
	return word;
}

static char *
id_value(const char *id)
{
	g_autofree char *word = ascii_word(id);

	return g_strdup_printf("<%s>", word);
}

/*
 * A display name that is not plain ASCII, as encoded words of RFC 2047. Each is
 * a whole number of characters and at most 75 octets long: 42 octets of text
 * become 56 of base 64.
 */
static char *
encoded_words(const char *text)
{
	GString *words = g_string_new(NULL);

	while (*text != '\0') {
		const char *end = text;
		g_autofree char *base64 = NULL;

		while (*end != '\0' && g_utf8_next_char(end) - text <= 42)
			end = g_utf8_next_char(end);
		base64 = g_base64_encode((const guchar *)text, (gsize)(end - text));
		g_string_append_printf(words, "%s=?utf-8?B?%s?=", words->len > 0 ? " " : "", base64);
		text = end;
	}
	return g_string_free(words, FALSE);
}

static char *
quoted_string(const char *text)
{
	GString *quoted = g_string_new("\"");

	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\')
			g_string_append_c(quoted, '\\');
		g_string_append_c(quoted, *text);
	}
	return g_string_free(g_string_append_c(quoted, '"'), FALSE);
}

static char *
phrase(const char *name)
{
	if (!g_str_is_ascii(name))
		return encoded_words(name);
	for (const char *at = name; *at != '\0'; at++) {
		if (!g_ascii_isalnum(*at) && *at != ' ')
			return quoted_string(name);
	}
	return g_strdup(name);
}

static char *
mailbox_value(const char *name, const char *address)
{
	g_autofree char *word = ascii_word(address);
	g_autofree char *line = text_clean_line(name != NULL ? name : "", -1);
	g_autofree char *shown = phrase(line);

	if (*shown == '\0')
		return g_steal_pointer(&word);
	return g_strdup_printf("%s <%s>", shown, word);
}

static char *
references_value(const Letter *letter)
{
	GString *value = g_string_new(NULL);

	for (guint i = 0; letter->references != NULL && i < letter->references->len; i++) {
		g_autofree char *id = id_value(g_ptr_array_index(letter->references, i));

		g_string_append_printf(value, "%s%s", i > 0 ? " " : "", id);
	}
	return g_string_free(value, FALSE);
}

/* The fields of a mail that say something, in their fixed order. */
static GPtrArray *
letter_fields(const Letter *letter, const char *subject)
{
	GPtrArray *fields = g_ptr_array_new_with_free_func(field_free);

	field_add(fields, "From", mailbox_value(letter->from_name, letter->from));
	field_add(fields, "To", ascii_word(letter->to));
	field_add(fields, "Subject", text_clean_line(subject != NULL ? subject : "", -1));
	field_add(fields, "Date", times_rfc5322(letter->date));
	field_add(fields, "Message-ID", id_value(letter->message_id));
	if (letter->in_reply_to != NULL)
		field_add(fields, "In-Reply-To", id_value(letter->in_reply_to));
	if (letter->references != NULL && letter->references->len > 0)
		field_add(fields, "References", references_value(letter));
	if (letter->automatic)
		field_add(fields, "Auto-Submitted", g_strdup("auto-replied"));
	return fields;
}

static void
add_fields(MimeBuilder *entity, const GPtrArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);

		mime_build_header(entity, field->name, field->value);
	}
}

/* RFC 9788 section 2.2: what a reader of the ciphertext can see, so that a
 * mail program knows what it must not repeat in clear when it answers. */
static void
add_outer_fields(MimeBuilder *entity, const GPtrArray *fields)
{
	for (guint i = 0; i < fields->len; i++) {
		const Field *field = g_ptr_array_index(fields, i);
		g_autofree char *value = g_strdup_printf("%s: %s", field->name, field->value);

		mime_build_header(entity, "HP-Outer", value);
	}
}

/*
 * Neither quoted-printable nor base 64 can make "=_", so that no part can hold
 * its own boundary; the digest keeps inner and outer apart.
 */
static char *
boundary(const Letter *letter, const char *level)
{
	g_autofree char *seed = g_strconcat(level, " ", letter->message_id, NULL);
	g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, seed, -1);

	digest[24] = '\0';
	return g_strconcat("=_", digest, NULL);
}

/* RFC 9788 section 5.2.2: the fields that are hidden outside, of which we have
 * one, and an empty line. */
static MimeBuilder *
text_with_copy(const Letter *letter)
{
	g_autofree char *subject = text_clean_line(letter->subject != NULL ? letter->subject : "", -1);
	char *text = g_strdup_printf("Subject: %s\n\n%s", subject,
	    letter->body != NULL ? letter->body : "");
	MimeBuilder *entity = mime_build_text(text, "plain");

	text_wipe(text);
	mime_build_parameter(entity, "hp-legacy-display", "1");
	return entity;
}

static MimeBuilder *
text_alone(const Letter *letter)
{
	return mime_build_text(letter->body != NULL ? letter->body : "", "plain");
}

/* Takes text; the page behind it is another form of the same (RFC 2046 section
 * 5.1.4: the last one a reader knows is shown). */
static MimeBuilder *
with_page(const Letter *letter, MimeBuilder *text)
{
	g_autofree char *edge = boundary(letter, "alternative");
	MimeBuilder *forms;

	if (letter->html == NULL)
		return text;
	forms = mime_build_multipart("alternative", edge);
	mime_build_add(forms, text);
	mime_build_add(forms, mime_build_text(letter->html, "html"));
	return forms;
}

/* Takes text. */
static MimeBuilder *
content(const Letter *letter, MimeBuilder *text)
{
	g_autofree char *edge = boundary(letter, "inner");
	MimeBuilder *mixed;

	if (letter->enclosures == NULL || letter->enclosures->len == 0)
		return text;
	mixed = mime_build_multipart("mixed", edge);
	mime_build_add(mixed, text);
	for (guint i = 0; i < letter->enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(letter->enclosures, i);

		mime_build_add(mixed, mime_build_bytes(enclosure->bytes, enclosure->type,
		    enclosure->name, true));
	}
	return mixed;
}

GBytes *
compose_inner(const Letter *letter)
{
	g_autoptr(GPtrArray) protected = letter_fields(letter, letter->subject);
	g_autoptr(GPtrArray) outside = letter_fields(letter, letter->outer_subject);
	bool copy = letter->copy_subject && g_strcmp0(letter->subject, letter->outer_subject) != 0;
	g_autoptr(MimeBuilder) entity = content(letter,
	    with_page(letter, copy ? text_with_copy(letter) : text_alone(letter)));

	add_fields(entity, protected);
	add_outer_fields(entity, outside);
	mime_build_parameter(entity, "hp", "cipher");
	mime_build_parameter(entity, "protected-headers", "v1");
	return mime_build_write(entity);
}

GBytes *
compose_outer(const Letter *letter, GBytes *armoured)
{
	g_autofree char *edge = boundary(letter, "outer");
	g_autoptr(GPtrArray) fields = letter_fields(letter, letter->outer_subject);
	g_autoptr(MimeBuilder) entity = mime_build_multipart("encrypted", edge);
	g_autofree char *ascii = g_strndup(g_bytes_get_data(armoured, NULL),
	    g_bytes_get_size(armoured));

	mime_build_parameter(entity, "protocol", "application/pgp-encrypted");
	add_fields(entity, fields);
	mime_build_header(entity, "MIME-Version", "1.0");
	mime_build_add(entity, mime_build_7bit("Version: 1\n", "application/pgp-encrypted", NULL));
	mime_build_add(entity, mime_build_7bit(ascii, "application/octet-stream", "encrypted.asc"));
	return mime_build_write(entity);
}

GBytes *
compose_clear(const Letter *letter)
{
	g_autoptr(GPtrArray) fields = letter_fields(letter, letter->subject);
	g_autoptr(MimeBuilder) entity = content(letter, text_alone(letter));

	add_fields(entity, fields);
	mime_build_header(entity, "MIME-Version", "1.0");
	return mime_build_write(entity);
}

const char *const *
compose_fields(void)
{
	static const char *const names[] = {
		"from", "to", "subject", "date", "message-id", "in-reply-to", "references",
		"auto-submitted", "mime-version", "content-type", "content-transfer-encoding",
		NULL,
	};

	return names;
}
