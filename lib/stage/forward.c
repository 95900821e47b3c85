/* forward - see forward.h */

#include "forward.h"

#include <string.h>

#include "cases.h"
#include "clearance.h"
#include "directory.h"
#include "dispatch.h"
#include "error.h"
#include "identity.h"
#include "keyless.h"
#include "letterform.h"
#include "replay.h"
#include "template.h"
#include "text.h"
#include "times.h"

/* What one forward is made of, once it is known to whom it goes. */
typedef struct {
	const Tools *tools;
	Db *db;
	const Forward *forward;
	CaseRef *ref;
	const Inbox *inbox;
	int participant;
	char *language;
	gint64 party;
	guint party_number;
	GHashTable *words;
	Leak *identity;
	GPtrArray *enclosures;		/* of Enclosure: renamed, cleaned */
	const char *held;		/* the reason that holds all of it; NULL */
} Draught;

static void
draught_clear(Draught *draught)
{
	case_ref_free(draught->ref);
	g_free(draught->language);
	leak_free(draught->identity);
	g_clear_pointer(&draught->words, g_hash_table_unref);
	g_clear_pointer(&draught->enclosures, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Draught, draught_clear)

void
forward_free(Forward *forward)
{
	if (forward == NULL)
		return;
	g_free(forward->tag);
	g_free(forward->participant);
	g_free(forward->text);
	g_free(forward->cause);
	g_clear_pointer(&forward->enclosures, g_ptr_array_unref);
	g_free(forward);
}

static void
forwarded_free(gpointer data)
{
	Forwarded *forwarded = data;

	g_free(forwarded->to);
	g_free(forwarded);
}

static bool
find_case(Draught *draught, GError **error)
{
	const Settings *settings = draught->tools->settings;
	g_autofree char *tag = g_ascii_strup(draught->forward->tag, -1);
	g_autoptr(GError) because = NULL;

	draught->ref = case_by_tag(draught->db, tag, &because);
	if (because != NULL) {
		g_propagate_error(error, g_steal_pointer(&because));
		return false;
	}
	if (draught->ref == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "there is no case %s; see: sluis case list", tag);
	draught->inbox = settings_inbox(settings, draught->ref->inbox);
	if (draught->inbox == NULL)
		draught->inbox = g_ptr_array_index(settings->inboxes, 0);
	return true;
}

/* The participant becomes a party of the case before anything is written to
 * it, since its letters carry the party's number. */
static bool
open_party(Draught *draught, GError **error)
{
	const char *name = draught->forward->participant;

	draught->participant = directory_participant(draught->db, name, NULL,
	    &draught->language, error);
	if (draught->participant < 0)
		return false;
	if (draught->participant == 0)
		return error_set(error, SLUIS_ERROR_REFUSED,
		    "there is no participant %s; see: sluis participant list", name);
	draught->party = case_add_party(draught->db, draught->ref->case_no, "participant",
	    draught->participant, 0, draught->language, &draught->party_number, error);
	return draught->party != 0;
}

static char *
token_of(const Draught *draught, TokenPurpose purpose)
{
	Token token = { draught->ref->case_no, draught->party_number, 0 };

	return token_write(draught->tools->tokens, purpose, token);
}

static GHashTable *
values_of(const Draught *draught, const char *language)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	const char *zone = draught->tools->settings->team_zone;
	gint64 call = times_working_days(g_get_real_time(), 2, zone);
	g_autofree char *token = token_of(draught, TOKEN_REPLY);
	const char *checked = g_hash_table_lookup(draught->words, "checked-not");

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(draught->ref->tag));
	g_hash_table_insert(values, (gpointer)"tlp", g_strdup("TLP:AMBER"));
	g_hash_table_insert(values, (gpointer)"checked", g_strdup(checked));
	g_hash_table_insert(values, (gpointer)"text", g_strdup(draught->forward->text));
	g_hash_table_insert(values, (gpointer)"day", times_day(call, zone, language));
	g_hash_table_insert(values, (gpointer)"ref", g_strdup_printf("Ref: %s", token));
	return values;
}

static void
address_letter(const Draught *draught, Dispatch *dispatch, const Correspondent *contact)
{
	Letter *letter = dispatch->letter;
	g_autofree char *bounce = token_of(draught, TOKEN_BOUNCE);

	letter->from = g_strdup(draught->inbox->address);
	letter->from_name = g_strdup(draught->tools->settings->team_name);
	letter->to = g_strdup(contact->address);
	letter->outer_subject = g_strdup("[...]");
	letter->copy_subject = true;
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(draught->tools->tokens,
	    tools_domain(draught->inbox->address));
	letter->enclosures = g_ptr_array_ref(draught->enclosures);
	dispatch->envelope_sender = token_address(draught->inbox->address, bounce);
	dispatch->held = draught->held;
	dispatch_address(dispatch, contact);
}

static Dispatch *
letter_to(const Draught *draught, const Correspondent *contact, GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new("forward");
	const Settings *settings = draught->tools->settings;
	const char *language = contact->language != NULL ? contact->language : draught->language;
	g_autoptr(GHashTable) values = values_of(draught, language);

	dispatch->cause = g_strdup(draught->forward->cause);
	dispatch->target = g_strdup_printf("contact %d", contact->id);
	dispatch->case_no = draught->ref->case_no;
	dispatch->party = draught->party;
	dispatch->is_message = true;
	dispatch->delay = settings->outgoing_delay;
	address_letter(draught, dispatch, contact);
	if (!letterform_fill(dispatch->letter, settings->text_folder, language, "forward",
	    values, error))
		return NULL;
	return g_steal_pointer(&dispatch);
}

static GPtrArray *
letters(const Draught *draught, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	g_autoptr(GPtrArray) contacts = directory_contacts(draught->db, draught->participant, error);

	if (contacts == NULL)
		return NULL;
	for (guint i = 0; i < contacts->len; i++) {
		Dispatch *dispatch = letter_to(draught, g_ptr_array_index(contacts, i), error);

		if (dispatch == NULL)
			return NULL;
		g_ptr_array_add(all, dispatch);
	}
	if (all->len == 0) {
		error_set(error, SLUIS_ERROR_REFUSED, "%s has no contact who receives cases; "
		    "see: sluis participant show %s", draught->forward->participant,
		    draught->forward->participant);
		return NULL;
	}
	return g_steal_pointer(&all);
}

/* Told once, with the first of it: filing the same release again is no event.
 * What waits for a key has one of its own. */
static bool
file_event(const Draught *draught, bool leaves, GError **error)
{
	return case_add_event(draught->db, draught->ref->case_no,
	    leaves ? "forwarded" : "held", draught->forward->participant, error);
}

static void
add_result(GPtrArray *results, const Dispatch *dispatch)
{
	Forwarded *forwarded = g_new0(Forwarded, 1);

	forwarded->id = dispatch->id;
	forwarded->to = g_strdup(dispatch->letter->to);
	forwarded->held = dispatch->held;
	g_ptr_array_add(results, forwarded);
}

static bool
file_all(const Draught *draught, const GPtrArray *all, GPtrArray *results, GError **error)
{
	bool again = true, leaves = false;

	for (guint i = 0; i < all->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(all, i);

		if (!dispatch_file(draught->tools, draught->db, dispatch, error))
			return false;
		again = again && dispatch->again;
		leaves = leaves || dispatch->held == NULL;
		add_result(results, dispatch);
	}
	return again || (!leaves && draught->held == NULL) || file_event(draught, leaves, error);
}

static bool
prepare(Draught *draught, GError **error)
{
	const Settings *settings = draught->tools->settings;

	if (!find_case(draught, error) || !open_party(draught, error))
		return false;
	draught->words = template_words(settings->text_folder, draught->language, error);
	draught->identity = draught->words != NULL ? identity_of_reporters(draught->tools,
	    draught->db, draught->ref->case_no, error) : NULL;
	if (draught->identity == NULL)
		return false;
	draught->held = draught->ref->replayed ? REPLAY_HELD :
	    clearance_judge(draught->identity, draught->forward->text,
	        draught->forward->enclosures);
	draught->enclosures = clearance_clean(draught->forward->enclosures,
	    g_hash_table_lookup(draught->words, "attachment"), &draught->held);
	return true;
}

GPtrArray *
forward_file(const Tools *tools, Db *db, const Forward *forward, GError **error)
{
	g_auto(Draught) draught = { .tools = tools, .db = db, .forward = forward };
	g_autoptr(GPtrArray) results = g_ptr_array_new_with_free_func(forwarded_free);
	g_autoptr(GPtrArray) all = NULL;

	if (!prepare(&draught, error))
		return NULL;
	all = letters(&draught, error);
	if (all == NULL || !dispatch_finish(tools, all, error) ||
	    !keyless_follow(tools, db, all, error) || !db_begin(db, error))
		return NULL;
	if (file_all(&draught, all, results, error) && db_commit(db, error))
		return g_steal_pointer(&results);
	db_rollback(db);
	return NULL;
}
