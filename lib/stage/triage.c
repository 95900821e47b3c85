/* triage - see triage.h */

#include "triage.h"

#include <string.h>

#include "acts.h"

static const char *const questions[] = {
	"confirmed", "abuse", "impact", "found", "conduct", "extent", NULL
};

const char *const *
triage_questions(void)
{
	return questions;
}

bool
triage_accepts(const char *question, const char *answer)
{
	static const char *const confirmed[] = { "yes", "no", "partly", NULL };

	if (!g_strv_contains(questions, question) || answer[0] == '\0')
		return false;
	return strcmp(question, "confirmed") != 0 || g_strv_contains(confirmed, answer);
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
	for (guint i = 0; questions[i] != NULL; i++)
		if (json_text(answers, questions[i]) != NULL)
			json_put_text(record, questions[i], json_text(answers, questions[i]));
	bytes = json_bytes(record);
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	sealed = tools_seal_text(tools, text, "triage", &wrapped);
	return acts_put_triage(db, case_no, analyst, wrapped, sealed, error);
}
