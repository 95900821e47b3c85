/* trial - see trial.h */

#include "trial.h"

#include <string.h>

#include "acting.h"
#include "dispatch.h"
#include "letterform.h"
#include "notice.h"

#define NO_CASE "TEST"		/* in the place of a tag */

static Dispatch *
letter_to(const Tools *tools, const Correspondent *analyst, GError **error)
{
	const Settings *settings = tools->settings;
	const Inbox *inbox = tools_inbox(tools, NULL);
	gint64 now = g_get_real_time();
	g_autoptr(Dispatch) dispatch = dispatch_new("test");
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	Letter *letter = dispatch->letter;

	dispatch->target = g_strdup_printf("analyst %d", analyst->id);
	dispatch->analyst = analyst->id;
	dispatch->envelope_sender = g_strdup("");
	dispatch_address(dispatch, analyst);
	dispatch->nonce = seal_random_word(16);
	dispatch->nonce_expires = notice_nonce_expires(settings);
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(analyst->address);
	letter->outer_subject = g_strdup("[...]");
	letter->date = now / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(tools->tokens, tools_domain(inbox->address));
	dispatch->cause = g_strconcat("trial ", letter->message_id, NULL);
	g_hash_table_insert(values, (gpointer)"mark", notice_mark(NO_CASE, dispatch->nonce, ""));
	return letterform_fill(letter, settings->text_folder, settings->team_language, "trial", values,
	    error) ? g_steal_pointer(&dispatch) : NULL;
}

bool
trial_send(const Tools *tools, Db *db, const Correspondent *analyst, GError **error)
{
	g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	Dispatch *letter = letter_to(tools, analyst, error);

	if (letter == NULL)
		return false;
	g_ptr_array_add(letters, letter);
	if (!dispatch_finish(tools, letters, error) || !db_begin(db, error))
		return false;
	if (acts_start_trial(db, analyst->id, error) && dispatch_file(tools, db, letter, error))
		return db_commit(db, error);
	db_rollback(db);
	return false;
}

bool
trial_is_answered(const Authority *authority)
{
	return authority->nonce != NULL && authority->nonce->trial &&
	    authority->nonce->analyst == authority->analyst &&
	    g_strcmp0(authority->because, "replayed") != 0;
}

/* By a key of the analyst's own, whenever that was. */
static bool
is_signed(const Acting *acting)
{
	const char *because = acting->authority->because;

	return acting->run->opened->is_signed == SIGNED_GOOD &&
	    g_strcmp0(because, "stranger") != 0 && g_strcmp0(because, "malformed") != 0;
}

static TrialFindings
findings_of(const Acting *acting)
{
	const Run *run = acting->run;

	return (TrialFindings){
		.is_signed = is_signed(acting),
		.encrypted = run->opened->encryption == ENCRYPTION_OK && run->opened->inner_whole,
		.nonce = acting->authority->nonce != NULL,
		.subject = run->mail->subject_protected,
	};
}

bool
trial_file(const Acting *acting, GError **error)
{
	const Authority *authority = acting->authority;
	bool without = authority->nonce == NULL && authority->reach == AUTHORITY_READS;
	TrialFindings findings = findings_of(acting);

	return !(without || trial_is_answered(authority)) ||
	    acts_note_trial(acting->run->db, authority->analyst, &findings, error);
}

char *
trial_remedy(const Acting *acting, const char *because)
{
	static const char *const programs[] = { "thunderbird", "neomutt", "outlook", "apple" };
	static const char *const settled[] = { "unsigned", "clear", "subject", NULL };
	GString *out = g_string_new(NULL);

	for (guint i = 0; g_strv_contains(settled, because) && i < G_N_ELEMENTS(programs); i++) {
		g_autofree char *key = g_strdup_printf("remedy-%s-%s", because, programs[i]);

		g_string_append_printf(out, "  %s\n", acting_word(acting, key));
	}
	return g_string_free(out, FALSE);
}

static void
show_finding(Acting *acting, const char *key, bool found, const char *because)
{
	g_autofree char *remedy = found ? g_strdup("") : trial_remedy(acting, because);

	g_string_append_printf(acting->shown, "%s: %s\n%s", acting_word(acting, key),
	    acting_word(acting, found ? "yes" : "no"), remedy);
}

void
trial_answer(Acting *acting)
{
	TrialFindings findings = findings_of(acting);

	acting_did(acting, "did-trial", NULL);
	show_finding(acting, "trial-signed", findings.is_signed, "unsigned");
	show_finding(acting, "trial-encrypted", findings.encrypted, "clear");
	show_finding(acting, "trial-nonce", findings.nonce, "nonce");
	show_finding(acting, "trial-subject", findings.subject, "subject");
}
