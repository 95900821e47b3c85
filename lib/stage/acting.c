/* acting - see acting.h */

#include "acting.h"

#include <string.h>

#include "act.h"
#include "own.h"
#include "receipt.h"
#include "template.h"
#include "text.h"
#include "trial.h"
#include "times.h"

typedef struct {
	StepFile file;
	gpointer what;
	GDestroyNotify free;
} Step;

typedef bool (*Act)(Acting *acting, const Command *command, GError **error);

static const Act acts[VERBS] = {
	[VERB_ADVISE] = act_advise,
	[VERB_ADVISORY] = act_advisory,
	[VERB_ASSIGN] = act_assign,
	[VERB_BRIDGE] = act_bridge,
	[VERB_CALLED] = act_called,
	[VERB_CLASS] = act_class,
	[VERB_CLOSE] = act_close,
	[VERB_CONFIRM] = act_confirm,
	[VERB_CONSENT] = act_consent,
	[VERB_DEADLINE] = act_deadline,
	[VERB_DECLINE] = act_decline,
	[VERB_DROP] = act_drop,
	[VERB_DUTY] = act_duty,
	[VERB_EMBARGO] = act_embargo,
	[VERB_FILE] = act_file,
	[VERB_FIND] = act_find,
	[VERB_FORWARD] = act_forward,
	[VERB_HELP] = act_help,
	[VERB_INVITE] = act_invite,
	[VERB_LEGAL] = act_legal,
	[VERB_LINK] = act_link,
	[VERB_LIST] = act_list,
	[VERB_MERGE] = act_merge,
	[VERB_MOTIVE] = act_motive,
	[VERB_NEW] = act_new,
	[VERB_NOTE] = act_note,
	[VERB_OPEN] = act_open,
	[VERB_PASS] = act_pass,
	[VERB_REF] = act_ref,
	[VERB_REMIND] = act_remind,
	[VERB_REOPEN] = act_reopen,
	[VERB_REPLY] = act_reply,
	[VERB_SEVERITY] = act_severity,
	[VERB_SHOW] = act_show,
	[VERB_SPLIT] = act_split,
	[VERB_STATUS] = act_status,
	[VERB_TITLE] = act_title,
	[VERB_TLP] = act_tlp,
	[VERB_TOLD] = act_told,
	[VERB_TRIAGE] = act_triage,
	[VERB_UNDO] = act_undo,
	[VERB_VERIFY] = act_verify,
	[VERB_WATCH] = act_watch,
};

static void
step_free(gpointer data)
{
	Step *step = data;

	if (step->free != NULL)
		step->free(step->what);
	g_free(step);
}

static Acting *
acting_new(Run *run, const GPtrArray *analysts)
{
	Acting *acting = g_new0(Acting, 1);

	acting->run = run;
	acting->analysts = g_ptr_array_ref((GPtrArray *)analysts);	/* filed after the stage ended */
	acting->steps = g_ptr_array_new_with_free_func(step_free);
	acting->done = g_ptr_array_new_with_free_func(g_free);
	acting->waiting = g_ptr_array_new_with_free_func(g_free);
	acting->meant = g_ptr_array_new_with_free_func(g_free);
	acting->meetings = g_array_new(FALSE, FALSE, sizeof(Meeting));
	acting->shown = g_string_new(NULL);
	return acting;
}

void
acting_free(Acting *acting)
{
	if (acting == NULL)
		return;
	authority_free(acting->authority);
	g_ptr_array_unref((GPtrArray *)acting->analysts);
	g_clear_pointer(&acting->words, g_hash_table_unref);
	case_now_free(acting->now);
	g_clear_pointer(&acting->sides, g_ptr_array_unref);
	g_ptr_array_unref(acting->steps);
	g_ptr_array_unref(acting->done);
	g_ptr_array_unref(acting->waiting);
	g_clear_pointer(&acting->agreed, g_ptr_array_unref);
	g_clear_pointer(&acting->attached, g_ptr_array_unref);
	g_string_free(acting->shown, TRUE);
	g_clear_pointer(&acting->enclosures, g_ptr_array_unref);
	g_free(acting->refusal);
	g_ptr_array_unref(acting->meant);
	g_array_unref(acting->meetings);
	g_free(acting->receipt);
	g_free(acting);
}

const char *
acting_word(const Acting *acting, const char *key)
{
	return template_word(acting->words, key);
}

/* "not known here: devart" */
static char *
phrase(const Acting *acting, const char *key, const char *more)
{
	g_autofree char *clean = more != NULL ? text_clean_line(more, -1) : NULL;

	return clean == NULL ? g_strdup(acting_word(acting, key)) :
	    g_strdup_printf("%s %s", acting_word(acting, key), clean);
}

void
acting_did(Acting *acting, const char *key, const char *more)
{
	g_ptr_array_add(acting->done, phrase(acting, key, more));
}

bool
acting_refuse(Acting *acting, const char *key, const char *more)
{
	if (acting->refusal == NULL)
		acting->refusal = phrase(acting, key, more);
	return true;
}

void
acting_step(Acting *acting, StepFile file, gpointer what, GDestroyNotify free)
{
	Step *step = g_new(Step, 1);

	*step = (Step){ file, what, free };
	g_ptr_array_add(acting->steps, step);
}

bool
acting_has_case(Acting *acting)
{
	if (acting->now == NULL)
		acting_refuse(acting, "refused-no-case", NULL);
	return acting->now != NULL;
}

bool
acting_has_sides(Acting *acting, GError **error)
{
	if (!acting_has_case(acting))
		return false;
	if (acting->sides == NULL)
		acting->sides = sides_of(acting->run->db, acting->now->case_no, error);
	return acting->sides != NULL;
}

const Correspondent *
acting_analyst(Acting *acting, const char *name)
{
	bool me = g_ascii_strcasecmp(name, "me") == 0;

	for (guint i = 0; i < acting->analysts->len; i++) {
		const Correspondent *analyst = g_ptr_array_index(acting->analysts, i);

		if (me ? analyst->id == acting->authority->analyst :
		    g_ascii_strcasecmp(analyst->name, name) == 0)
			return analyst;
	}
	acting_refuse(acting, "refused-no-analyst", name);
	return NULL;
}

gint64
acting_ordered(const Acting *acting)
{
	return acting->ordered != 0 ? acting->ordered : acting->run->reception->id;
}

char *
acting_leaves(const Acting *acting, bool embargoed)
{
	const Settings *settings = acting->run->tools->settings;
	g_autofree char *clock = NULL;

	if (embargoed && acting->now->embargo > g_get_real_time()) {
		clock = times_long(acting->now->embargo, settings->team_zone, settings->team_language);
		return g_strdup_printf("%s %s; %s", acting_word(acting, "leaves-embargo"), clock,
		    acting_word(acting, "leaves-stop"));
	}
	if (settings->outgoing_delay == 0)
		return g_strdup(acting_word(acting, "leaves-now"));
	clock = times_clock(g_get_real_time() + settings->outgoing_delay * G_USEC_PER_SEC,
	    settings->team_zone);
	return g_strdup_printf("%s %s; %s", acting_word(acting, "leaves"), clock,
	    acting_word(acting, "leaves-stop"));
}

typedef struct {
	const char *kind;
	char *text;
} Note;

static void
note_free(gpointer data)
{
	Note *note = data;

	g_free(note->text);
	g_free(note);
}

static bool
file_note(const Acting *acting, gconstpointer what, GError **error)
{
	const Note *note = what;
	const Run *run = acting->run;
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) sealed = tools_seal_text(run->tools, note->text, "note", &wrapped);
	const Nonce *nonce = acting->authority->nonce;

	return acts_add_note(run->db, acting->now->case_no, acting->authority->analyst,
	    note->kind, wrapped, sealed, nonce != NULL ? nonce->party : 0, error);
}

bool
acting_keep_text(Acting *acting, const char *kind, const char *text)
{
	g_autofree char *key = g_strconcat("did-", kind, NULL);
	Note *note;

	if (text[0] == '\0')
		return true;
	note = g_new(Note, 1);
	*note = (Note){ kind, g_strdup(text) };
	acting_step(acting, file_note, note, note_free);
	acting_did(acting, key, NULL);
	return true;
}

bool
acting_plan(Acting *acting, const GPtrArray *commands, GError **error)
{
	for (guint i = 0; acting->refusal == NULL && i < commands->len; i++) {
		const Command *command = g_ptr_array_index(commands, i);

		if (!acts[command->verb](acting, command, error))
			return false;
	}
	return true;
}

/* Nothing of what was planned happens. */
static void
forget_plan(Acting *acting)
{
	g_ptr_array_set_size(acting->steps, 0);
	g_ptr_array_set_size(acting->run->dispatches, 0);
}

static void
refuse_written(Acting *acting, const Refused *refused)
{
	static const char *const keys[] = {
		[REFUSED_UNKNOWN] = "refused-unknown",
		[REFUSED_WORDS] = "refused-words",
		[REFUSED_PICKED] = "refused-picked",
		[REFUSED_NO_TEXT] = "refused-needs-text",
		[REFUSED_TEXT] = "refused-takes-no-text",
	};
	g_autofree char *more = g_strdup_printf("%s\n%s %s", refused->line,
	    acting_word(acting, "refused-usage"), verb_usage(refused->verb));
	g_auto(GStrv) lines = g_strsplit(more, "\n", 2);
	g_autofree char *first = text_clean_line(lines[0], -1);

	acting->refusal = g_strdup_printf("%s %s\n%s", acting_word(acting, keys[refused->because]),
	    first, lines[1]);
}

static bool
only_reads(const GPtrArray *commands)
{
	for (guint i = 0; i < commands->len; i++) {
		const Command *command = g_ptr_array_index(commands, i);

		if (verb_reach(command->verb) != COMMAND_READS)
			return false;
	}
	return true;
}

/* Rightly signed and fresh, but without the word that shows its writer has seen
 * the case as it is: kept, with a preview. In clear nothing is kept. */
static bool
hold_whole(Acting *acting, const char *own)
{
	if (strcmp(acting->authority->because, "clear") == 0)
		return acting_refuse(acting, "authority-clear", NULL);
	hold_answer(acting, own);
	return true;
}

static bool
carry_out(Acting *acting, const Own *own, GError **error)
{
	g_autoptr(Refused) refused = NULL;
	g_autoptr(GPtrArray) commands = command_parse(own->text, &refused);
	g_autofree char *meant = NULL;

	if (commands == NULL) {
		refuse_written(acting, refused);
		return true;
	}
	if (commands->len == 0)
		return acting_refuse(acting, "refused-empty", NULL);
	if (!acting_plan(acting, commands, error))
		return false;
	if (acting->refusal != NULL || acting->authority->reach == AUTHORITY_CHANGES ||
	    only_reads(commands))
		return true;
	forget_plan(acting);
	meant = command_write_out(own->text, acting->meant);
	return hold_whole(acting, meant);
}

static bool
decide(Acting *acting, GError **error)
{
	const Authority *authority = acting->authority;
	g_autoptr(Own) own = own_read(acting->run->mail->text, authority->notice);

	if (trial_is_answered(authority)) {
		trial_answer(acting);
		return true;
	}
	if (authority->reach == AUTHORITY_NONE) {
		g_autofree char *key = g_strconcat("authority-", authority->because, NULL);

		return acting_refuse(acting, key, NULL);
	}
	if (own->doubtful != NULL)
		return acting_refuse(acting, "refused-doubtful", own->doubtful);
	return carry_out(acting, own, error);
}

static bool
look_up(Acting *acting, GError **error)
{
	Run *run = acting->run;
	const Settings *settings = run->tools->settings;
	GError *because = NULL;

	acting->words = template_words(settings->text_folder, settings->team_language, error);
	acting->authority = acting->words != NULL ? authority_of(run, acting->analysts, error) : NULL;
	if (acting->authority == NULL)
		return false;
	if (acting->authority->case_no != 0)
		acting->now = acts_case(run->db, acting->authority->case_no, &because);
	if (because != NULL)
		g_propagate_error(error, because);
	return because == NULL;
}

/* An analyst may answer about another case than the mail was threaded to: the
 * one-time word says which. */
static void
place_answer(Acting *acting)
{
	Placement *placement = &acting->run->placement;

	if (acting->now == NULL || acting->authority->reach == AUTHORITY_NONE)
		return;
	placement->case_no = acting->now->case_no;
	g_free(placement->tag);
	placement->tag = g_strdup(acting->now->tag);
}

bool
acting_answer(Run *run, const GPtrArray *analysts, GError **error)
{
	Acting *acting = run->acting = acting_new(run, analysts);

	if (!look_up(acting, error))
		return false;
	place_answer(acting);
	if (!decide(acting, error))
		return false;
	if (acting->refusal != NULL)
		forget_plan(acting);
	return receipt_write(acting, error);
}

/* In a word, for the audit. */
static const char *
outcome(const Acting *acting)
{
	if (acting->refusal != NULL)
		return "refused";
	return acting->held ? "held" : "done";
}

static bool
file_audit(const Acting *acting, GError **error)
{
	const Authority *authority = acting->authority;

	return acts_audit(acting->run->db, authority->handle, outcome(acting),
	    authority->case_no, acting->run->reception->id, authority->because, error);
}

/* What had an effect has none again; only what was refused may be sent anew. */
static bool
file_effect(const Acting *acting, GError **error)
{
	const Authority *authority = acting->authority;
	const Run *run = acting->run;

	if (acting->refusal != NULL || authority->reach == AUTHORITY_NONE)
		return true;
	if (authority->reach == AUTHORITY_CHANGES && !acting->held && !authority->nonce->trial &&
	    !acts_use_nonce(run->db, authority->nonce->nonce, error))
		return false;
	return acts_keep_answered(run->db, authority->content, run->opened->signer,
	    run->opened->signed_at, run->reception->id, error);
}

bool
acting_file(const Run *run, GError **error)
{
	const Acting *acting = run->acting;

	if (!trial_file(acting, error) || !file_effect(acting, error))
		return false;
	for (guint i = 0; i < acting->steps->len; i++) {
		const Step *step = g_ptr_array_index(acting->steps, i);

		if (!step->file(acting, step->what, error))
			return false;
	}
	return file_audit(acting, error);
}
