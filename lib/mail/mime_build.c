/* The building half of mime. The octets are written here one by one, because
 * a signature is made over them and the same letter must give the same bytes;
 * GMime only encodes the words of a header. */

#include "mime.h"

#include <string.h>
#include <gmime/gmime.h>

#include "buffer.h"
#include "text.h"

#define FOLD 76

struct MimeBuilder {
	GString *header;	/* fields, encoded and folded */
	GString *type;		/* "text/plain; charset=utf-8" */
	const char *encoding;	/* NULL: none is written */
	GString *disposition;	/* NULL: none is written */
	Buffer *body;
	GPtrArray *children;
	char *boundary;
};

static MimeBuilder *
builder_new(const char *type, const char *encoding)
{
	MimeBuilder *entity = g_new0(MimeBuilder, 1);

	entity->header = g_string_new(NULL);
	entity->type = g_string_new(type);
	entity->encoding = encoding;
	entity->body = buffer_new(0);
	return entity;
}

static void
string_wipe(GString *string)
{
	if (string == NULL)
		return;
	explicit_bzero(string->str, string->allocated_len);
	g_string_free(string, TRUE);
}

void
mime_builder_free(MimeBuilder *entity)
{
	if (entity == NULL)
		return;
	string_wipe(entity->header);
	string_wipe(entity->type);
	string_wipe(entity->disposition);
	buffer_free(entity->body);
	g_clear_pointer(&entity->children, g_ptr_array_unref);
	g_free(entity->boundary);
	g_free(entity);
}

/*
 * Bodies.
 */

/* Must this octet be written as =XX? next is what follows it, '\n' at the end
 * of a line; a leading "From " and a lone dot would be changed on the way. */
static bool
needs_quoting(char octet, char next, bool first, const char *rest)
{
	if ((octet == ' ' || octet == '\t') && next == '\n')
		return true;
	if (first && (octet == '.' || g_str_has_prefix(rest, "From ")))
		return true;
	return octet != ' ' && octet != '\t' && (octet < 33 || octet > 126 || octet == '=');
}

static void
quote_line(Buffer *out, const char *line, gsize length)
{
	gsize column = 0;

	for (gsize i = 0; i < length; i++) {
		bool quoted = needs_quoting(line[i], i + 1 < length ? line[i + 1] : '\n', i == 0, line + i);
		char escaped[4];

		if (column + (quoted ? 3 : 1) > FOLD - 1) {
			buffer_add_text(out, "=\r\n");
			column = 0;
		}
		g_snprintf(escaped, sizeof(escaped), "=%02X", (unsigned char)line[i]);
		buffer_add(out, quoted ? escaped : line + i, quoted ? 3 : 1);
		column += quoted ? 3 : 1;
	}
	buffer_add_text(out, "\r\n");
}

MimeBuilder *
mime_build_text(const char *text, const char *subtype)
{
	g_autofree char *type = g_strdup_printf("text/%s; charset=utf-8", subtype);
	MimeBuilder *entity = builder_new(type, "quoted-printable");

	while (*text != '\0') {
		gsize length = strcspn(text, "\n");

		quote_line(entity->body, text, length - (length > 0 && text[length - 1] == '\r'));
		text += length + (text[length] == '\n');
	}
	return entity;
}

static void
set_disposition(MimeBuilder *entity, const char *disposition, const char *name)
{
	entity->disposition = g_string_new(disposition);
	if (name == NULL)
		return;
	mime_build_parameter(entity, "name", name);
	g_string_append(entity->disposition, "; filename=\"");
	for (; *name != '\0'; name++)
		g_string_append_c(entity->disposition,
		    g_ascii_isprint(*name) && *name != '"' && *name != '\\' ? *name : '_');
	g_string_append_c(entity->disposition, '"');
}

MimeBuilder *
mime_build_bytes(GBytes *bytes, const char *type, const char *name, bool attachment)
{
	MimeBuilder *entity = builder_new(type, "base64");
	gsize size = 0;
	const guchar *data = g_bytes_get_data(bytes, &size);

	for (gsize at = 0; at < size; at += 57) {
		char line[80];
		gint state = 0, save = 0;
		gsize length = g_base64_encode_step(data + at, MIN(57, size - at), FALSE, line,
		    &state, &save);

		length += g_base64_encode_close(FALSE, line + length, &state, &save);
		buffer_add(entity->body, line, length);
		buffer_add_text(entity->body, "\r\n");
	}
	set_disposition(entity, attachment ? "attachment" : "inline", name);
	return entity;
}

MimeBuilder *
mime_build_7bit(const char *ascii, const char *type, const char *name)
{
	MimeBuilder *entity = builder_new(type, NULL);

	while (*ascii != '\0') {
		gsize length = strcspn(ascii, "\r\n");

		buffer_add(entity->body, ascii, length);
		ascii += length;
		if (*ascii == '\n')
			buffer_add_text(entity->body, "\r\n");
		ascii += *ascii != '\0';
	}
	if (name != NULL)
		set_disposition(entity, "inline", name);
	return entity;
}

MimeBuilder *
mime_build_multipart(const char *subtype, const char *boundary)
{
	g_autofree char *type = g_strdup_printf("multipart/%s", subtype);
	MimeBuilder *entity = builder_new(type, NULL);

	entity->children = g_ptr_array_new_with_free_func((GDestroyNotify)mime_builder_free);
	entity->boundary = g_strdup(boundary);
	mime_build_parameter(entity, "boundary", boundary);
	return entity;
}

void
mime_build_add(MimeBuilder *multipart, MimeBuilder *child)
{
	g_assert(multipart->children != NULL);
	g_ptr_array_add(multipart->children, child);
}

/*
 * Headers.
 */

/* In quotes; what is not ASCII goes by RFC 2231. */
void
mime_build_parameter(MimeBuilder *entity, const char *name, const char *value)
{
	g_autofree char *clean = text_clean_line(value, -1);

	if (!g_str_is_ascii(clean)) {
		g_autofree char *escaped = g_uri_escape_string(clean, NULL, FALSE);

		g_string_append_printf(entity->type, "; %s*=utf-8''%s", name, escaped);
		return;
	}
	g_string_append_printf(entity->type, "; %s=\"", name);
	for (const char *at = clean; *at != '\0'; at++) {
		if (*at == '"' || *at == '\\')
			g_string_append_c(entity->type, '\\');
		g_string_append_c(entity->type, *at);
	}
	g_string_append_c(entity->type, '"');
}

/* "Name: words", broken at blanks before it gets too wide. */
static void
add_folded(GString *header, const char *name, const char *value)
{
	g_auto(GStrv) words = g_strsplit(value, " ", -1);
	gsize column = strlen(name) + 1;

	g_string_append_printf(header, "%s:", name);
	for (char **word = words; *word != NULL; word++) {
		gsize width = strlen(*word) + 1;

		if (column + width > FOLD && word != words) {
			g_string_append(header, "\r\n");
			column = 0;
		}
		g_string_append_printf(header, " %s", *word);
		column += width;
	}
	g_string_append(header, "\r\n");
}

void
mime_build_header(MimeBuilder *entity, const char *name, const char *value)
{
	g_autofree char *clean = text_clean_line(value, -1);
	g_autofree char *encoded = NULL;

	g_assert(name[0] != '\0' && name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-")] == '\0');
	if (!g_str_is_ascii(clean))
		encoded = g_mime_utils_header_encode_text(NULL, clean, "utf-8");
	add_folded(entity->header, name, encoded != NULL ? encoded : clean);
}

/*
 * Writing.
 */

static void
write_entity(const MimeBuilder *entity, Buffer *out)
{
	g_autoptr(GString) fields = g_string_new(entity->header->str);

	add_folded(fields, "Content-Type", entity->type->str);
	if (entity->encoding != NULL)
		add_folded(fields, "Content-Transfer-Encoding", entity->encoding);
	if (entity->disposition != NULL)
		add_folded(fields, "Content-Disposition", entity->disposition->str);
	g_string_append(fields, "\r\n");
	buffer_add(out, fields->str, fields->len);
	buffer_add(out, buffer_data(entity->body), buffer_length(entity->body));
	explicit_bzero(fields->str, fields->len);
	if (entity->children == NULL)
		return;
	for (guint i = 0; i < entity->children->len; i++) {
		g_autofree char *line = g_strdup_printf("%s--%s\r\n", i == 0 ? "" : "\r\n", entity->boundary);

		buffer_add_text(out, line);
		write_entity(g_ptr_array_index(entity->children, i), out);
	}
	buffer_add_text(out, "\r\n--");
	buffer_add_text(out, entity->boundary);
	buffer_add_text(out, "--\r\n");
}

GBytes *
mime_build_write(MimeBuilder *entity)
{
	g_autoptr(Buffer) out = buffer_new(0);

	write_entity(entity, out);
	return buffer_steal(out);
}
