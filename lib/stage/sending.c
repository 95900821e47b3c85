/* sending - see sending.h */

#include "sending.h"

#include <string.h>

#include "counsel.h"
#include "error.h"
#include "hold.h"
#include "language.h"
#include "readers.h"
#include "relay.h"
#include "text.h"
#include "times.h"

/* Why it waits for a word, as hold.h names it; NULL if all is as usual (T-40). */
static const char *
unusual(const Acting *acting, const Sending *sending)
{
	const char *language = language_guess(sending->own);

	if (sending->clear)
		return hold_name(HOLD_CLEAR);
	if (sending->unusual != NULL)
		return sending->unusual;
	if (acting->run->tools->settings->confirm_all)
		return hold_name(HOLD_ALL);
	if (!sending->to->told)
		return hold_name(HOLD_FIRST);
	if (sending->own[0] != '\0' && language[0] != '\0' &&
	    strcmp(language, sending->to->language) != 0)
		return hold_name(HOLD_LANGUAGE);
	return NULL;
}

/* The party is one from now on. */
static bool
file_open(const Acting *acting, gconstpointer what, GError **error)
{
	return side_open(acting->run->db, (Side *)what, error);
}

/* The same, and an older text to it is replaced. */
static bool
file_side(const Acting *acting, gconstpointer what, GError **error)
{
	Side *side = (Side *)what;	/* the acting's own, not the step's */

	return side_open(acting->run->db, side, error) &&
	    sides_replace(acting->run->db, side, acting->authority->analyst, error);
}

/* "Exactly this goes to cert@delinde.example, ict@delinde.example:" and then it; who
 * wants to be named to nobody goes by another name here as well. */
static void
show_text(Acting *acting, const Side *side, const Relayed *relayed)
{
	const Dispatch *first = g_ptr_array_index(relayed->letters, 0);
	g_autofree char *shown = text_prefix_lines(first->letter->body, "| ");

	g_string_append(acting->shown, acting_word(acting, "exactly-this"));
	for (guint i = 0; i < relayed->letters->len; i++) {
		const Dispatch *dispatch = g_ptr_array_index(relayed->letters, i);

		g_string_append_printf(acting->shown, "%s %s", i > 0 ? "," : "",
		    side->hidden ? side->name : dispatch->letter->to);
	}
	g_string_append_printf(acting->shown, ":\n%s", shown);
	for (guint i = 0; first->letter->enclosures != NULL && i < first->letter->enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(first->letter->enclosures, i);

		g_string_append_printf(acting->shown, "#%u %s %s\n", i + 1, enclosure->name, enclosure->type);
	}
}

static void
show_gate(Acting *acting, const GateFinding *gate)
{
	g_string_append_printf(acting->shown, "%u %s: %s\n", gate->searched,
	    acting_word(acting, "searched"), acting_word(acting, gate->held == NULL ? "no-hit" : "hit"));
	if (gate->found != NULL)
		g_string_append_printf(acting->shown, "! %s\n", gate->found);
	if (gate->line != NULL)
		g_string_append_printf(acting->shown, "| %s\n", gate->line);
}

/* In an answer that is itself kept, how to go on is said of the whole. */
static void
show_held(Acting *acting, const Sending *sending, const Relayed *relayed)
{
	g_autofree char *more = g_strdup_printf("%s, %s (%s)", relayed->hash, sending->to->name,
	    hold_said(acting->words, relayed->held));

	acting_did(acting, "did-held", more);
	g_ptr_array_add(acting->waiting, g_strdup(relayed->seen));
	show_text(acting, sending->to, relayed);
	show_gate(acting, &relayed->gate);
	if (acting->authority->reach == AUTHORITY_CHANGES)
		g_string_append_printf(acting->shown, "%s\n", acting_word(acting, "confirm-letter"));
}

static void
say_leaves(Acting *acting, const Sending *sending)
{
	g_autofree char *when = acting_leaves(acting, false);
	g_autofree char *more = g_strdup_printf("%s, %s", sending->to->name, when);

	acting_did(acting, "did-sent", more);
}

static void
say(Acting *acting, const Sending *sending, const Relayed *relayed)
{
	const Dispatch *first = g_ptr_array_index(relayed->letters, 0);

	if (relayed->hash != NULL && relayed->held != NULL)
		show_held(acting, sending, relayed);
	else if (first->certificate == NULL && first->template == NULL)
		acting_did(acting, "did-keyless", sending->to->name);
	else
		say_leaves(acting, sending);
}

char *
sending_cause(const Acting *acting)
{
	return g_strdup_printf("reception %" G_GINT64_FORMAT " #%u", acting->run->reception->id,
	    acting->run->dispatches->len + 1);
}

/* Whoever lets something go stands in the audit with why it had waited (T-47). */
static bool
file_released(const Acting *acting, gconstpointer what, GError **error)
{
	const Run *run = acting->run;

	return acts_audit(run->db, acting->authority->handle, "released", acting->now->case_no,
	    run->reception->id, what, error);
}

void
sending_note_released(Acting *acting, const char *held)
{
	acting_step(acting, file_released, g_strdup(held), g_free);
}

/* Was just this letter shown with the answer that is now confirmed? What goes in
 * clear, what waits whatever else, or is of a case with a ciphertext that came before,
 * has a word of its own. */
static bool
is_agreed(const Acting *acting, const Sending *sending, const Relay *relay,
    const Relayed *relayed)
{
	return acting->agreed != NULL && relayed->seen != NULL && !relay->clear &&
	    !relay->replayed && sending->unusual == NULL &&
	    g_ptr_array_find_with_equal_func(acting->agreed, relayed->seen, g_str_equal, NULL);
}

/* As it waits, or, if it was agreed to, as it leaves. */
static Relayed *
write_agreed(Acting *acting, const Sending *sending, Relay *relay, GError **error)
{
	g_autoptr(Relayed) relayed = relay_write(relay, error);

	if (relayed == NULL || !is_agreed(acting, sending, relay, relayed))
		return g_steal_pointer(&relayed);
	sending_note_released(acting, relayed->held);
	relay->released = true;
	return relay_write(relay, error);
}

/* NULL without an error: refused. */
static Relayed *
write_letters(Acting *acting, const Sending *sending, GError **error)
{
	Run *run = acting->run;
	g_autofree char *cause = sending->cause != NULL ? g_strdup(sending->cause) :
	    sending_cause(acting);
	Relay relay = {
		.tools = run->tools, .db = run->db, .tag = acting->now->tag, .tlp = acting->now->tlp,
		.inbox = run->inbox, .sides = acting->sides, .to = sending->to,
		.severity = acting->now->severity, .found = acting->found,
		.kind = sending->kind, .template = sending->template, .cause = cause,
		.text = sending->text, .enclosures = sending->enclosures,
		.clear = sending->clear, .standard = sending->standard,
		.replayed = acting->now->replayed, .unusual = unusual(acting, sending),
		.analyst = acting->authority->analyst,
	};
	g_autoptr(Relayed) relayed = write_agreed(acting, sending, &relay, error);

	if (relayed == NULL || relayed->letters->len > 0 || sending->optional)
		return g_steal_pointer(&relayed);
	acting_refuse(acting, "refused-nobody", sending->to->name);
	return NULL;
}

static void
take_letters(Acting *acting, const Sending *sending, Relayed *relayed)
{
	acting_step(acting, sending->beside ? file_open : file_side, sending->to, NULL);
	say(acting, sending, relayed);
	g_ptr_array_extend_and_steal(acting->run->dispatches, g_steal_pointer(&relayed->letters));
}

bool
sending_plan(Acting *acting, const Sending *sending, GError **error)
{
	g_autoptr(Relayed) relayed = write_letters(acting, sending, error);

	if (relayed == NULL)
		return acting->refusal != NULL;
	if (relayed->letters->len > 0)
		take_letters(acting, sending, relayed);
	return true;
}

static bool
has_key(const Relayed *relayed)
{
	for (guint i = 0; i < relayed->letters->len; i++)
		if (((const Dispatch *)g_ptr_array_index(relayed->letters, i))->certificate != NULL)
			return true;
	return false;
}

/* The name of both releases is made of theirs. */
static void
share_name(Relayed *relayed, const char *name)
{
	g_free(relayed->hash);
	relayed->hash = g_strdup(name);
	for (guint i = 0; i < relayed->letters->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(relayed->letters, i);

		g_free(dispatch->confirm);
		dispatch->confirm = g_strdup(name);
	}
}

bool
sending_pair(Acting *acting, const Sending pair[2], GError **error)
{
	g_autoptr(Relayed) first = write_letters(acting, &pair[0], error);
	g_autoptr(Relayed) second = first != NULL ? write_letters(acting, &pair[1], error) : NULL;
	g_autofree char *names = NULL, *sum = NULL;

	if (second == NULL)
		return acting->refusal != NULL;
	if (!has_key(first) || !has_key(second))
		return acting_refuse(acting, "refused-no-key", pair[has_key(first) ? 1 : 0].to->name);
	names = g_strconcat(first->hash, second->hash, NULL);
	sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, names, -1);
	sum[strlen(first->hash)] = '\0';
	share_name(first, sum);
	share_name(second, sum);
	take_letters(acting, &pair[0], first);
	take_letters(acting, &pair[1], second);
	return true;
}

/* Takes the message; gives it back if the analyst may read it. */
static Released *
for_these_eyes(Acting *acting, Released *message, GError **error)
{
	g_autoptr(Released) released = message;
	int may = released == NULL ? 1 : readers_may(acting->run->db, acting->authority->analyst,
	    released->id, error);

	if (may > 0)
		return g_steal_pointer(&released);
	if (may == 0)
		acting_refuse(acting, "refused-reader", NULL);
	return NULL;
}

Released *
sending_message(Acting *acting, const Command *command, GError **error)
{
	gint64 message = acting->authority->nonce != NULL ? acting->authority->nonce->message : 0;
	GError *because = NULL;
	Released *released;

	if (message == 0) {
		acting_refuse(acting, "refused-no-message", NULL);
		return NULL;
	}
	released = release_message(acting->run->tools, acting->run->db, acting->now->case_no, message,
	    command->picked, &because);
	if (released == NULL && error_is(because, SLUIS_ERROR_REFUSED)) {
		acting_refuse(acting, "refused-pick", because->message);
		g_clear_error(&because);
	}
	if (because != NULL)
		g_propagate_error(error, because);
	if (released != NULL && released->automatic) {
		acting_refuse(acting, "refused-automatic", NULL);
		g_clear_pointer(&released, released_free);
	}
	return because == NULL ? for_these_eyes(acting, released, error) : NULL;
}

Released *
sending_telling(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(Released) released = sending_message(acting, command, error);
	const Side *from = released != NULL ? side_of_id(acting->sides, released->party) : NULL;

	if (from == NULL || !counsel_is(from))
		return g_steal_pointer(&released);
	acting_refuse(acting, "refused-counsel", NULL);
	return NULL;
}
