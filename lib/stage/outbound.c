/* outbound - see outbound.h */

#include "outbound.h"

#include <string.h>

#include "address.h"
#include "cases.h"
#include "clearance.h"
#include "directory.h"
#include "dispatch.h"
#include "error.h"
#include "gate.h"
#include "hold.h"
#include "keyless.h"
#include "mail.h"
#include "refs.h"
#include "template.h"
#include "text.h"

/* What one letter is made of. */
typedef struct {
	const Tools *tools;
	Db *db;
	const Outbound *outbound;
	int participant;
	Mime *mime;
	Mail *mail;
	CaseRef *ref;			/* a case it belongs to; NULL */
	gint64 party;
	guint party_number;
	Correspondent *contact;		/* whose address it is; NULL */
	GPtrArray *enclosures;		/* of Enclosure: renamed, cleaned */
	const char *held;
} Errand;

static void
errand_clear(Errand *errand)
{
	g_clear_pointer(&errand->mail, mail_free);
	g_clear_pointer(&errand->mime, mime_free);
	g_clear_pointer(&errand->ref, case_ref_free);
	g_clear_pointer(&errand->contact, correspondent_free);
	g_clear_pointer(&errand->enclosures, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Errand, errand_clear)

/* --- whose mail it is --- */

static bool
is_our_domain(const Settings *settings, const char *address)
{
	for (guint i = 0; i < settings->inboxes->len; i++) {
		const Inbox *inbox = g_ptr_array_index(settings->inboxes, i);

		if (g_ascii_strcasecmp(tools_domain(inbox->address), tools_domain(address)) == 0)
			return true;
	}
	return false;
}

int
outbound_participant(Db *db, const Settings *settings, const char *sender,
    const char *recipient, GError **error)
{
	int analyst = 0;

	if (sender == NULL || *sender == '\0' || is_our_domain(settings, recipient))
		return 0;
	if (!is_our_domain(settings, sender))
		analyst = directory_analyst_of(db, sender, error);
	if (analyst < 0)
		return -1;
	if (analyst == 0 && !is_our_domain(settings, sender))
		return 0;
	return directory_participant_of(db, recipient, error);
}

/* --- the mail --- */

static GBytes *
digest_of(const Outbound *outbound)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	Slice origin = split_origin(slice_bytes(outbound->mail));
	guint8 digest[32];
	gsize length = sizeof(digest);

	g_checksum_update(checksum, (const guchar *)outbound->recipient,
	    (gssize)strlen(outbound->recipient) + 1);
	g_checksum_update(checksum, (const guchar *)origin.start, (gssize)origin.length);
	g_checksum_get_digest(checksum, digest, &length);
	return g_bytes_new(digest, length);
}

gint64
outbound_number(const Outbound *outbound)
{
	g_autoptr(GBytes) digest = digest_of(outbound);
	gint64 number;

	memcpy(&number, g_bytes_get_data(digest, NULL), sizeof(number));
	return (number & G_MAXINT64) | (G_GINT64_CONSTANT(1) << 62);
}

/* The same mail to the same recipient has the same name, by which nobody else
 * can tell it. */
static char *
cause_of(const Errand *errand)
{
	g_autoptr(GBytes) digest = digest_of(errand->outbound);
	g_autoptr(GBytes) mac = seal_mac(errand->tools->index, "outbound",
	    g_bytes_get_data(digest, NULL), g_bytes_get_size(digest));
	g_autofree char *name = text_hex(g_bytes_get_data(mac, NULL), 16);

	return g_strconcat("outbound ", name, NULL);
}

/* Why it cannot be sent on at all; NULL: it can. */
static char *
check(const Errand *errand)
{
	const char *over = tools_over_limits(errand->tools, errand->outbound->mail);

	if (over != NULL)
		return g_strdup_printf("this mail is over a limit: %s", over);
	if (!address_is_plain(errand->outbound->recipient))
		return g_strdup("an address as odd as its recipient's is not written to");
	return NULL;
}

static bool
read_mail(Errand *errand, GError **error)
{
	g_autofree char *why = check(errand);

	if (why != NULL) {
		error_set(error, SLUIS_ERROR_REFUSED, "%s", why);
		return false;
	}
	errand->mime = mime_parse(errand->outbound->mail);
	errand->mail = mail_read(errand->mime, NULL, NULL, errand->outbound->sender);
	if (errand->mail->text[0] == '\0' && errand->mail->subject[0] == '\0' &&
	    errand->mail->attachments->len == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "there is nothing in this mail");
	return true;
}

/* --- the case it belongs to --- */

/* The first case its Subject names. */
static bool
find_case(Errand *errand, GError **error)
{
	g_autoptr(GPtrArray) tags = refs_tags(errand->mail->subject);
	GError *because = NULL;

	for (guint i = 0; i < tags->len && errand->ref == NULL && because == NULL; i++)
		errand->ref = case_by_tag(errand->db, g_ptr_array_index(tags, i), &because);
	if (because != NULL)
		g_propagate_error(error, because);
	return because == NULL;
}

/* A case that has nothing to do with the participant is none of its business,
 * and what is written to it about that has to be looked at. */
static bool
join_case(Errand *errand, GError **error)
{
	GError *because = NULL;
	bool concerns;

	if (!find_case(errand, error))
		return false;
	if (errand->ref == NULL)
		return true;
	if (errand->ref->replayed)
		errand->held = hold_name(HOLD_REPLAYED);
	concerns = case_concerns(errand->db, errand->ref->case_no, errand->participant, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	if (!concerns) {
		errand->held = hold_name(HOLD_NOT_CONCERNED);
		g_clear_pointer(&errand->ref, case_ref_free);
		return true;
	}
	errand->party = case_add_party(errand->db, errand->ref->case_no, "participant",
	    errand->participant, 0, errand->ref->language != NULL ? errand->ref->language : "en",
	    &errand->party_number, error);
	return errand->party != 0;
}

/* --- whom and what --- */

static bool
find_contact(Errand *errand, GError **error)
{
	g_autoptr(GPtrArray) contacts = directory_contacts(errand->db, errand->participant, error);

	for (guint i = 0; contacts != NULL && i < contacts->len; i++) {
		Correspondent *contact = g_ptr_array_index(contacts, i);

		if (errand->contact == NULL &&
		    g_ascii_strcasecmp(contact->address, errand->outbound->recipient) == 0) {
			contacts->pdata[i] = NULL;
			errand->contact = contact;
		}
	}
	return contacts != NULL;
}

static GPtrArray *
enclosures_of(const Errand *errand)
{
	GPtrArray *enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);

	for (guint i = 0; i < errand->mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(errand->mail->attachments, i);
		g_autoptr(GBytes) bytes = mime_part_bytes(errand->mail->content, part->n);

		g_ptr_array_add(enclosures, enclosure_new(part->name, part->type, bytes));
	}
	return enclosures;
}

/* In no case there is nobody but whom it goes to. */
static bool
search(const Errand *errand, const GPtrArray *enclosures, GateFinding *finding, GError **error)
{
	const Side nobody = { .participant = errand->participant };
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GPtrArray) sides = errand->ref != NULL ?
	    sides_of(errand->db, errand->ref->case_no, error) : g_ptr_array_ref(none);
	const Side *to = errand->ref != NULL && sides != NULL ?
	    side_of_id(sides, errand->party) : &nobody;
	g_autofree char *all = g_strconcat(errand->mail->subject, "\n", errand->mail->text, NULL);

	return sides != NULL && gate_search(errand->tools, errand->db, sides,
	    to != NULL ? to : &nobody, all, enclosures, finding, error);
}

static bool
clear_contents(Errand *errand, GError **error)
{
	const Settings *settings = errand->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder,
	    settings->team_language, error);
	g_autoptr(GPtrArray) enclosures = enclosures_of(errand);
	g_auto(GateFinding) finding = { 0 };

	if (words == NULL)
		return false;
	if (!search(errand, enclosures, &finding, error))
		return false;
	if (errand->held == NULL)
		errand->held = finding.held;
	errand->enclosures = clearance_clean(enclosures,
	    g_hash_table_lookup(words, "attachment"), &errand->held);
	return true;
}

/* --- the letter --- */

static const Inbox *
inbox_of(const Errand *errand)
{
	return tools_inbox(errand->tools, errand->ref != NULL ? errand->ref->inbox :
	    errand->outbound->sender);
}

/* In a case the answer finds back by its token; without one it comes to the
 * inbox and is a matter of its own. */
static void
add_return(const Errand *errand, Dispatch *dispatch, const Inbox *inbox)
{
	const TokenKeys *keys = errand->tools->tokens;
	g_autofree char *bounce = NULL, *reply = NULL;
	Token token = { 0, errand->party_number, 0 };
	Letter *letter = dispatch->letter;

	if (errand->ref == NULL) {
		dispatch->envelope_sender = g_strdup(inbox->address);
		letter->body = g_strdup(errand->mail->text);
		return;
	}
	token.case_no = errand->ref->case_no;
	bounce = token_write(keys, TOKEN_BOUNCE, token);
	reply = token_write(keys, TOKEN_REPLY, token);
	dispatch->envelope_sender = token_address(inbox->address, bounce);
	letter->body = g_strdup_printf("%s\n\nRef: %s\n", errand->mail->text, reply);
	dispatch->case_no = errand->ref->case_no;
	dispatch->party = errand->party;
	dispatch->is_message = true;
}

static void
add_key(const Errand *errand, Dispatch *dispatch)
{
	const Correspondent *contact = errand->contact;

	dispatch->held = errand->held;
	if (contact == NULL && dispatch->held == NULL)
		dispatch->held = hold_name(HOLD_NO_CONTACT);
	dispatch_address(dispatch, contact);
}

static Dispatch *
letter_of(const Errand *errand)
{
	Dispatch *dispatch = dispatch_new("relay");
	const Inbox *inbox = inbox_of(errand);
	Letter *letter = dispatch->letter;

	dispatch->cause = cause_of(errand);
	dispatch->target = g_strdup_printf("contact %d",
	    errand->contact != NULL ? errand->contact->id : 0);
	dispatch->delay = errand->tools->settings->outgoing_delay;
	letter->from = g_strdup(inbox->address);
	letter->from_name = g_strdup(errand->tools->settings->team_name);
	letter->to = g_strdup(errand->outbound->recipient);
	letter->subject = g_strdup(errand->mail->subject);
	letter->outer_subject = g_strdup("[...]");
	letter->copy_subject = true;
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(errand->tools->tokens,
	    tools_domain(inbox->address));
	letter->enclosures = g_ptr_array_ref(errand->enclosures);
	add_return(errand, dispatch, inbox);
	add_key(errand, dispatch);
	return dispatch;
}

static bool
file(const Errand *errand, Dispatch *dispatch, GError **error)
{
	if (!dispatch_file(errand->tools, errand->db, dispatch, error))
		return false;
	return dispatch->again || errand->ref == NULL || dispatch->keyless ||
	    case_add_event(errand->db, errand->ref->case_no,
	        dispatch->held != NULL ? "held" : "relayed", "outbound", error);
}

bool
outbound_file(const Tools *tools, Db *db, const Outbound *outbound, int participant,
    const char **held, GError **error)
{
	g_auto(Errand) errand = {
		.tools = tools, .db = db, .outbound = outbound, .participant = participant,
	};
	g_autoptr(GPtrArray) one = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	Dispatch *dispatch;

	if (!read_mail(&errand, error) || !join_case(&errand, error) ||
	    !find_contact(&errand, error) || !clear_contents(&errand, error))
		return false;
	dispatch = letter_of(&errand);
	g_ptr_array_add(one, dispatch);
	if (!dispatch_finish(tools, one, error) ||
	    !keyless_follow(tools, db, one, error) || !db_begin(db, error))
		return false;
	if (!file(&errand, dispatch, error) || !db_commit(db, error)) {
		db_rollback(db);
		return false;
	}
	*held = dispatch->held;
	return true;
}
