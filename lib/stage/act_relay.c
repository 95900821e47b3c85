/* act_relay - what leaves: reply, pass, forward; see act.h */

#include "act.h"

#include <string.h>

#include "error.h"
#include "language.h"
#include "quote.h"
#include "release.h"
#include "relay.h"
#include "template.h"
#include "text.h"

/* What an analyst sends, whichever verb it was. */
typedef struct {
	const char *kind, *template;	/* "relay", "forward" */
	Side *to;
	const char *text;		/* as it is filled in */
	const char *own;		/* what of it the analyst wrote; "" */
	const GPtrArray *enclosures;	/* of Enclosure; NULL */
	bool clear;			/* not encrypted */
} Sending;

/* Why it waits for a word, in fixed phrases; NULL if all is as usual (T-40). */
static const char *
unusual(const Acting *acting, const Sending *sending)
{
	const char *language = language_guess(sending->own);

	if (sending->clear)
		return "confirm: not encrypted";
	if (acting->run->tools->settings->confirm_all)
		return "confirm: every mail is";
	if (!sending->to->told)
		return "confirm: the first mail to this party";
	if (sending->own[0] != '\0' && language[0] != '\0' &&
	    strcmp(language, sending->to->language) != 0)
		return "confirm: in another language than the party's";
	return NULL;
}

/* The party is one from now on, and an older text to it is replaced. */
static bool
file_side(const Acting *acting, gconstpointer what, GError **error)
{
	Side *side = (Side *)what;	/* the acting's own, not the step's */

	return side_open(acting->run->db, side, error) &&
	    sides_replace(acting->run->db, side, acting->authority->analyst, error);
}

/* "Exactly this goes to cert@delinde.example, ict@delinde.example:" and then it. */
static void
show_text(Acting *acting, const Relayed *relayed)
{
	const Dispatch *first = g_ptr_array_index(relayed->letters, 0);
	g_autofree char *shown = text_prefix_lines(first->letter->body, "| ");

	g_string_append(acting->shown, acting_word(acting, "exactly-this"));
	for (guint i = 0; i < relayed->letters->len; i++) {
		const Dispatch *dispatch = g_ptr_array_index(relayed->letters, i);

		g_string_append_printf(acting->shown, "%s %s", i > 0 ? "," : "", dispatch->letter->to);
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
	    relayed->held);

	acting_did(acting, "did-held", more);
	show_text(acting, relayed);
	show_gate(acting, &relayed->gate);
	if (acting->authority->reach == AUTHORITY_CHANGES)
		g_string_append_printf(acting->shown, "%s\n", acting_word(acting, "confirm-letter"));
}

static void
say_leaves(Acting *acting, const Sending *sending)
{
	g_autofree char *when = acting_leaves(acting);
	g_autofree char *more = g_strdup_printf("%s, %s", sending->to->name, when);

	acting_did(acting, "did-sent", more);
}

static void
say(Acting *acting, const Sending *sending, const Relayed *relayed)
{
	const Dispatch *first = g_ptr_array_index(relayed->letters, 0);

	if (relayed->hash != NULL && relayed->held != NULL)
		show_held(acting, sending, relayed);
	else if (first->certificate == NULL && !sending->clear)
		acting_did(acting, "did-keyless", sending->to->name);
	else
		say_leaves(acting, sending);
}

static char *
cause_of(const Acting *acting)
{
	return g_strdup_printf("reception %" G_GINT64_FORMAT " #%u", acting->run->reception->id,
	    acting->run->dispatches->len + 1);
}

static bool
send_it(Acting *acting, const Sending *sending, GError **error)
{
	Run *run = acting->run;
	g_autofree char *cause = cause_of(acting);
	const Relay relay = {
		.tools = run->tools, .db = run->db, .tag = acting->now->tag, .tlp = acting->now->tlp,
		.inbox = run->inbox, .sides = acting->sides, .to = sending->to,
		.severity = acting->now->severity, .found = acting->found,
		.kind = sending->kind, .template = sending->template, .cause = cause,
		.text = sending->text, .enclosures = sending->enclosures,
		.clear = sending->clear, .unusual = unusual(acting, sending), .analyst = acting->authority->analyst,
	};
	g_autoptr(Relayed) relayed = relay_write(&relay, error);

	if (relayed == NULL)
		return false;
	if (relayed->letters->len == 0)
		return acting_refuse(acting, "refused-nobody", sending->to->name);
	acting_step(acting, file_side, sending->to, NULL);
	say(acting, sending, relayed);
	g_ptr_array_extend_and_steal(run->dispatches, g_steal_pointer(&relayed->letters));
	return true;
}

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

	return send_it(acting, &sending, error);
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
	return sending.to == NULL || send_it(acting, &sending, error);
}

/* Who writes, in the words of whom it is passed to. */
static char *
passed_text(const Acting *acting, const Side *from, const Side *to, const char *theirs,
    const char *ours, GError **error)
{
	const Settings *settings = acting->run->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder, to->language, error);
	g_autofree char *key = NULL;
	g_autofree char *quoted = NULL;
	GString *text;

	if (words == NULL)
		return NULL;
	key = g_strconcat("writes-", from->role, NULL);
	quoted = text_prefix_lines(theirs, "| ");
	text = g_string_new(NULL);
	g_string_append_printf(text, "%s\n%s", (char *)g_hash_table_lookup(words, key), quoted);
	if (ours[0] != '\0')
		g_string_append_printf(text, "\n%s\n%s\n", (char *)g_hash_table_lookup(words, "we-write"), ours);
	return g_strchomp(g_string_free(text, FALSE));
}

/* What a party wrote now, without what it quoted. */
static char *
new_text(const Released *released)
{
	return quote_strip(released->text, quote_manner(released->subject, released->answers));
}

/* The message a notice was about, with the attachments that were picked. What no
 * person wrote crosses to nobody (T-48). */
static Released *
message_of(Acting *acting, const Command *command, GError **error)
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
	return released;
}

bool
act_pass(Acting *acting, const Command *command, GError **error)
{
	Sending sending = { .kind = "relay", .template = "relay", .own = command->text };
	g_autoptr(Released) released = NULL;
	g_autofree char *theirs = NULL;
	g_autofree char *text = NULL;
	const Side *from;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	sending.to = act_side(acting, g_ptr_array_index(command->words, 0));
	released = sending.to != NULL ? message_of(acting, command, error) : NULL;
	if (released == NULL)
		return acting->refusal != NULL;
	from = side_of_id(acting->sides, released->party);
	if (from == NULL || from == sending.to)
		return acting_refuse(acting, "refused-same-party", sending.to->name);
	theirs = new_text(released);
	text = passed_text(acting, from, sending.to, theirs, command->text, error);
	sending.text = text;
	sending.enclosures = released->enclosures;
	return text != NULL && send_it(acting, &sending, error);
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
		released = message_of(acting, command, error);
		if (released == NULL)
			return acting->refusal != NULL;
		sending.enclosures = released->enclosures;
		if (command->text[0] == '\0')
			sending.text = released->text;
	}
	return send_it(acting, &sending, error);
}
