/* receipt - see receipt.h */

#include "receipt.h"

#include <string.h>

#include "enclose.h"
#include "kept.h"
#include "letterform.h"
#include "letters.h"
#include "notice.h"
#include "text.h"
#include "times.h"
#include "trial.h"

#define HASH_LETTERS 8
#define NO_CASE "NEW"		/* in the place of a tag */

static char *
joined(const Acting *acting)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < acting->done->len; i++)
		g_string_append_printf(out, "%s%s", i > 0 ? ", " : "",
		    (const char *)g_ptr_array_index(acting->done, i));
	return g_string_free(out, FALSE);
}

/* "02:31 ann: assigned, severity 8.6, note kept." */
static char *
outcome(const Acting *acting)
{
	const Settings *settings = acting->run->tools->settings;
	g_autofree char *clock = times_clock(acting->run->reception->received, settings->team_zone);
	g_autofree char *done = joined(acting);
	g_autofree char *because = g_strconcat("authority-", acting->authority->because, NULL);
	const char *handle = acting->authority->handle;

	if (acting->refusal != NULL) {
		g_autofree char *remedy = acting->authority->because == NULL ? g_strdup("") :
		    trial_remedy(acting, acting->authority->because);

		return g_strdup_printf("%s %s: %s %s\n%s", clock, handle,
		    acting_word(acting, "nothing-done"), acting->refusal, remedy);
	}
	if (acting->held)
		return g_strdup_printf("%s %s: %s %s\n%s %s\n\n%s\n", clock, handle,
		    acting_word(acting, "answer-held"),
		    acting_word(acting, because),
		    acting_word(acting, "would-do"), done, acting_word(acting, "confirm-answer"));
	return done[0] != '\0' ? g_strdup_printf("%s %s: %s.\n", clock, handle, done) : g_strdup("");
}

static char *
body_of(const Acting *acting)
{
	g_autofree char *first = outcome(acting);

	return g_strconcat(first, first[0] != '\0' && acting->shown->len > 0 ? "\n" : "",
	    acting->shown->str, NULL);
}

/* Who may at least read gets a fresh word with it, and goes on about the message
 * the notice was about. */
static bool
gets_nonce(const Acting *acting)
{
	return acting->authority->reach != AUTHORITY_NONE;
}

static void
put_nonce(const Acting *acting, Dispatch *dispatch, char **body)
{
	g_autofree char *plain = g_steal_pointer(body);
	g_autofree char *mark = NULL;

	dispatch->nonce = seal_random_word(16);
	dispatch->nonce_expires = notice_nonce_expires(acting->run->tools->settings);
	if (acting->authority->nonce != NULL)
		dispatch->about = acting->authority->nonce->message;
	mark = notice_mark(acting->now != NULL ? acting->now->tag : NO_CASE, dispatch->nonce, "");
	*body = g_strdup_printf("%s\n%s", plain, mark);
}

/* Renamed, so that no stranger's name for a file travels. */
static GPtrArray *
enclosed(const Acting *acting)
{
	GPtrArray *renamed;

	if (acting->enclosures == NULL || acting->refusal != NULL)
		return NULL;
	renamed = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	for (guint i = 0; i < acting->enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(acting->enclosures, i);
		g_autofree char *name = enclosure_name(acting_word(acting, "attachment"), i + 1,
		    enclosure->type);

		g_ptr_array_add(renamed, enclosure_new(name, enclosure->type, enclosure->bytes));
	}
	return renamed;
}

bool
receipt_write(Acting *acting, GError **error)
{
	Run *run = acting->run;
	const Settings *settings = run->tools->settings;
	const Correspondent *analyst = correspondent_among(acting->analysts,
	    acting->authority->analyst);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	g_autoptr(Dispatch) dispatch = NULL;
	char *body;

	if (analyst == NULL)
		return true;
	dispatch = letter_to_analyst(run, "receipt", analyst);
	acting->receipt = body_of(acting);
	body = g_strdup(acting->receipt);
	if (gets_nonce(acting))
		put_nonce(acting, dispatch, &body);
	g_hash_table_insert(values, (gpointer)"about", g_strdup(acting->now != NULL ?
	    acting->now->tag : settings->team_name));
	g_hash_table_insert(values, (gpointer)"body", body);
	dispatch->letter->enclosures = enclosed(acting);
	dispatch->letter->automatic = true;
	dispatch->letter->outer_subject = g_strdup("[...]");
	if (run->mail->message_id != NULL && text_is_plain_id(run->mail->message_id))
		dispatch->letter->in_reply_to = g_strdup(run->mail->message_id);
	if (!letterform_fill(dispatch->letter, settings->text_folder, settings->team_language,
	    "receipt", values, error))
		return false;
	g_ptr_array_add(run->dispatches, g_steal_pointer(&dispatch));
	return true;
}

typedef struct {
	char *own, *hash;
} Kept;

static void
kept_free(gpointer data)
{
	Kept *kept = data;

	g_free(kept->own);
	g_free(kept->hash);
	g_free(kept);
}

static bool
file_kept(const Acting *acting, gconstpointer what, GError **error)
{
	const Kept *kept = what;
	const Run *run = acting->run;
	const KeptAnswer answer = {
		.own = kept->own, .letters = acting->waiting, .attached = acting->attached,
		.reception = acting_ordered(acting),
	};
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) sealed = kept_seal(run->tools, &answer, &wrapped);
	g_autofree char *cause = g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);

	return acts_hold_answer(run->db, acting->authority->case_no, acting->authority->analyst, cause,
	    kept->hash, wrapped, sealed, error);
}

void
hold_answer(Acting *acting, const char *own)
{
	Kept *kept = g_new0(Kept, 1);
	g_autofree char *hash = seal_sha256(own, strlen(own));

	kept->own = g_strdup(own);
	kept->hash = g_strndup(hash, HASH_LETTERS);
	acting->held = true;
	acting_step(acting, file_kept, kept, kept_free);
}
