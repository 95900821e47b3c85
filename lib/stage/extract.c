/* extract - see extract.h */

#include "extract.h"

#include <stddef.h>

#include "buffer.h"
#include "times.h"

static void
attached_free(gpointer data)
{
	Attached *attached = data;

	g_free(attached->name);
	g_free(attached->type);
	g_free(attached->sha256);
	g_free(attached);
}

Extract *
extract_new(void)
{
	Extract *extract = g_new0(Extract, 1);

	extract->attachments = g_ptr_array_new_with_free_func(attached_free);
	extract->indicators = g_ptr_array_new_with_free_func(g_free);
	extract->reasons = g_ptr_array_new_with_free_func(g_free);
	return extract;
}

/* The words of an extract: one row each, so that writing, reading and freeing
 * cannot drift apart. */
static const struct {
	const char *key;
	gsize offset;
} words[] = {
	{ "subject",    offsetof(Extract, subject) },
	{ "from",       offsetof(Extract, from) },
	{ "from_name",  offsetof(Extract, from_name) },
	{ "to",         offsetof(Extract, to) },
	{ "text",       offsetof(Extract, text) },
	{ "message_id", offsetof(Extract, message_id) },
	{ "encryption", offsetof(Extract, encryption) },
	{ "signature",  offsetof(Extract, signature) },
	{ "signer",     offsetof(Extract, signer) },
	{ "language",   offsetof(Extract, language) },
	{ "motive",     offsetof(Extract, motive) },
	{ "severity",   offsetof(Extract, severity) },
};

static char **
word_at(const Extract *extract, guint i)
{
	return G_STRUCT_MEMBER_P(extract, words[i].offset);
}

void
extract_free(Extract *extract)
{
	if (extract == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		text_wipe(*word_at(extract, i));
	g_ptr_array_unref(extract->attachments);
	g_ptr_array_unref(extract->indicators);
	g_ptr_array_unref(extract->reasons);
	g_free(extract);
}

static void
replace(char **word, const char *by)
{
	text_wipe(*word);
	*word = g_strdup(by);
}

void
extract_hide(Extract *extract, const char *direction, const char *kind)
{
	if (g_strcmp0(kind, "bounce") == 0) {
		replace(&extract->from, NULL);
		replace(&extract->from_name, NULL);
		replace(&extract->subject, "");
		replace(&extract->text, "");
		g_ptr_array_set_size(extract->indicators, 0);
	} else if (g_strcmp0(direction, "in") == 0) {
		replace(&extract->from, HIDDEN_NAME);
		replace(&extract->from_name, NULL);
		replace(&extract->message_id, NULL);
	} else {
		replace(&extract->to, HIDDEN_NAME);
	}
}

Json *
extract_attachments(const Extract *extract)
{
	Json *array = json_new_array();

	for (guint i = 0; i < extract->attachments->len; i++) {
		const Attached *attached = g_ptr_array_index(extract->attachments, i);
		Json *object = json_new_object();

		json_put_int(object, "n", attached->n);
		json_put_text(object, "name", attached->name);
		json_put_text(object, "type", attached->type);
		json_put_int(object, "size", attached->size);
		json_put_text(object, "sha256", attached->sha256);
		json_add(array, object);
	}
	return array;
}

static void
attachments_read(const Json *array, GPtrArray *attachments)
{
	for (guint i = 0; i < json_length(array); i++) {
		const Json *object = json_at(array, i);
		Attached *attached = g_new0(Attached, 1);

		attached->n = (guint)json_int(object, "n");
		attached->name = g_strdup(json_text(object, "name"));
		attached->type = g_strdup(json_text(object, "type"));
		attached->size = json_int(object, "size");
		attached->sha256 = g_strdup(json_text(object, "sha256"));
		g_ptr_array_add(attachments, attached);
	}
}

static void
texts_read(const Json *array, GPtrArray *texts)
{
	for (guint i = 0; i < json_length(array); i++)
		g_ptr_array_add(texts, g_strdup(json_text_at(array, i)));
}

void
extract_seal(const Extract *extract, const SealKey *storage_public,
    GBytes **wrapped, GBytes **sealed)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) bytes = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		json_put_text(json, words[i].key, *word_at(extract, i));
	json_put_time(json, "date", extract->date);
	json_put_time(json, "signed", extract->signed_at);
	json_put(json, "attachments", extract_attachments(extract));
	json_put_texts(json, "indicators", extract->indicators);
	json_put_texts(json, "reasons", extract->reasons);
	bytes = json_bytes(json);
	*sealed = seal_small(key, "extract", bytes);
	*wrapped = seal_wrap(key, storage_public);
}

static Extract *
extract_read(const Json *json)
{
	Extract *extract = extract_new();
	const char *date = json_text(json, "date"), *made = json_text(json, "signed");

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		*word_at(extract, i) = g_strdup(json_text(json, words[i].key));
	extract->date = date != NULL ? times_parse_rfc3339(date) : 0;
	extract->signed_at = made != NULL ? times_parse_rfc3339(made) : 0;
	attachments_read(json_get(json, "attachments"), extract->attachments);
	texts_read(json_get(json, "indicators"), extract->indicators);
	texts_read(json_get(json, "reasons"), extract->reasons);
	return extract;
}

Extract *
extract_open(GBytes *wrapped, GBytes *sealed, const SealKey *storage_public,
    const SealKey *storage_secret, GError **error)
{
	g_autoptr(SealKey) key = seal_unwrap(wrapped, storage_public, storage_secret, error);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Json) json = NULL;

	if (key == NULL)
		return NULL;
	bytes = unseal_small(key, "extract", sealed, error);
	if (bytes == NULL)
		return NULL;
	json = json_parse(bytes, error);
	return json != NULL ? extract_read(json) : NULL;
}
