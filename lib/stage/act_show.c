/* act_show - what is only looked at; see act.h */

#include "act.h"

#include <string.h>

#include "admin.h"
#include "beside.h"
#include "chosen.h"
#include "compose.h"
#include "consent.h"
#include "error.h"
#include "extract.h"
#include "proof.h"
#include "release.h"
#include "text.h"
#include "times.h"

static const char *
first_word(const Command *command)
{
	return command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
}

/* How each verb is written, and what it does. */
static void
show_verb(Acting *acting, Verb verb)
{
	g_autofree char *key = g_strconcat("verb-", verb_name(verb), NULL);

	g_string_append_printf(acting->shown, "%-34s %s\n", verb_usage(verb), acting_word(acting, key));
}

bool
act_help(Acting *acting, const Command *command, GError **error)
{
	const char *name = first_word(command);
	gsize before = acting->shown->len;

	(void)error;
	if (name != NULL && name[0] == '/')
		name++;
	for (guint verb = 0; verb < VERBS; verb++)
		if (name == NULL || g_ascii_strcasecmp(name, verb_name((Verb)verb)) == 0)
			show_verb(acting, (Verb)verb);
	return acting->shown->len > before ? true : acting_refuse(acting, "refused-unknown", name);
}

static bool
show_sides(Acting *acting, GError **error)
{
	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	g_string_append_c(acting->shown, '\n');
	for (guint i = 0; i < acting->sides->len; i++) {
		const Side *side = g_ptr_array_index(acting->sides, i);
		g_autofree char *state = g_strconcat("state-", side->state, NULL);
		g_autofree char *said = chosen_said(side, acting->words);
		g_autofree char *number = beside_number(acting->run->tools, side, NULL);

		g_string_append_printf(acting->shown, "%s  %s  %s  %s%s%s%s%s%s%s%s\n", side->name,
		    acting_word(acting, side->role), side->language, acting_word(acting, state), said,
		    number != NULL ? "  #" : "", number != NULL ? number : "",
		    side->direct ? "  " : "", side->direct ? acting_word(acting, "direct") : "",
		    side->bridge != 0 ? "  " : "", side->bridge != 0 ? acting_word(acting, "bridge") : "");
	}
	return true;
}

/* Below the parties, how it was seen who they are. */
static bool
show_proofs(Acting *acting, GError **error)
{
	for (guint i = 0; i < acting->sides->len; i++) {
		const Side *side = g_ptr_array_index(acting->sides, i);
		g_autofree char *lines = proof_lines(acting->run->db, acting->now->case_no, side->id,
		    acting->words, error);
		g_auto(GStrv) each = lines != NULL ? g_strsplit(lines, "\n", -1) : NULL;

		if (lines == NULL)
			return false;
		for (char **line = each; *line != NULL && (*line)[0] != '\0'; line++)
			g_string_append_printf(acting->shown, "%s  %s\n", side->name, *line);
	}
	return true;
}

static bool
show_consents(Acting *acting, GError **error)
{
	g_autofree char *lines = consent_lines(acting->run->tools, acting->run->db, acting->now->case_no,
	    acting->sides, acting->words, error);

	if (lines != NULL)
		g_string_append(acting->shown, lines);
	return lines != NULL;
}

/* What a word would let go, by its name. */
static bool
show_waiting(Acting *acting, GError **error)
{
	g_autoptr(GPtrArray) letters = sides_waiting(acting->run->db, acting->now->case_no, false, error);
	g_autoptr(GPtrArray) lines = letters != NULL ? act_hold_waiting(acting, letters) : NULL;

	for (guint i = 0; lines != NULL && i < lines->len; i++)
		g_string_append_printf(acting->shown, "%s %s\n", acting_word(acting, "did-held"),
		    (const char *)g_ptr_array_index(lines, i));
	return lines != NULL;
}

static void
show_message(Acting *acting, const Rows *rows, guint row)
{
	const Tools *tools = acting->run->tools;
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, "extract");
	g_autoptr(Extract) extract = wrapped != NULL ? extract_open(wrapped, sealed,
	    tools->storage_public, tools->storage_secret, NULL) : NULL;
	g_autofree char *time = times_rfc3339(rows_time(rows, row, "time"));
	const Side *side = side_of_id(acting->sides, rows_int(rows, row, "party"));
	g_autofree char *text = NULL;

	if (extract != NULL && rows_bool(rows, row, "hidden"))
		extract_hide(extract, rows_text(rows, row, "direction"), rows_text(rows, row, "kind"));
	text = extract != NULL ? text_prefix_lines(extract->text, "| ") : NULL;
	g_string_append_printf(acting->shown, "\n%.16s %s %s  %s %s%s%s\n", time,
	    strcmp(rows_text(rows, row, "direction"), "in") == 0 ? "<-" : "->",
	    side != NULL ? side->name : "-", act_list_column(rows, row, "encryption"),
	    act_list_column(rows, row, "signature"), rows_null(rows, row, "kind") ? "" : "  ",
	    rows_null(rows, row, "kind") ? "" : acting_word(acting, rows_text(rows, row, "kind")));
	g_string_append(acting->shown, text != NULL ? text : "-\n");
}

static bool
show_messages(Acting *acting, GError **error)
{
	g_autoptr(Rows) rows = admin_messages(acting->run->db, acting->now->case_no, error);
	bool failed = false;

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		if (act_list_is_open(acting, rows_int(rows, i, "id"), &failed, error))
			show_message(acting, rows, i);
	return rows != NULL && !failed;
}

static void
show_note(Acting *acting, const Rows *rows, guint row)
{
	g_autoptr(GBytes) wrapped = rows_bytes(rows, row, "wrapped");
	g_autoptr(GBytes) sealed = rows_bytes(rows, row, "text");
	g_autofree char *text = tools_unseal_text(acting->run->tools, wrapped, sealed, "note", NULL);
	g_autofree char *time = times_rfc3339(rows_time(rows, row, "at"));

	g_string_append_printf(acting->shown, "\n%.16s %s %s\n%s\n", time, act_list_column(rows, row, "who"),
	    act_list_column(rows, row, "kind"), text != NULL ? text : "-");
}

static bool
show_notes(Acting *acting, GError **error)
{
	g_autoptr(Rows) rows = acts_notes_for(acting->run->db, acting->now->case_no,
	    acting->authority->analyst, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		show_note(acting, rows, i);
	return rows != NULL;
}

static bool
show_case(Acting *acting, GError **error)
{
	g_autoptr(Rows) row = admin_case(acting->run->db, acting->now->tag, error);

	if (row == NULL)
		return false;
	act_list_line(acting, row, 0);
	return show_sides(acting, error) && show_proofs(acting, error) &&
	    show_consents(acting, error) && show_waiting(acting, error) && show_messages(acting, error) && show_notes(acting, error);
}

/* What is picked travels with the receipt, renamed and unopened. */
static bool
show_picked(Acting *acting, const Command *command, bool raw, GError **error)
{
	gint64 message = acting->authority->nonce != NULL ? acting->authority->nonce->message : 0;
	GError *because = NULL;
	g_autoptr(Released) released = release_message(acting->run->tools, acting->run->db,
	    acting->now->case_no, message, command->picked, &because);
	g_autoptr(GBytes) bytes = NULL;
	bool failed = false;

	if (released == NULL && error_is(because, SLUIS_ERROR_REFUSED)) {
		acting_refuse(acting, "refused-pick", because->message);
		g_error_free(because);
		return true;
	}
	if (released != NULL && !act_list_is_open(acting, released->id, &failed, &because) && !failed)
		return acting_refuse(acting, "refused-reader", NULL);
	if (released != NULL && raw && !failed)
		bytes = release_raw(acting->run->tools, acting->run->db, released, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	g_assert(released != NULL);
	if (raw)
		g_ptr_array_add(released->enclosures, enclosure_new("raw.eml", "application/octet-stream", bytes));
	g_clear_pointer(&acting->enclosures, g_ptr_array_unref);
	acting->enclosures = g_steal_pointer(&released->enclosures);
	return true;
}

bool
act_show(Acting *acting, const Command *command, GError **error)
{
	const char *what = first_word(command);
	bool raw = what != NULL && g_ascii_strcasecmp(what, "raw") == 0;

	if (!acting_has_case(acting))
		return true;
	if (what != NULL && !raw)
		return acting_refuse(acting, "refused-value", what);
	if (raw || command->picked->len > 0)
		return show_picked(acting, command, raw, error);
	return show_case(acting, error);
}
