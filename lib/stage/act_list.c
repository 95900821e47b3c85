/* act_list - which cases there are, and where words stand; see act.h */

#include "act.h"

#include <string.h>

#include "admin.h"
#include "clocks.h"
#include "extract.h"
#include "readers.h"
#include "sought.h"
#include "template.h"
#include "times.h"
#include "upkeep.h"

#define MOST_CASES 200		/* in a list: a mail is no report */
#define MOST_HITS 50
#define BATCH 500
#define SOON_DAYS 3		/* working days within which something is due */

/* --- the cases --- */

const char *
act_list_column(const Rows *rows, guint row, const char *name)
{
	const char *text = rows_text(rows, row, name);

	return text != NULL ? text : "-";
}

/* The title we gave it, opened; NULL if it has none. */
static char *
title_of(const Acting *acting, const Rows *rows, guint row)
{
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, "title");

	return tools_unseal_text(acting->run->tools, wrapped, sealed, "title", NULL);
}

void
act_list_line(Acting *acting, const Rows *rows, guint row)
{
	g_autoptr(GPtrArray) names = rows_texts(rows, row, "participants");
	g_autofree char *title = title_of(acting, rows, row);
	g_autofree char *all = NULL;

	g_ptr_array_add(names, NULL);
	all = g_strjoinv(" ", (char **)names->pdata);
	g_string_append_printf(acting->shown, "%s  %s  %s  %s  %s  %s%s%s\n", act_list_column(rows, row, "tag"),
	    act_list_column(rows, row, "status"), act_list_column(rows, row, "severity"), act_list_column(rows, row, "class"),
	    act_list_column(rows, row, "owner"), all, title != NULL ? "  " : "", title != NULL ? title : "");
}

static bool
is_closed(const Rows *rows, guint row)
{
	return g_strcmp0(rows_text(rows, row, "status"), "closed") == 0;
}

static bool
is_mine(const Acting *acting, const Rows *rows, guint row)
{
	return g_strcmp0(rows_text(rows, row, "owner"), acting->authority->handle) == 0;
}

/* Numbers of cases as keys of a set; NULL with an error. */
static GHashTable *
held_cases(const Acting *acting, GError **error)
{
	g_autoptr(Rows) rows = sides_held_cases(acting->run->db, acting->authority->analyst, error);
	GHashTable *held;

	if (rows == NULL)
		return NULL;
	held = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < rows_count(rows); i++)
		g_hash_table_add(held, GUINT_TO_POINTER((guint)rows_int(rows, i, "case_no")));
	return held;
}

/* held: the cases something waits in; NULL: that does not matter. */
static bool
belongs(const Acting *acting, const char *which, GHashTable *held, const Rows *rows, guint row)
{
	if (held != NULL)
		return g_hash_table_contains(held, GUINT_TO_POINTER((guint)rows_int(rows, row, "case_no")));
	return !is_closed(rows, row) && (strcmp(which, "mine") != 0 || is_mine(acting, rows, row));
}

static guint
list_cases(Acting *acting, const char *which, GHashTable *held, const Rows *rows)
{
	guint shown = 0;

	for (guint i = 0; i < rows_count(rows) && shown < MOST_CASES; i++)
		if (belongs(acting, which, held, rows, i)) {
			act_list_line(acting, rows, i);
			shown++;
		}
	return shown;
}

/* --- what is due --- */

/* The row of each case, from 1, by its tag. */
static GHashTable *
rows_by_tag(const Rows *rows)
{
	GHashTable *by_tag = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint i = 0; i < rows_count(rows); i++)
		g_hash_table_insert(by_tag, (gpointer)rows_text(rows, i, "tag"), GUINT_TO_POINTER(i + 1));
	return by_tag;
}

/* "assessment: 27 November 2026, 17:00" above its case. */
static void
show_due(Acting *acting, const Rows *clocks, guint clock, const Rows *rows, guint row)
{
	const Settings *settings = acting->run->tools->settings;
	g_autofree char *day = times_long(rows_time(clocks, clock, "due"), settings->team_zone,
	    settings->team_language);

	g_string_append_printf(acting->shown, "%s: %s\n  ", template_word_of(acting->words, "due",
	    rows_text(clocks, clock, "kind")), day);
	act_list_line(acting, rows, row);
}

/* What is over, and what comes soon, the oldest first. */
static bool
list_due(Acting *acting, const Rows *rows, guint *shown, GError **error)
{
	const Settings *settings = acting->run->tools->settings;
	gint64 until = times_working_days(acting->run->reception->received, SOON_DAYS,
	    settings->team_zone, settings->holidays);
	g_autoptr(Rows) clocks = clocks_list(acting->run->db, 0, error);
	g_autoptr(GHashTable) by_tag = rows_by_tag(rows);

	for (guint i = 0; clocks != NULL && i < rows_count(clocks) && *shown < MOST_CASES; i++) {
		guint row = GPOINTER_TO_UINT(g_hash_table_lookup(by_tag, rows_text(clocks, i, "tag")));

		if (row == 0 || rows_bool(clocks, i, "met") || rows_time(clocks, i, "due") > until)
			continue;
		show_due(acting, clocks, i, rows, row - 1);
		*shown += 1;
	}
	return clocks != NULL;
}

bool
act_list(Acting *acting, const Command *command, GError **error)
{
	static const char *const kinds[] = { "mine", "open", "due", "held", NULL };
	const char *which = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : "open";
	g_autoptr(Rows) rows = NULL;
	g_autoptr(GHashTable) held = NULL;
	g_autofree char *lower = g_ascii_strdown(which, -1);
	guint shown = 0;

	if (!g_strv_contains(kinds, lower))
		return acting_refuse(acting, "refused-value", which);
	rows = admin_cases(acting->run->db, 0, error);
	if (rows != NULL && strcmp(lower, "held") == 0)
		held = held_cases(acting, error);
	if (rows == NULL || (held == NULL && strcmp(lower, "held") == 0))
		return false;
	if (strcmp(lower, "due") != 0)
		shown = list_cases(acting, lower, held, rows);
	else if (!list_due(acting, rows, &shown, error))
		return false;
	if (shown == 0)
		g_string_append_printf(acting->shown, "%s\n", acting_word(acting, "none"));
	return true;
}

/* --- words --- */

bool
act_list_is_open(const Acting *acting, gint64 message, bool *failed, GError **error)
{
	int may = *failed ? 0 : readers_may(acting->run->db, acting->authority->analyst, message, error);

	*failed = *failed || may < 0;
	return may > 0;
}

static bool
look_at(Acting *acting, const Rows *rows, guint row, const GPtrArray *words, bool *failed,
    GError **error)
{
	const Tools *tools = acting->run->tools;
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, "extract");
	g_autoptr(Extract) extract = extract_open(wrapped, sealed, tools->storage_public,
	    tools->storage_secret, NULL);
	g_autofree char *around = NULL, *time = NULL;

	if (extract != NULL && rows_bool(rows, row, "hidden"))
		extract_hide(extract, rows_text(rows, row, "direction"), rows_text(rows, row, "kind"));
	around = extract != NULL ? sought_in(extract, words) : NULL;
	if (around == NULL || !act_list_is_open(acting, rows_int(rows, row, "id"), failed, error))
		return false;
	time = times_rfc3339(rows_time(rows, row, "time"));
	g_string_append_printf(acting->shown, "%s  %.10s  | %s\n", rows_text(rows, row, "tag"),
	    time, around);
	return true;
}

/* One message that does not open is no reason to find nothing. */
bool
act_find(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(GPtrArray) words = sought_words(command->words);
	gint64 behind = 0;
	guint hits = 0, count = BATCH;
	bool failed = false;

	while (count == BATCH && hits < MOST_HITS) {
		g_autoptr(Rows) rows = upkeep_extracts(acting->run->db, behind, BATCH, error);

		if (rows == NULL)
			return false;
		count = rows_count(rows);
		for (guint i = 0; i < count && hits < MOST_HITS; i++)
			hits += look_at(acting, rows, i, words, &failed, error) ? 1 : 0;
		if (failed)
			return false;
		behind = count > 0 ? rows_int(rows, count - 1, "id") : 0;
	}
	if (hits == 0)
		g_string_append_printf(acting->shown, "%s\n", acting_word(acting, "none"));
	return true;
}
