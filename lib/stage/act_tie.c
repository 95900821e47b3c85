/* act_tie - cases that are begun, one, or related; see act.h */

#include "act.h"

#include <string.h>

#include "cases.h"
#include "times.h"

/* The case of a tag; refuses, and NULL without an error, if there is none. */
static CaseRef *
other_case(Acting *acting, const Command *command, GError **error)
{
	g_autofree char *tag = g_ascii_strup(g_ptr_array_index(command->words, 0), -1);
	GError *because = NULL;
	CaseRef *ref = case_by_tag(acting->run->db, tag, &because);

	if (because != NULL)
		g_propagate_error(error, because);
	else if (ref == NULL || ref->case_no == acting->now->case_no) {
		acting_refuse(acting, "refused-no-such-case", tag);
		g_clear_pointer(&ref, case_ref_free);
	}
	return ref;
}

/* Something with another case, which is found first. */
static bool
with_other(Acting *acting, const Command *command, StepFile file, const char *did, GError **error)
{
	CaseRef *ref;

	if (!acting_has_case(acting))
		return true;
	ref = other_case(acting, command, error);
	if (ref == NULL)
		return acting->refusal != NULL;
	acting_did(acting, did, ref->tag);
	acting_step(acting, file, ref, (GDestroyNotify)case_ref_free);
	return true;
}

static bool
file_link(const Acting *acting, gconstpointer what, GError **error)
{
	const CaseRef *ref = what;

	return acts_link(acting->run->db, acting->now->case_no, ref->case_no,
	    acting->authority->analyst, error);
}

bool
act_link(Acting *acting, const Command *command, GError **error)
{
	return with_other(acting, command, file_link, "did-link", error);
}

static bool
file_merge(const Acting *acting, gconstpointer what, GError **error)
{
	const CaseRef *ref = what;

	return acts_merge(acting->run->db, acting->now->case_no, ref->case_no,
	    acting->authority->analyst, error);
}

bool
act_merge(Acting *acting, const Command *command, GError **error)
{
	return with_other(acting, command, file_merge, "did-merge", error);
}

static bool
file_moved(const Acting *acting, gconstpointer what, GError **error)
{
	const CaseRef *ref = what;

	return acts_move_message(acting->run->db, acting->authority->nonce->message, ref->case_no,
	    acting->authority->analyst, error);
}

bool
act_file(Acting *acting, const Command *command, GError **error)
{
	const Nonce *nonce = acting->authority->nonce;

	if (nonce == NULL || nonce->message == 0)
		return acting_refuse(acting, "refused-no-message", NULL);
	return with_other(acting, command, file_moved, "did-file", error);
}

static bool
file_split(const Acting *acting, gconstpointer what, GError **error)
{
	return acts_split(acting->run->db, *(const gint64 *)what, acting->authority->analyst, error);
}

bool
act_split(Acting *acting, const Command *command, GError **error)
{
	g_autofree char *tag = NULL;
	gint64 merging;

	(void)command;
	if (!acting_has_case(acting))
		return true;
	merging = acts_last_merging(acting->run->db, acting->now->case_no, &tag, error);
	if (merging < 0)
		return false;
	if (merging == 0)
		return acting_refuse(acting, "refused-not-merged", NULL);
	acting_step(acting, file_split, g_memdup2(&merging, sizeof(merging)), g_free);
	acting_did(acting, "did-split", tag);
	return true;
}

/* A case that begins with a talk: its text is its first note. */
typedef struct {
	guint case_no;
	char *tag, *text;
	int participant;
} Begun;

static void
begun_free(gpointer data)
{
	Begun *begun = data;

	g_free(begun->tag);
	g_free(begun->text);
	g_free(begun);
}

static bool
file_begun(const Acting *acting, gconstpointer what, GError **error)
{
	const Begun *begun = what;
	const Run *run = acting->run;
	const NewCase opened = {
		.case_no = begun->case_no, .tag = begun->tag, .inbox = run->inbox->address,
		.class = "question", .motive = "unknown",
	};
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) sealed = tools_seal_text(run->tools, begun->text, "note", &wrapped);

	if (!case_open(run->db, &opened, error) ||
	    !acts_add_note(run->db, begun->case_no, acting->authority->analyst, "called", wrapped,
	    sealed, 0, error))
		return false;
	return begun->participant == 0 || case_note_participant(run->db, begun->case_no,
	    begun->participant, "name", error);
}

static bool
begin(Acting *acting, int participant, const char *text, GError **error)
{
	const Run *run = acting->run;
	int year = times_year(run->reception->received, run->tools->settings->team_zone);
	Begun *begun = g_new0(Begun, 1);

	begun->participant = participant;
	begun->text = g_strdup(text);
	acting_step(acting, file_begun, begun, begun_free);
	if (!case_reserve(run->db, run->reception->id, run->inbox->prefix, year, &begun->case_no,
	    &begun->tag, error))
		return false;
	acting_did(acting, "did-new", begun->tag);
	return true;
}

bool
act_new(Acting *acting, const Command *command, GError **error)
{
	const char *name = command->words->len > 0 ? g_ptr_array_index(command->words, 0) : NULL;
	int participant = name != NULL ? directory_participant(acting->run->db, name, NULL, NULL,
	    error) : 0;

	if (participant < 0)
		return false;
	if (name != NULL && participant == 0)
		return acting_refuse(acting, "refused-no-participant", name);
	return begin(acting, participant, command->text, error);
}
