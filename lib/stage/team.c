/* team - see team.h */

#include "team.h"

#include "directory.h"
#include "dispatch.h"
#include "letterform.h"

static Dispatch *
letter_to(const Tools *tools, const TeamLetter *told, const Correspondent *analyst,
    GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new(told->kind);
	const Settings *settings = tools->settings;
	const Inbox *inbox = tools_inbox(tools, told->inbox);
	Letter *letter = dispatch->letter;

	dispatch->cause = g_strdup(told->cause);
	dispatch->target = g_strdup_printf("analyst %d", analyst->id);
	dispatch->case_no = told->case_no;
	dispatch->analyst = analyst->id;
	dispatch->envelope_sender = g_strdup("");
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(analyst->address);
	letter->outer_subject = g_strdup(told->outer_subject != NULL ? told->outer_subject : "[...]");
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(tools->tokens, tools_domain(inbox->address));
	letter->automatic = true;
	dispatch_address(dispatch, analyst);
	return letterform_fill(letter, settings->text_folder, settings->team_language,
	    told->template, told->values, error) ? g_steal_pointer(&dispatch) : NULL;
}

bool
team_tell(const Tools *tools, Db *db, const TeamLetter *told, GPtrArray *letters,
    GError **error)
{
	g_autoptr(GPtrArray) analysts = directory_analysts(db, error);

	for (guint i = 0; analysts != NULL && i < analysts->len; i++) {
		const Correspondent *analyst = g_ptr_array_index(analysts, i);
		Dispatch *dispatch;

		if (told->only != 0 && told->only != analyst->id)
			continue;
		dispatch = letter_to(tools, told, analyst, error);
		if (dispatch == NULL)
			return false;
		g_ptr_array_add(letters, dispatch);
	}
	return analysts != NULL;
}
