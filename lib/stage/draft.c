/* draft - see draft.h */

#include "draft.h"

#include <stddef.h>

#include "enclose.h"
#include "json.h"
#include "times.h"

/* The texts of a letter, one row each. */
static const struct {
	const char *key;
	gsize offset;
} words[] = {
	{ "from",          offsetof(Letter, from) },
	{ "from_name",     offsetof(Letter, from_name) },
	{ "to",            offsetof(Letter, to) },
	{ "subject",       offsetof(Letter, subject) },
	{ "outer_subject", offsetof(Letter, outer_subject) },
	{ "message_id",    offsetof(Letter, message_id) },
	{ "in_reply_to",   offsetof(Letter, in_reply_to) },
	{ "body",          offsetof(Letter, body) },
};

GPtrArray *
draft_seal(const Letter *letter, const char *envelope_sender, const SealKey *key)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		json_put_text(json, words[i].key, G_STRUCT_MEMBER(char *, letter, words[i].offset));
	json_put_time(json, "date", letter->date);
	if (letter->references != NULL)
		json_put_texts(json, "references", letter->references);
	json_put_bool(json, "automatic", letter->automatic);
	json_put_bool(json, "copy_subject", letter->copy_subject);
	json_put(json, "enclosures", enclosures_json(letter->enclosures));
	json_put_text(json, "envelope_sender", envelope_sender);
	bytes = json_bytes(json);
	return seal_chunks(key, "draft", g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static Letter *
letter_read(const Json *json)
{
	Letter *letter = letter_new();
	const Json *references = json_get(json, "references");
	const char *date = json_text(json, "date");

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		G_STRUCT_MEMBER(char *, letter, words[i].offset) = g_strdup(json_text(json, words[i].key));
	letter->date = date != NULL ? times_parse_rfc3339(date) : 0;
	letter->automatic = json_bool(json, "automatic");
	letter->copy_subject = json_bool(json, "copy_subject");
	letter->references = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; references != NULL && i < json_length(references); i++)
		g_ptr_array_add(letter->references, g_strdup(json_text_at(references, i)));
	letter->enclosures = enclosures_of(json_get(json, "enclosures"));
	return letter;
}

Letter *
draft_open(const GPtrArray *chunks, const SealKey *key, char **envelope_sender,
    GError **error)
{
	g_autoptr(GBytes) bytes = unseal_chunks(key, "draft", chunks, error);
	g_autoptr(Json) json = bytes != NULL ? json_parse(bytes, error) : NULL;

	if (json == NULL)
		return NULL;
	*envelope_sender = g_strdup(json_text(json, "envelope_sender"));
	return letter_read(json);
}
