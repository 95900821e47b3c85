/* comeback - see comeback.h */

#include "comeback.h"

#include "phone.h"
#include "summons.h"
#include "template.h"
#include "token.h"

static const char *const fates[] = {
	[BOUNCE_FAILED] = "failed",
	[BOUNCE_DELAYED] = "delayed",
	[BOUNCE_PASSED] = "passed",
};

void
comeback_free(Comeback *comeback)
{
	if (comeback == NULL)
		return;
	bounce_free(comeback->bounce);
	returned_free(comeback->mail);
	g_free(comeback);
}

/* Those that nobody else can have made. */
static GPtrArray *
own_ids(const Tools *tools, const GPtrArray *ids)
{
	GPtrArray *hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

	for (guint i = 0; i < ids->len; i++)
		if (token_is_message_id(tools->tokens, g_ptr_array_index(ids, i)))
			g_ptr_array_add(hashes, tools_hash_id(tools, g_ptr_array_index(ids, i)));
	return hashes;
}

static bool
is_final(const Comeback *comeback)
{
	return comeback->bounce->action == BOUNCE_FAILED && comeback->bounce->status[0] == '5';
}

bool
comeback_look(Run *run, const Token *token, GError **error)
{
	g_autoptr(Comeback) comeback = g_new0(Comeback, 1);
	g_autoptr(GPtrArray) hashes = NULL;
	GError *because = NULL;

	comeback->bounce = bounce_read(run->outer, run->mail->subject);
	hashes = own_ids(run->tools, comeback->bounce->ids);
	if (hashes->len > 0 || token != NULL)
		comeback->mail = returns_find(run->db, hashes, token != NULL ? token->case_no : 0,
		    token != NULL ? token->party : 0, comeback->bounce->addresses, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (comeback->mail != NULL && comeback->mail->contact != 0 && is_final(comeback))
		comeback->call_by = summons_call_by(comeback->mail->severity, g_get_real_time(),
		    run->tools->settings->team_zone, run->tools->settings->holidays);
	run->comeback = g_steal_pointer(&comeback);
	return true;
}

bool
comeback_concerns(const Comeback *comeback, int analyst)
{
	const Returned *mail = comeback != NULL ? comeback->mail : NULL;

	if (comeback == NULL)
		return true;
	if (comeback->bounce->action != BOUNCE_FAILED)
		return false;
	return mail == NULL || mail->analyst == 0 || (mail->analyst != analyst && !mail->dead);
}

bool
comeback_hides(const Comeback *comeback)
{
	return comeback != NULL && comeback->mail != NULL && comeback->mail->hidden;
}

void
comeback_tell(const Run *run, GHashTable *words, GString *out)
{
	const Comeback *comeback = run->comeback;
	const Settings *settings = run->tools->settings;
	const Returned *mail = comeback != NULL ? comeback->mail : NULL;
	g_autofree char *until = NULL;

	if (mail == NULL)
		return;
	g_string_append_printf(out, "! %s: %s %" G_GINT64_FORMAT ", %s%s%s%s; %s %s\n",
	    template_word(words, "came-back"), mail->kind, mail->outbox,
	    mail->who != NULL ? mail->who : template_word(words, "reporter"),
	    mail->address != NULL ? " <" : "", mail->address != NULL ? mail->address : "",
	    mail->address != NULL ? ">" : "", comeback->bounce->status,
	    template_word(words, is_final(comeback) ? "bounce-final" : "bounce-later"));
	if (comeback->call_by == 0)
		return;
	until = summons_moment(comeback->call_by, settings->team_zone, settings->team_language);
	g_string_append_printf(out, "! %s %s %s\n", template_word(words, "unreachable-call"),
	    template_word(words, "until"), until);
}

/* From where a person wrote to us in answer, mails get through to there. */
static bool
file_reached(const Run *run, GError **error)
{
	bool answers = run->placement.place == PLACE_PARTY ||
	    (run->placement.place == PLACE_ANALYST && run->opened->is_signed == SIGNED_GOOD);

	return !answers || run->mail->kind != MAIL_PERSONAL || run->mail->from == NULL ||
	    !run->from_fits || returns_reached(run->db, run->mail->from->address, error) >= 0;
}

bool
comeback_file(const Run *run, GError **error)
{
	const Comeback *comeback = run->comeback;
	const Returned *mail = comeback != NULL ? comeback->mail : NULL;

	if (mail == NULL)
		return file_reached(run, error);
	return returns_note(run->db, mail->outbox, comeback->bounce->status,
	        fates[comeback->bounce->action], error) &&
	    (comeback->call_by == 0 || phone_open(run->db, mail->case_no, mail->party, mail->contact,
	        comeback->call_by, "bounce", error));
}
