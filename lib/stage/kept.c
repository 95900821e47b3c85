/* kept - see kept.h */

#include "kept.h"

#include <string.h>

#include "json.h"

GBytes *
kept_seal(const Tools *tools, const char *own, const GPtrArray *letters, GBytes **wrapped)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *text = NULL;

	json_put_text(json, "own", own);
	json_put_texts(json, "letters", letters);
	bytes = json_bytes(json);
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	return tools_seal_text(tools, text, "answer", wrapped);
}

static GPtrArray *
texts_of(const Json *array)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < json_length(array); i++)
		g_ptr_array_add(texts, g_strdup(json_text_at(array, i)));
	return texts;
}

char *
kept_open(const Tools *tools, const HeldAnswer *held, GPtrArray **letters, GError **error)
{
	g_autofree char *text = tools_unseal_text(tools, held->wrapped, held->own, "answer", error);
	g_autoptr(GBytes) bytes = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;
	g_autoptr(Json) json = bytes != NULL ? json_parse(bytes, error) : NULL;

	if (json == NULL)
		return NULL;
	*letters = texts_of(json_get(json, "letters"));
	return g_strdup(json_text(json, "own"));
}
