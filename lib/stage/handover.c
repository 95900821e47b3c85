/* handover - see handover.h */

#include "handover.h"

#include <string.h>

#include "consent.h"
#include "consents.h"
#include "stage.h"
#include "template.h"
#include "text.h"

void
handover_free(Handover *handover)
{
	if (handover == NULL)
		return;
	handed_free(handover->handed);
	reporter_free(handover->reporter);
	g_free(handover->language);
	g_free(handover->contact);
	g_free(handover);
}

/* The participant the sender is a contact of, and the contact: by key if the mail
 * is signed well, else by address; 0: of none. */
static bool
sending_contact(const Run *run, int *participant, char **contact, GError **error)
{
	bool is_signed = run->opened->is_signed == SIGNED_GOOD;
	const char *address = run->mail->from->address;
	int analyst, found = 0;

	*contact = NULL;
	*participant = 0;
	if (is_signed && !directory_owner_of_key(run->db, run->opened->signer, participant, &analyst,
	    error))
		return false;
	if (!is_signed)
		*participant = directory_participant_of(run->db, address, error);
	if (*participant > 0)
		found = directory_contact_of(run->db, *participant, address,
		    is_signed ? run->opened->signer : NULL, contact, error);
	if (*participant < 0 || found < 0)
		return false;
	if (found == 0)
		*participant = 0;
	return true;
}

/* Somebody who can be a reporter: not the forwarder, none of us. */
static bool
is_reporter(const Run *run, const char *address, bool *is_one, GError **error)
{
	int analyst = directory_analyst_of(run->db, address, error);

	*is_one = analyst == 0 && g_ascii_strcasecmp(address, run->mail->from->address) != 0 &&
	    settings_inbox(run->tools->settings, address) == NULL;
	return analyst >= 0;
}

/* The case is about what was handed over. */
static bool
take_over(Run *run, Handover *handover, GError **error)
{
	if (!classify_again(run, handover->handed->mail, error))
		return false;
	handover->language = g_strdup(strcmp(run->language, "nl") == 0 ? "nl" : "en");
	handover->reporter = reporter_named(run->tools, run->db, handover->handed->mail->from, error);
	return handover->reporter != NULL &&
	    consent_text_hides(run, handover->handed->mail->text, &handover->hides, error);
}

bool
handover_look(Run *run, GError **error)
{
	g_autoptr(Handover) handover = g_new0(Handover, 1);
	int participant;
	bool is_one;

	if (run->mail->kind != MAIL_PERSONAL || run->mail->from == NULL || run->mail->malformed)
		return true;
	handover->handed = handed_find(run->mail);
	if (handover->handed == NULL || handover->handed->mail->malformed)
		return true;
	if (!sending_contact(run, &participant, &handover->contact, error) ||
	    !is_reporter(run, handover->handed->mail->from->address, &is_one, error))
		return false;
	if (participant == 0 || !is_one)
		return true;
	if (!take_over(run, handover, error))
		return false;
	handover->vouched = run->opened->is_signed == SIGNED_GOOD;
	run->placement.participant = participant;
	run->handover = g_steal_pointer(&handover);
	return true;
}

void
handover_tell(const Run *run, GHashTable *words, GString *out)
{
	const Handover *handover = run->handover;
	g_autofree char *contact = handover != NULL ? text_clean_line(handover->contact, -1) : NULL;

	if (handover == NULL)
		return;
	g_string_append_printf(out, "%s %s (%s).\n", template_word(words, "handed-over"), contact,
	    template_word(words, handover->vouched ? "handed-signed" : "handed-unsigned"));
	g_string_append_printf(out, "%s %s, %s\n", template_word(words, "handed-reporter"),
	    handover->hides ? template_word(words, "handed-hidden") : handover->reporter->address,
	    template_word(words, "handed-unverified"));
}

/* As of a report that came straight to us (T-49). */
static bool
file_wish(const Run *run, gint64 party, GError **error)
{
	const ConsentNote note = {
		.party = party, .what = "name", .state = "withdrawn", .how = "suggestion",
		.signature = signed_word(SIGNED_NONE), .vouched = "none",
	};

	return !run->handover->hides || consents_note(run->db, &note, error);
}

bool
handover_file(const Run *run, GError **error)
{
	const Handover *handover = run->handover;
	g_autofree char *detail = NULL;
	guint number;
	gint64 party;

	if (handover == NULL)
		return true;
	if (!reporter_file(run->tools, run->db, handover->reporter, error))
		return false;
	party = case_add_party(run->db, run->placement.case_no, "reporter", 0, handover->reporter->id,
	    handover->language, &number, error);
	if (party == 0 || !file_wish(run, party, error))
		return false;
	detail = g_strdup_printf("%" G_GINT64_FORMAT, party);
	return case_add_event(run->db, run->placement.case_no, "handed-over", detail, error);
}
