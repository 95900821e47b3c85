/* counsel - see counsel.h */

#include "counsel.h"

#include <string.h>

#include "admin.h"
#include "extract.h"
#include "hold.h"
#include "quote.h"

#define RUN 5			/* so many words in a row are no accident */

bool
counsel_is(const Side *side)
{
	return strcmp(side->role, "legal") == 0;
}

static bool
has_counsel(const GPtrArray *sides)
{
	for (guint i = 0; i < sides->len; i++)
		if (counsel_is(g_ptr_array_index(sides, i)))
			return true;
	return false;
}

/* What is no letter or digit is no part of a word, a mark of quotation neither. */
static GPtrArray *
words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *folded = g_utf8_casefold(text, -1);
	const char *at = folded;

	while (*at != '\0') {
		const char *start = at;

		while (*at != '\0' && g_unichar_isalnum(g_utf8_get_char(at)))
			at = g_utf8_next_char(at);
		if (at > start)
			g_ptr_array_add(words, g_strndup(start, (gsize)(at - start)));
		else
			at = g_utf8_next_char(at);
	}
	return words;
}

static char *
run_of(const GPtrArray *words, guint start)
{
	GString *run = g_string_new(NULL);

	for (guint i = 0; i < RUN; i++)
		g_string_append_printf(run, "%s ", (const char *)g_ptr_array_index(words, start + i));
	return g_string_free(run, FALSE);
}

static void
add_runs(GHashTable *runs, const char *text)
{
	g_autoptr(GPtrArray) words = words_of(text);

	for (guint i = 0; i + RUN <= words->len; i++)
		g_hash_table_add(runs, run_of(words, i));
}

/* What counsel wrote, without what counsel quoted of ours. */
static bool
add_message(GHashTable *runs, const Tools *tools, const Rows *rows, guint row, GError **error)
{
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, "extract");
	g_autoptr(Extract) extract = NULL;
	g_autofree char *own = NULL;

	if (wrapped == NULL)		/* erased */
		return true;
	extract = extract_open(wrapped, sealed, tools->storage_public, tools->storage_secret, error);
	if (extract == NULL)
		return false;
	if (extract->text != NULL) {
		own = quote_strip(extract->text, quote_manner(extract->subject, true));
		add_runs(runs, own);
	}
	return true;
}

static GHashTable *
runs_of_counsel(const Tools *tools, Db *db, const GPtrArray *sides, guint case_no, GError **error)
{
	g_autoptr(GHashTable) runs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(Rows) rows = admin_messages(db, case_no, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		const Side *side = side_of_id(sides, rows_int(rows, i, "party"));

		if (side != NULL && counsel_is(side) &&
		    strcmp(rows_text(rows, i, "direction"), "in") == 0 &&
		    !add_message(runs, tools, rows, i, error))
			return NULL;
	}
	return rows != NULL ? g_steal_pointer(&runs) : NULL;
}

/* The first run of the text that is among them; NULL: none. */
static char *
first_run(const char *text, GHashTable *runs)
{
	g_autoptr(GPtrArray) words = words_of(text);

	for (guint i = 0; i + RUN <= words->len; i++) {
		g_autofree char *run = run_of(words, i);

		if (g_hash_table_contains(runs, run))
			return g_strchomp(g_steal_pointer(&run));
	}
	return NULL;
}

bool
counsel_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    const char *text, GateFinding *finding, GError **error)
{
	g_autoptr(GHashTable) runs = NULL;
	g_autofree char *run = NULL;

	if (counsel_is(to) || !has_counsel(sides))
		return true;
	runs = runs_of_counsel(tools, db, sides, to->case_no, error);
	if (runs == NULL)
		return false;
	run = first_run(text, runs);
	if (run != NULL) {
		gate_finding_clear(finding);
		finding->held = hold_name(HOLD_COUNSEL);
		finding->line = g_steal_pointer(&run);
	}
	return true;
}
