/* mime - the one fence around GMime; see mime.h */

#include "mime.h"

#include <string.h>
#include <gmime/gmime.h>

#include "buffer.h"
#include "plain.h"
#include "text.h"

#define DEPTH_MOST 32
#define PARTS_MOST 1000

struct Mime {
	GBytes *raw;
	Entity entity;
	GByteArray window;	/* entity.whole, lent to GMime without a copy */
	GMimeMessage *message;
	GPtrArray *leaves;
	char *type;
};

/* A Part and where its bytes are; Part comes first, so that the array of
 * leaves is one of parts to the outside. */
typedef struct {
	Part part;
	GMimeObject *object;	/* borrowed; NULL: the mail's own body */
} Leaf;

/* Undeclared 8-bit bytes in a header are UTF-8, else windows-1252. */
void
mime_init(void)
{
	static const char *charsets[] = { "utf-8", "windows-1252", "iso-8859-1", NULL };

	g_mime_init();
	g_mime_parser_options_set_fallback_charsets(g_mime_parser_options_get_default(), charsets);
}

static void
leaf_free(Leaf *leaf)
{
	g_free(leaf->part.type);
	g_free(leaf->part.name);
	g_free(leaf->part.charset);
	g_free(leaf);
}

static char *
type_word(GMimeContentType *type)
{
	g_autofree char *word = NULL;
	g_autofree char *clean = NULL;

	if (type == NULL)
		return g_strdup("text/plain");
	word = g_mime_content_type_get_mime_type(type);
	clean = text_clean_line(word, -1);
	return g_ascii_strdown(clean, -1);
}

/*
 * The walk over the tree of parts.
 */

/* Where a leaf's bytes go, decoded; how many they were. */
static gsize
leaf_write(const Leaf *leaf, GMimeStream *stream)
{
	GMimeObject *object = leaf->object;
	gssize written = -1;

	if (GMIME_IS_PART(object)) {
		GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(object));

		written = content == NULL ? 0 : g_mime_data_wrapper_write_to_stream(content, stream);
	} else if (GMIME_IS_MESSAGE_PART(object)) {
		GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

		if (message != NULL)
			written = g_mime_object_write_to_stream(GMIME_OBJECT(message), NULL, stream);
	}
	return written > 0 ? (gsize)written : 0;
}

static gsize
leaf_size(const Leaf *leaf)
{
	GMimeStream *nowhere = g_mime_stream_null_new();
	gsize size = leaf_write(leaf, nowhere);

	g_object_unref(nowhere);
	return size;
}

static bool
type_is_readable(const char *type)
{
	static const char *const readable[] = {
		"text/plain", "text/html", "text/markdown", "text/enriched", NULL
	};

	return g_strv_contains(readable, type);
}

/* A text with a file name is a file, except when it comes first: some
 * programs name the body itself. */
static bool
part_is_attachment(const Part *part, const char *disposition, bool first)
{
	if (!type_is_readable(part->type))
		return true;
	if (disposition != NULL && g_ascii_strcasecmp(disposition, "attachment") == 0)
		return true;
	return part->name[0] != '\0' && !first;
}

static void
add_leaf(Mime *mime, GMimeObject *object, bool lesser)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(object);
	const char *charset = g_mime_object_get_content_type_parameter(object, "charset");
	const char *name = GMIME_IS_PART(object) ? g_mime_part_get_filename(GMIME_PART(object)) : NULL;
	Leaf *leaf = g_new0(Leaf, 1);

	leaf->object = object;
	leaf->part.n = mime->leaves->len + 1;
	leaf->part.type = type_word(type);
	leaf->part.name = text_clean_line(name != NULL ? name : "", -1);
	leaf->part.charset = text_clean_line(charset != NULL ? charset : "", -1);
	leaf->part.size = leaf_size(leaf);
	leaf->part.alternative = lesser;
	leaf->part.attachment = part_is_attachment(&leaf->part,
	    disposition != NULL ? g_mime_content_disposition_get_disposition(disposition) : NULL,
	    mime->leaves->len == 0);
	g_ptr_array_add(mime->leaves, leaf);
}

/* Does one see that kind of text first when one opens this? */
static bool
reads_as(GMimeObject *object, const char *subtype)
{
	for (int depth = 0; depth < DEPTH_MOST && GMIME_IS_MULTIPART(object); depth++) {
		if (g_mime_multipart_get_count(GMIME_MULTIPART(object)) <= 0)
			return false;
		object = g_mime_multipart_get_part(GMIME_MULTIPART(object), 0);
	}
	return g_mime_content_type_is_type(g_mime_object_get_content_type(object), "text", subtype);
}

/* Plain text before HTML before the last one, which its sender liked best. */
static int
best_alternative(GMimeMultipart *multipart, int count)
{
	static const char *const subtypes[] = { "plain", "html" };

	for (gsize i = 0; i < G_N_ELEMENTS(subtypes); i++)
		for (int n = 0; n < count; n++)
			if (reads_as(g_mime_multipart_get_part(multipart, n), subtypes[i]))
				return n;
	return count - 1;
}

static void
walk(Mime *mime, GMimeObject *object, guint depth, bool lesser)
{
	GMimeContentType *type = g_mime_object_get_content_type(object);
	GMimeMultipart *multipart;
	int count, best = -1;

	if (mime->leaves->len >= PARTS_MOST || depth > DEPTH_MOST)
		return;
	if (!GMIME_IS_MULTIPART(object)) {
		add_leaf(mime, object, lesser);
		return;
	}
	multipart = GMIME_MULTIPART(object);
	count = g_mime_multipart_get_count(multipart);
	if (g_mime_content_type_is_type(type, "multipart", "alternative"))
		best = best_alternative(multipart, count);
	for (int n = 0; n < count; n++)
		walk(mime, g_mime_multipart_get_part(multipart, n), depth + 1,
		    lesser || (best >= 0 && n != best));
}

static void
add_body(Mime *mime)
{
	Leaf *leaf = g_new0(Leaf, 1);

	leaf->part.n = 1;
	leaf->part.type = g_strdup("text/plain");
	leaf->part.name = g_strdup("");
	leaf->part.charset = g_strdup("");
	leaf->part.size = mime->entity.body.length;
	g_ptr_array_add(mime->leaves, leaf);
}

Mime *
mime_parse(GBytes *raw)
{
	Mime *mime = g_new0(Mime, 1);
	GMimeStream *stream;
	GMimeParser *parser;

	mime->raw = g_bytes_ref(raw);
	mime->entity = split_entity(slice_bytes(raw));
	mime->leaves = g_ptr_array_new_with_free_func((GDestroyNotify)leaf_free);
	mime->window.data = (guint8 *)mime->entity.whole.start;
	mime->window.len = (guint)mime->entity.whole.length;

	stream = g_mime_stream_mem_new_with_byte_array(&mime->window);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	parser = g_mime_parser_new_with_stream(stream);
	mime->message = g_mime_parser_construct_message(parser, NULL);
	if (mime->message != NULL && mime->message->mime_part != NULL) {
		mime->type = type_word(g_mime_object_get_content_type(mime->message->mime_part));
		walk(mime, mime->message->mime_part, 0, false);
	}
	if (mime->leaves->len == 0 && mime->entity.body.length > 0)
		add_body(mime);
	g_object_unref(parser);
	g_object_unref(stream);
	return mime;
}

Mime *
mime_parse_slice(Slice raw)
{
	g_autoptr(GBytes) bytes = slice_copy(raw);

	return mime_parse(bytes);
}

void
mime_free(Mime *mime)
{
	if (mime == NULL)
		return;
	g_ptr_array_unref(mime->leaves);
	g_clear_object(&mime->message);
	g_free(mime->type);
	g_bytes_unref(mime->raw);
	g_free(mime);
}

GBytes *
mime_raw(const Mime *mime)
{
	return mime->raw;
}

Entity
mime_entity(const Mime *mime)
{
	return mime->entity;
}

const char *
mime_type(const Mime *mime)
{
	return mime->type != NULL ? mime->type : "text/plain";
}

/* Cleaned, but blanks are left as they are: a boundary may hold two. */
char *
mime_parameter(const Mime *mime, const char *name)
{
	const char *value = mime->message == NULL || mime->message->mime_part == NULL ? NULL :
	    g_mime_object_get_content_type_parameter(mime->message->mime_part, name);

	return value == NULL ? NULL : g_strdelimit(text_clean(value, -1, NULL), "\n\t", ' ');
}

/*
 * Leaves.
 */

const GPtrArray *
mime_parts(const Mime *mime)
{
	return mime->leaves;
}

/* The buffer has its full size from the start, so that no copy of it is left
 * behind by growing. */
GBytes *
mime_part_bytes(const Mime *mime, guint n)
{
	g_autoptr(GByteArray) array = NULL;
	const Leaf *leaf;
	GMimeStream *stream;
	GBytes *bytes;

	g_assert(n >= 1 && n <= mime->leaves->len);
	leaf = g_ptr_array_index(mime->leaves, n - 1);
	if (leaf->object == NULL)
		return slice_copy(mime->entity.body);
	array = g_byte_array_sized_new((guint)leaf->part.size + 1);
	stream = g_mime_stream_mem_new_with_byte_array(array);
	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	leaf_write(leaf, stream);
	g_object_unref(stream);
	bytes = bytes_secret(array->data, array->len);
	explicit_bzero(array->data, array->len);
	return bytes;
}

bool
mime_part_says(const Mime *mime, guint n, const char *parameter, const char *word)
{
	const Leaf *leaf = g_ptr_array_index(mime->leaves, n - 1);
	const char *value = leaf->object == NULL ? NULL :
	    g_mime_object_get_content_type_parameter(leaf->object, parameter);

	return value != NULL && g_ascii_strcasecmp(value, word) == 0;
}

char *
mime_part_text(const Mime *mime, guint n)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(mime, n);
	const Leaf *leaf = g_ptr_array_index(mime->leaves, n - 1);
	gsize length = 0;
	g_autofree char *decoded = plain_decode(bytes, leaf->part.charset, &length);
	g_autofree char *clean = text_clean(decoded, (gssize)length, NULL);

	if (!mime_part_says(mime, n, "format", "flowed"))
		return g_steal_pointer(&clean);
	return plain_unflow(clean, mime_part_says(mime, n, "delsp", "yes"));
}
