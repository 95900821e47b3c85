/* triage - see triage.h */

#include "triage.h"

#include <string.h>

#include "acts.h"

static const char *const confirmed[] = { "yes", "no", "partly", NULL };
static const char *const scope[] = { "in", "out", "unclear", NULL };

/* answers NULL: any words. */
static const struct {
	const char *name;
	const char *const *answers;
} questions[] = {
	{ "confirmed", confirmed }, { "abuse", NULL }, { "impact", NULL }, { "data", NULL },
	{ "extent", NULL }, { "found", NULL }, { "conduct", NULL }, { "reporter", NULL },
	{ "policy", NULL }, { "scope", scope },
};

GPtrArray *
triage_questions(const Decision *decision)
{
	GPtrArray *all = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < G_N_ELEMENTS(questions); i++)
		g_ptr_array_add(all, g_strdup(questions[i].name));
	for (const char *const *point = decision_points(decision); *point != NULL; point++)
		g_ptr_array_add(all, g_strdup(*point));
	return all;
}

const char *const *
triage_answers(const Decision *decision, const char *question, bool *known)
{
	const char *const *answers = decision_answers(decision, question);

	*known = answers != NULL;
	for (guint i = 0; i < G_N_ELEMENTS(questions); i++)
		if (strcmp(questions[i].name, question) == 0) {
			*known = true;
			return questions[i].answers;
		}
	return answers;
}

Json *
triage_read(const Tools *tools, Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = acts_triage(db, case_no, error);
	g_autoptr(GBytes) wrapped = NULL, sealed = NULL, bytes = NULL;
	g_autofree char *text = NULL;

	if (rows == NULL)
		return NULL;
	if (rows_count(rows) == 0)
		return json_new_object();
	wrapped = rows_bytes(rows, 0, "wrapped");
	sealed = rows_bytes(rows, 0, "record");
	text = tools_unseal_text(tools, wrapped, sealed, "triage", error);
	bytes = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;
	return bytes != NULL ? json_parse(bytes, error) : NULL;
}

bool
triage_write(const Tools *tools, Db *db, guint case_no, int analyst, const Json *answers,
    GError **error)
{
	g_autoptr(Json) record = triage_read(tools, db, case_no, error);
	g_autoptr(GBytes) bytes = NULL, wrapped = NULL, sealed = NULL;
	g_autofree char *text = NULL;

	if (record == NULL)
		return false;
	json_lay_over(record, answers);
	bytes = json_bytes(record);
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	sealed = tools_seal_text(tools, text, "triage", &wrapped);
	return acts_put_triage(db, case_no, analyst, wrapped, sealed,
	    json_text(record, "confirmed"), error);
}

/* Of the record, what the table asks for. */
static GHashTable *
points_answered(const Decision *decision, const Json *record)
{
	GHashTable *answers = g_hash_table_new(g_str_hash, g_str_equal);

	for (const char *const *point = decision_points(decision); *point != NULL; point++)
		if (json_text(record, *point) != NULL)
			g_hash_table_insert(answers, (gpointer)*point, (gpointer)json_text(record, *point));
	return answers;
}

Json *
triage_decide(const Decision *decision, const Json *record)
{
	g_autoptr(GHashTable) answers = points_answered(decision, record);
	g_autoptr(GPtrArray) possible = NULL, open = NULL;
	Json *json;

	if (g_hash_table_size(answers) == 0)
		return NULL;
	possible = decision_make(decision, answers, &open);
	json = json_new_object();
	json_put_text(json, "model", decision_name(decision));
	json_put_text(json, "decision", possible->len == 1 ? g_ptr_array_index(possible, 0) : NULL);
	json_put_texts(json, "possible", possible);
	json_put_texts(json, "open", open);
	return json;
}
