/* letters - see letters.h */

#include "letters.h"

/* Whole seconds, since that is what a Date field can say. */
static gint64
now_in_seconds(void)
{
	return g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
}

Dispatch *
letter_start(const Run *run, const char *kind, const char *to)
{
	Dispatch *dispatch = dispatch_new(kind);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);
	dispatch->case_no = run->placement.case_no;
	letter->from = g_strdup(run->inbox->address);
	letter->from_name = g_strdup(run->tools->settings->team_name);
	letter->to = g_strdup(to);
	letter->date = now_in_seconds();
	letter->message_id = token_message_id(run->tools->tokens, tools_domain(run->inbox->address));
	return dispatch;
}

char *
letter_token(const Run *run, TokenPurpose purpose)
{
	const Placement *placement = &run->placement;
	Token token = { placement->case_no, placement->party_number, placement->epoch };

	return token_write(run->tools->tokens, purpose, token);
}

/* Bounces come back to the party's own address. */
static char *
bounce_address(const Run *run)
{
	g_autofree char *token = letter_token(run, TOKEN_BOUNCE);

	return token_address(run->inbox->address, token);
}

/* Does it help to hear that a letter to an analyst could not be delivered? Not
 * if it says just that of another one: the two would chase each other (T-54). */
static bool
comes_back(const Run *run)
{
	return run->placement.case_no != 0 && run->placement.place != PLACE_ANALYST &&
	    run->mail->kind != MAIL_BOUNCE;
}

Dispatch *
letter_to_analyst(const Run *run, const char *kind, const Correspondent *analyst)
{
	Dispatch *dispatch = letter_start(run, kind, analyst->address);

	dispatch->target = g_strdup_printf("analyst %d", analyst->id);
	dispatch->analyst = analyst->id;
	dispatch->envelope_sender = comes_back(run) ? bounce_address(run) : g_strdup("");
	dispatch_address(dispatch, analyst);
	return dispatch;
}
