/* opinion - see opinion.h */

#include "opinion.h"

#include <string.h>

#include "text.h"

#define COLUMN "  %-13s "

/* With a point, whatever the locale. */
static const char *
score_of(double score, char *into, int size)
{
	return g_ascii_formatd(into, size, "%.2f", score);
}

void
opinion_mark(const Run *run, Marks *marks)
{
	static const MarkKind kinds[] = {
		MARK_CLASS, MARK_MOTIVE, MARK_LANGUAGE, MARK_PARTICIPANT,
	};
	char score[G_ASCII_DTOSTR_BUF_SIZE];

	for (guint i = 0; i < G_N_ELEMENTS(kinds); i++)
		marks_strip(marks, kinds[i]);
	if (run->verdict == NULL)
		return;
	marks_add(marks, MARK_CLASS, "%s; score=%s", run->verdict->class,
	    score_of(run->verdict->score, score, sizeof(score)));
	marks_add(marks, MARK_MOTIVE, "%s", run->verdict->motive);
	if (run->language[0] != '\0')
		marks_add(marks, MARK_LANGUAGE, "%s", run->language);
	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		marks_add(marks, MARK_PARTICIPANT, "%s; by=%s; what=%s", match->name, match->how,
		    match->what);
	}
}

/* A participant is named once, for however many reasons. */
static Json *
names_of(const Run *run)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	Json *array = json_new_array();

	for (guint i = 0; run->matches != NULL && i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		if (g_ptr_array_find_with_equal_func(names, match->name, g_str_equal, NULL))
			continue;
		g_ptr_array_add(names, match->name);
		json_add_text(array, match->name);
	}
	return array;
}

/* How sure and why, for each reason. */
static Json *
matches_of(const Run *run)
{
	Json *array = json_new_array();

	for (guint i = 0; run->matches != NULL && i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);
		Json *json = json_new_object();

		json_put_text(json, "name", match->name);
		json_put_text(json, "by", match->how);
		json_put_text(json, "what", match->what);
		json_put_text(json, "sure", match->sure);
		json_add(array, json);
	}
	return array;
}

static Json *
products_of(const Run *run)
{
	Json *array = json_new_array();

	for (guint i = 0; run->products != NULL && i < run->products->len; i++)
		json_add_text(array, ((const Product *)g_ptr_array_index(run->products, i))->name);
	return array;
}

static Json *
indicators_of(const Run *run)
{
	Json *array = json_new_array();

	for (guint i = 0; run->indicators != NULL && i < run->indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(run->indicators, i);

		json_add_text(array, indicator->value);
	}
	return array;
}

static Json *
reasons_of(const Run *run)
{
	Json *array = json_new_array();
	g_autofree char *limit = NULL;

	for (guint i = 0; run->verdict != NULL && i < run->verdict->reasons->len; i++)
		json_add_text(array, g_ptr_array_index(run->verdict->reasons, i));
	if (run->parked == NULL)
		return array;
	limit = g_strdup_printf("over the limit: %s", run->parked);
	json_add_text(array, limit);
	return array;
}

/* What stands behind the eight fields that are promised in this order. */
static void
put_more(Json *json, const Run *run)
{
	const Verdict *verdict = run->verdict;

	json_put_text(json, "severity", verdict != NULL && verdict->severity[0] != '\0' ? verdict->severity : NULL);
	json_put_bool(json, "low_value", verdict != NULL && verdict->low_value);
	if (verdict != NULL && verdict->claimed >= 0)
		json_put_real(json, "claimed", verdict->claimed);
	else
		json_put_null(json, "claimed");
	json_put(json, "matches", matches_of(run));
	json_put(json, "products", products_of(run));
	json_put_text(json, "kind", run->mail != NULL ? mail_kind_word(run->mail->kind) : NULL);
}

Json *
opinion_json(const Run *run, const char *file)
{
	const Verdict *verdict = run->verdict;
	g_autofree char *name = text_clean(file, -1, NULL);
	bool known = run->language != NULL && run->language[0] != '\0';
	Json *json = json_new_object();

	json_put_text(json, "file", name);
	json_put_text(json, "class", verdict != NULL ? verdict->class : NULL);
	json_put_text(json, "motive", verdict != NULL ? verdict->motive : NULL);
	if (verdict != NULL)
		json_put_real(json, "score", verdict->score);
	else
		json_put_null(json, "score");
	json_put_text(json, "language", known ? run->language : NULL);
	json_put(json, "participants", names_of(run));
	json_put(json, "indicators", indicators_of(run));
	json_put(json, "reasons", reasons_of(run));
	put_more(json, run);
	return json;
}

static void
add_all(GString *words, const char *what, const GPtrArray *texts)
{
	for (guint i = 0; i < texts->len; i++)
		g_string_append_printf(words, COLUMN "%s\n", i == 0 ? what : "",
		    (const char *)g_ptr_array_index(texts, i));
}

static void
add_findings(GString *words, const Run *run)
{
	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		g_string_append_printf(words, COLUMN "%s, by %s %s (%s)\n", i == 0 ? "participants" : "",
		    match->name, match->how, match->what, match->sure);
	}
	for (guint i = 0; i < run->products->len; i++) {
		const Product *product = g_ptr_array_index(run->products, i);

		g_string_append_printf(words, COLUMN "%s, used by %u\n", i == 0 ? "products" : "",
		    product->name, product->users);
	}
	add_all(words, "nobody's", run->strange);
	for (guint i = 0; i < run->indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(run->indicators, i);

		g_string_append_printf(words, COLUMN "%s %s\n", i == 0 ? "indicators" : "",
		    indicator_word(indicator->kind), indicator->value);
	}
}

/* "high, 8.6 by its CVSS vector" */
static void
add_severity(GString *words, const Verdict *verdict)
{
	char score[G_ASCII_DTOSTR_BUF_SIZE];

	if (verdict->low_value)
		g_string_append_printf(words, COLUMN "low\n", "value");
	if (verdict->severity[0] == '\0' && verdict->claimed < 0)
		return;
	g_string_append_printf(words, COLUMN "%s", "severity",
	    verdict->severity[0] != '\0' ? verdict->severity : "none");
	if (verdict->claimed >= 0)
		g_string_append_printf(words, ", %s by its CVSS vector",
		    g_ascii_formatd(score, sizeof(score), "%.1f", verdict->claimed));
	g_string_append_c(words, '\n');
}

char *
opinion_words(const Run *run, const char *file)
{
	const Verdict *verdict = run->verdict;
	g_autofree char *name = text_clean(file, -1, NULL);
	char score[G_ASCII_DTOSTR_BUF_SIZE];
	GString *words = g_string_new(NULL);

	g_string_append_printf(words, "%s\n", name);
	if (verdict == NULL) {
		g_string_append_printf(words, COLUMN "over the limit: %s\n", "not read",
		    run->parked);
		return g_string_free(words, FALSE);
	}
	g_string_append_printf(words, COLUMN "%s %s\n", "class", verdict->class,
	    score_of(verdict->score, score, sizeof(score)));
	g_string_append_printf(words, COLUMN "%s %s\n", "motive", verdict->motive,
	    score_of(verdict->motive_score, score, sizeof(score)));
	add_severity(words, verdict);
	g_string_append_printf(words, COLUMN "%s\n", "language",
	    run->language[0] != '\0' ? run->language : "cannot be told");
	add_all(words, "because of", verdict->reasons);
	add_all(words, "over budget", verdict->skipped);
	add_findings(words, run);
	return g_string_free(words, FALSE);
}
