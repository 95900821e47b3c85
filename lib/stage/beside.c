/* beside - see beside.h */

#include "beside.h"

#include <string.h>

#include "directory.h"
#include "reporter.h"
#include "template.h"
#include "ticket.h"

#define MOST_OTHERS 20		/* that are looked up and shown: more is a list */

void
beside_free(Beside *beside)
{
	if (beside == NULL)
		return;
	g_ptr_array_unref(beside->others);
	g_ptr_array_unref(beside->names);
	g_clear_pointer(&beside->sides, g_ptr_array_unref);
	g_ptr_array_unref(beside->direct);
	g_free(beside->handle);
	g_free(beside->number);
	g_free(beside);
}

static Beside *
beside_new(void)
{
	Beside *beside = g_new0(Beside, 1);

	beside->others = g_ptr_array_new_with_free_func((GDestroyNotify)mailbox_free);
	beside->names = g_ptr_array_new_with_free_func(g_free);
	beside->direct = g_ptr_array_new();
	return beside;
}

static bool
is_known(const GPtrArray *mailboxes, const char *address)
{
	for (guint i = 0; i < mailboxes->len; i++) {
		const Mailbox *mailbox = g_ptr_array_index(mailboxes, i);

		if (g_ascii_strcasecmp(mailbox->address, address) == 0)
			return true;
	}
	return false;
}

static void
take(const Run *run, Beside *beside, GPtrArray *mailboxes)
{
	while (mailboxes->len > 0 && beside->others->len < MOST_OTHERS) {
		Mailbox *mailbox = g_ptr_array_steal_index(mailboxes, 0);

		if (mailbox->address[0] == '\0' || is_known(beside->others, mailbox->address) ||
		    is_known(run->mail->senders, mailbox->address) ||
		    settings_inbox(run->tools->settings, mailbox->address) != NULL)
			mailbox_free(mailbox);
		else
			g_ptr_array_add(beside->others, mailbox);
	}
}

/* Inside the encryption and outside: what went outside has left as well. */
static void
find_others(const Run *run, Beside *beside)
{
	static const char *const fields[] = { "To", "Cc" };

	for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
		const Mime *inside = protected_source(run->mail->protected, run->outer, fields[i]);
		g_autoptr(GPtrArray) outer = mime_mailboxes(run->outer, fields[i]);
		g_autoptr(GPtrArray) inner = mime_mailboxes(inside, fields[i]);

		take(run, beside, outer);
		take(run, beside, inner);
	}
}

static bool
is_of_side(const Run *run, const Side *side, const char *address, int participant, bool *is,
    GError **error)
{
	g_autoptr(Reporter) reporter = NULL;

	*is = side->participant != 0 && side->participant == participant;
	if (*is || side->record == NULL || side->wrapped == NULL)
		return true;
	reporter = reporter_open(run->tools, side->wrapped, side->record, error);
	*is = reporter != NULL && g_ascii_strcasecmp(reporter->address, address) == 0;
	return reporter != NULL;
}

static void
add_once(GPtrArray *sides, Side *side)
{
	if (!g_ptr_array_find(sides, side, NULL))
		g_ptr_array_add(sides, side);
}

static bool
match_one(const Run *run, Beside *beside, Mailbox *mailbox, GError **error)
{
	bool hidden = false;
	int participant = directory_participant_of(run->db, mailbox->address, error);
	const char *name = participant > 0 ? "participant" : "";

	if (participant < 0)
		return false;
	for (guint i = 0; beside->sides != NULL && i < beside->sides->len; i++) {
		Side *side = g_ptr_array_index(beside->sides, i);
		bool is;

		if (!is_of_side(run, side, mailbox->address, participant, &is, error))
			return false;
		if (is) {
			name = side->name;
			hidden = side->hidden;
			add_once(beside->direct, side);
		}
	}
	if (hidden)			/* by that name alone (T-49) */
		mailbox->address[0] = '\0';
	g_ptr_array_add(beside->names, g_strdup(name));
	return true;
}

/* Of two or more parties; its sender's own counts if that is sure. */
static bool
match(const Run *run, Beside *beside, GError **error)
{
	Side *own = beside->sides == NULL || run->placement.place != PLACE_PARTY ? NULL :
	    side_of_id(beside->sides, run->placement.party);

	if (own != NULL)
		add_once(beside->direct, own);
	for (guint i = 0; i < beside->others->len; i++)
		if (!match_one(run, beside, g_ptr_array_index(beside->others, i), error))
			return false;
	if (beside->direct->len < 2)
		g_ptr_array_set_size(beside->direct, 0);
	return true;
}

char *
beside_number(const Tools *tools, const Side *side, GError **error)
{
	return tools_unseal_text(tools, side->number_wrapped, side->own_number, "number", error);
}

/* Of an organisation, and none we have already. */
static void
suggest(const Run *run, Beside *beside, char *number)
{
	const Side *side = side_of_id(beside->sides, run->placement.party);
	g_autofree char *kept = side != NULL ? beside_number(run->tools, side, NULL) : NULL;
	g_autofree char *found = number;

	if (side == NULL || side->participant == 0 || g_strcmp0(kept, found) == 0)
		return;
	beside->handle = g_strdup(side->name);
	beside->number = g_steal_pointer(&found);
}

bool
beside_look(Run *run, GError **error)
{
	Placement *placement = &run->placement;
	bool in_case = placement->place == PLACE_PARTY || placement->place == PLACE_NOTE;
	g_autoptr(Beside) beside = NULL;
	char *number;

	if ((!in_case && placement->place != PLACE_NEW) || run->mail->kind == MAIL_BOUNCE)
		return true;
	beside = beside_new();
	find_others(run, beside);
	number = in_case && placement->participant != 0 ? ticket_of(run->mail->subject) : NULL;
	if (in_case) {
		beside->sides = sides_of(run->db, placement->case_no, error);
		if (beside->sides == NULL) {
			g_free(number);
			return false;
		}
	}
	if (number != NULL)
		suggest(run, beside, number);
	if (!match(run, beside, error))
		return false;
	run->beside = g_steal_pointer(&beside);
	return true;
}

static void
tell_others(const Beside *beside, GHashTable *words, GString *out)
{
	g_string_append_printf(out, "%s   ", template_word(words, "also-to"));
	for (guint i = 0; i < beside->others->len; i++) {
		const Mailbox *mailbox = g_ptr_array_index(beside->others, i);
		const char *name = g_ptr_array_index(beside->names, i);

		if (mailbox->address[0] == '\0')
			g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", template_word(words, name));
		else
			g_string_append_printf(out, "%s%s", i > 0 ? ", " : "", mailbox->address);
		if (mailbox->address[0] != '\0' && name[0] != '\0')
			g_string_append_printf(out, " (%s)", template_word(words, name));
	}
	g_string_append_c(out, '\n');
}

void
beside_tell(const Run *run, GHashTable *words, GString *out)
{
	const Beside *beside = run->beside;

	if (beside == NULL)
		return;
	for (guint i = 0; i < beside->direct->len; i++) {
		const Side *side = g_ptr_array_index(beside->direct, i);

		g_string_append_printf(out, "%s%s%s", i > 0 ? ", " : "! ", template_word(words, side->name),
		    i + 1 < beside->direct->len ? "" : ": ");
	}
	if (beside->direct->len > 0)
		g_string_append_printf(out, "%s\n", template_word(words, "direct-contact"));
	if (beside->number != NULL)
		g_string_append_printf(out, "! %s: /ref %s %s\n", template_word(words, "their-number"),
		    beside->handle, beside->number);
	if (beside->others->len > 0)
		tell_others(beside, words, out);
}

bool
beside_file(const Run *run, GError **error)
{
	const Beside *beside = run->beside;

	return beside == NULL || beside->direct->len == 0 ||
	    sides_mark_direct(run->db, beside->direct, error);
}
