/* act_relay - what leaves: reply, pass, forward; see act.h */

#include "act.h"

#include <string.h>

#include "passed.h"
#include "sending.h"

/* The party of that name; without a name the one the notice came from, or the
 * only one there is. */
Side *
act_side(Acting *acting, const char *name)
{
	Side *side = NULL;

	if (name != NULL)
		side = side_named(acting->sides, name);
	else if (acting->authority->nonce != NULL)
		side = side_of_id(acting->sides, acting->authority->nonce->party);
	if (side == NULL && name == NULL && acting->sides->len == 1)
		side = g_ptr_array_index(acting->sides, 0);
	if (side == NULL)
		acting_refuse(acting, name != NULL ? "refused-no-party" : "refused-which-party", name);
	return side;
}

/* A text may go in clear only where the case lets it, and with nothing in it
 * that another one wrote. */
static bool
may_be_clear(Acting *acting, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	if (strcmp(acting->now->tlp, "CLEAR") != 0 && strcmp(acting->now->tlp, "GREEN") != 0)
		acting_refuse(acting, "refused-clear-tlp", acting->now->tlp);
	for (char **line = lines; *line != NULL; line++)
		if ((*line)[0] == '>' || (*line)[0] == '|')
			acting_refuse(acting, "refused-clear-quote", *line);
	return acting->refusal == NULL;
}

/* "/reply clear", "/reply reporter clear". */
bool
act_send_fixed(Acting *acting, Side *to, const char *template, const char *text, bool clear,
    GError **error)
{
	const Sending sending = { .kind = "verify", .template = template, .to = to, .text = text,
	    .own = "", .clear = clear };

	return sending_plan(acting, &sending, error);
}

bool
act_reply(Acting *acting, const Command *command, GError **error)
{
	guint words = command->words->len;
	bool clear = words > 0 && g_ascii_strcasecmp(
	    g_ptr_array_index(command->words, words - 1), "clear") == 0;
	const char *name = words > (clear ? 1 : 0) ? g_ptr_array_index(command->words, 0) : NULL;
	Sending sending = { .kind = "relay", .template = clear ? "relay-clear" : "relay",
	    .text = command->text, .own = command->text, .clear = clear };

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	if (!clear && words > 1)
		return acting_refuse(acting, "refused-words", command->rest);
	if (clear && !may_be_clear(acting, command->text))
		return true;
	sending.to = act_side(acting, name);
	return sending.to == NULL || sending_plan(acting, &sending, error);
}

bool
act_pass(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "relay", .template = "relay", .own = command->text };
	g_autoptr(Released) released = NULL;
	g_autofree char *text = NULL;
	const Side *from;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	sending.to = act_side(acting, g_ptr_array_index(command->words, 0));
	released = sending.to != NULL ? sending_telling(acting, command, error) : NULL;
	if (released == NULL)
		return acting->refusal != NULL;
	from = side_of_id(acting->sides, released->party);
	if (from == NULL || from == sending.to)
		return acting_refuse(acting, "refused-same-party", sending.to->name);
	text = passed_text(acting->run->tools, from, sending.to, released->text, released->subject,
	    released->answers, command->text, error);
	sending.text = text;
	sending.enclosures = released->enclosures;
	return text != NULL && sending_plan(acting, &sending, error);
}

/* A participant that is no party yet becomes one with the first mail to it. */
static Side *
participant_of(Acting *acting, const char *handle, GError **error)
{
	GError *because = NULL;
	Side *side = side_named(acting->sides, handle);

	if (side == NULL)
		side = side_add(acting->sides, acting->run->db, acting->now->case_no, handle,
		    "participant", &because);
	if (side == NULL && because == NULL)
		acting_refuse(acting, "refused-no-participant", handle);
	if (because != NULL)
		g_propagate_error(error, because);
	return side;
}

bool
act_forward(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "forward", .template = "forward", .own = command->text };
	g_autoptr(Released) released = NULL;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	sending.to = participant_of(acting, g_ptr_array_index(command->words, 0), error);
	if (sending.to == NULL)
		return acting->refusal != NULL;
	sending.text = command->text;
	if (command->text[0] == '\0' || command->picked->len > 0) {
		released = sending_telling(acting, command, error);
		if (released == NULL)
			return acting->refusal != NULL;
		sending.enclosures = released->enclosures;
		if (command->text[0] == '\0')
			sending.text = released->text;
	}
	return sending_plan(acting, &sending, error);
}
