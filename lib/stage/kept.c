/* kept - see kept.h */

#include "kept.h"

#include <string.h>

#include "compose.h"
#include "enclose.h"
#include "json.h"

void
kept_answer_free(KeptAnswer *kept)
{
	if (kept == NULL)
		return;
	g_free(kept->own);
	g_clear_pointer(&kept->letters, g_ptr_array_unref);
	g_clear_pointer(&kept->attached, g_ptr_array_unref);
	g_free(kept);
}

GBytes *
kept_seal(const Tools *tools, const KeptAnswer *kept, GBytes **wrapped)
{
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;
	g_autofree char *text = NULL;

	json_put_text(json, "own", kept->own);
	json_put_texts(json, "letters", kept->letters);
	json_put_int(json, "reception", kept->reception);
	if (kept->attached != NULL)
		json_put(json, "attached", enclosures_json(kept->attached));
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

KeptAnswer *
kept_open(const Tools *tools, const HeldAnswer *held, GError **error)
{
	g_autofree char *text = tools_unseal_text(tools, held->wrapped, held->own, "answer", error);
	g_autoptr(GBytes) bytes = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;
	g_autoptr(Json) json = bytes != NULL ? json_parse(bytes, error) : NULL;
	KeptAnswer *kept;

	if (json == NULL)
		return NULL;
	kept = g_new0(KeptAnswer, 1);
	kept->own = g_strdup(json_text(json, "own"));
	kept->letters = texts_of(json_get(json, "letters"));
	if (json_has(json, "attached"))
		kept->attached = enclosures_of(json_get(json, "attached"));
	kept->reception = json_int(json, "reception");
	return kept;
}
