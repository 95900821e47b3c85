/* progress - see progress.h */

#include "progress.h"

#include <string.h>

#include "consents.h"
#include "counsel.h"
#include "hold.h"
#include "reporter.h"
#include "sending.h"
#include "template.h"
#include "text.h"

/* Who hears of what; the words are "progress-reporter-STATUS", "progress-party-STATUS". */
static const struct {
	const char *status;
	bool organisations;
} moves[] = {
	{ "triage", false },
	{ "forwarded", false },
	{ "fixing", false },
	{ "resolved", true },
	{ "disclosed", true },
	{ "closed", true },
};

static bool
is_reporter(const Side *side)
{
	return strcmp(side->role, "reporter") == 0;
}

static bool
hears(const Side *side, const char *status)
{
	for (guint i = 0; side->told && !counsel_is(side) && i < G_N_ELEMENTS(moves); i++)
		if (strcmp(moves[i].status, status) == 0)
			return is_reporter(side) || moves[i].organisations;
	return false;
}

/* --- whom to thank --- */

/* By which name a reporter agreed to be credited. */
static char *
credited_by(const Acting *acting, const Rows *rows, guint row, GError **error)
{
	const Tools *tools = acting->run->tools;
	const Side *side = side_of_id(acting->sides, rows_int(rows, row, "party"));
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped"), sealed = rows_bytes(rows, row, "value");
	g_autofree char *value = tools_unseal_text(tools, wrapped, sealed, "credit", NULL);
	g_autoptr(Reporter) reporter = NULL;

	if (value != NULL)
		return g_steal_pointer(&value);
	reporter = side != NULL && side->record != NULL ? reporter_open(tools, side->wrapped, side->record,
	    error) : NULL;
	return reporter != NULL && reporter->name != NULL ? text_clean_line(reporter->name, -1) : NULL;
}

/* "Who found it wants to be thanked as: The Heron of Delft". */
static char *
thanks(const Acting *acting, GHashTable *words, GError **error)
{
	g_autoptr(Rows) rows = consents_list(acting->run->db, acting->now->case_no, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		g_autofree char *name = rows_bool(rows, i, "holds") &&
		    strcmp(rows_text(rows, i, "what"), "credit") == 0 ?
		    credited_by(acting, rows, i, error) : NULL;

		if (name != NULL)
			return g_strdup_printf("\n%s %s", template_word(words, "thank-as"), name);
	}
	return rows == NULL ? NULL : g_strdup_printf("\n%s", template_word(words, "thank-nobody"));
}

/* --- the notes --- */

static char *
words_for(const Acting *acting, const Side *side, const char *status, GError **error)
{
	g_autoptr(GHashTable) words = template_words(acting->run->tools->settings->text_folder,
	    side->language, error);
	g_autofree char *more = NULL;

	if (words == NULL)
		return NULL;
	if (is_reporter(side) || strcmp(status, "disclosed") != 0)
		more = g_strdup("");
	else
		more = thanks(acting, words, error);
	return more == NULL ? NULL : g_strconcat(template_word_of(words,
	    is_reporter(side) ? "progress-reporter" : "progress-party", status), more, NULL);
}

/* To a reporter without a key it may leave in clear: it says nothing of the matter. */
static bool
prepare(Acting *acting, Side *side, const char *status, GError **error)
{
	g_autofree char *text = words_for(acting, side, status, error);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	const Sending sending = { .kind = "progress", .to = side, .text = text, .own = "",
	    .template = is_reporter(side) ? "progress" : "progress-party",
	    .standard = is_reporter(side) ? values : NULL,
	    .unusual = hold_name(HOLD_PROGRESS), .beside = true, .optional = true };

	if (text == NULL)
		return false;
	g_hash_table_insert(values, (gpointer)"tag", g_strdup(acting->now->tag));
	g_hash_table_insert(values, (gpointer)"text", g_strdup(text));
	return sending_plan(acting, &sending, error);
}

static bool
file_forgotten(const Acting *acting, gconstpointer what, GError **error)
{
	(void)what;
	return sides_forget_progress(acting->run->db, acting->now->case_no, error);
}

void
progress_forget(Acting *acting)
{
	acting_step(acting, file_forgotten, NULL, NULL);
}

bool
progress_prepare(Acting *acting, const char *status, GError **error)
{
	progress_forget(acting);
	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	for (guint i = 0; i < acting->sides->len; i++) {
		Side *side = g_ptr_array_index(acting->sides, i);

		if (hears(side, status) && !prepare(acting, side, status, error))
			return false;
	}
	return true;
}
