/* filing - see filing.h */

#include "filing.h"

#include <string.h>

#include "acting.h"
#include "beside.h"
#include "chosen.h"
#include "comeback.h"
#include "consent.h"
#include "feedmail.h"
#include "handover.h"
#include "history.h"
#include "hitback.h"
#include "identity.h"
#include "learning.h"
#include "log.h"
#include "proof.h"
#include "quarantine.h"
#include "revocation.h"
#include "replay.h"
#include "straggler.h"
#include "verdicts.h"

/* What was read out of the mail, for its extract. */
static void
list_words(const Run *run, Extract *extract)
{
	const Mail *mail = run->mail;

	extract->subject = g_strdup(mail->subject);
	if (mail->from != NULL) {
		extract->from = g_strdup(mail->from->address);
		extract->from_name = g_strdup(mail->from->name);
	}
	extract->to = g_strdup(run->recipient);
	extract->text = g_strdup(mail->text);
	extract->message_id = g_strdup(mail->message_id);
	extract->date = mail->date;
	extract->encryption = g_strdup(encryption_word(run->opened->encryption));
	extract->signature = g_strdup(signed_word(run->opened->is_signed));
	extract->signer = g_strdup(run->opened->signer);
	extract->signed_at = run->opened->signed_at;
	extract->language = g_strdup(run->language);
	extract->motive = g_strdup(run->verdict->motive);
	extract->severity = g_strdup(run->verdict->severity);
}

static void
take_attachments(const Run *run, Extract *extract)
{
	for (guint i = 0; i < run->mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(run->mail->attachments, i);
		g_autoptr(GBytes) bytes = mime_part_bytes(run->mail->content, part->n);
		Attached *attached = g_new0(Attached, 1);

		attached->n = i + 1;
		attached->name = g_strdup(part->name);
		attached->type = g_strdup(part->type);
		attached->size = (gint64)part->size;
		attached->sha256 = seal_sha256(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
		g_ptr_array_add(extract->attachments, attached);
	}
}

static Extract *
extract_of(const Run *run)
{
	Extract *extract = extract_new();

	list_words(run, extract);
	take_attachments(run, extract);
	for (guint i = 0; i < run->indicators->len; i++) {
		const Indicator *indicator = g_ptr_array_index(run->indicators, i);

		g_ptr_array_add(extract->indicators, g_strdup_printf("%s %s",
		    indicator_word(indicator->kind), indicator->value));
	}
	for (guint i = 0; i < run->verdict->reasons->len; i++)
		g_ptr_array_add(extract->reasons, g_strdup(g_ptr_array_index(run->verdict->reasons, i)));
	return extract;
}

/* The key that signed may be known by now, or one day. */
static bool
file_signer(Run *run, gint64 message, GError **error)
{
	return message == 0 || run->opened->is_signed != SIGNED_UNKNOWN_KEY ||
	    run->opened->signer == NULL ||
	    verdicts_ask_again(run->db, message, run->opened->signer, error);
}

/* 0: error. */
static gint64
file_message(Run *run, GError **error)
{
	g_autoptr(Extract) extract = extract_of(run);
	g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
	g_autoptr(GBytes) signer = run->opened->signer == NULL ? NULL :
	    tools_hash_signer(run->tools, run->opened->signer);
	gint64 id;
	NewMessage message = {
		.party = run->placement.party,
		.time = run->reception->received,
		.reception = run->reception->id,
		.encryption = extract->encryption,
		.signature = extract->signature,
		.verified = run->placement.place != PLACE_NOTE && run->before == NULL,
		.replayed = run->before != NULL,
		.kind = run->mail->kind == MAIL_PERSONAL ? NULL : mail_kind_word(run->mail->kind),
		.signer = signer,
	};

	extract_seal(extract, run->tools->storage_public, &wrapped, &sealed);
	message.wrapped = wrapped;
	message.extract = sealed;
	id = case_add_message(run->db, &message, error);
	return file_signer(run, id, error) ? id : 0;
}

/* The mail's own id, so that the party's next mail is known by it. A note may
 * not teach us ids, nor what came before: who wrote it is not sure. */
static bool
file_id(Run *run, GError **error)
{
	g_autoptr(GBytes) id = NULL;

	if (run->mail->message_id == NULL || run->placement.place == PLACE_NOTE ||
	    run->before != NULL)
		return true;
	id = tools_hash_id(run->tools, run->mail->message_id);
	return case_add_ref(run->db, id, "seen", run->placement.case_no,
	    run->placement.party, 0, error);
}

/* What may be somebody is for an analyst to say. */
static bool
file_participants(Run *run, GError **error)
{
	for (guint i = 0; i < run->matches->len; i++) {
		const Match *match = g_ptr_array_index(run->matches, i);

		if (strcmp(match->sure, "maybe") != 0 && !case_note_participant(run->db, run->placement.case_no,
		    match->participant, match->how, error))
			return false;
	}
	return true;
}

/* A party that is known keeps its row; a new one gets it here. */
static bool
file_party(Run *run, GError **error)
{
	Placement *placement = &run->placement;
	gint64 reporter = 0;

	if (placement->party != 0)
		return true;
	if (strcmp(placement->role, "reporter") == 0 && run->reporter != NULL)
		reporter = run->reporter->id;
	placement->party = case_add_party(run->db, placement->case_no, placement->role,
	    placement->participant, reporter, placement->language,
	    &placement->party_number, error);
	return placement->party != 0;
}

static bool
open_case(Run *run, GError **error)
{
	const NewCase opened = {
		.case_no = run->placement.case_no,
		.tag = run->placement.tag,
		.inbox = run->inbox->address,
		.class = run->verdict->class,
		.motive = run->verdict->motive,
		.severity = run->verdict->severity[0] != '\0' ? run->verdict->severity : NULL,
	};

	return case_open(run->db, &opened, error) && learning_note(run, error);
}

static bool
file_dispatches(Run *run, GError **error)
{
	for (guint i = 0; i < run->dispatches->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(run->dispatches, i);

		if (dispatch->analyst == 0 && dispatch->party == 0)
			dispatch->party = run->placement.party;
		if (!dispatch_file(run->tools, run->db, dispatch, error))
			return false;
	}
	return true;
}

static bool
finish(Run *run, const char *state, const char *reason, gint64 message, GError **error)
{
	const Finish end = {
		.state = state,
		.reason = reason,
		.class = run->verdict != NULL ? run->verdict->class : NULL,
		.motive = run->verdict != NULL ? run->verdict->motive : NULL,
		.encryption = run->opened != NULL ? encryption_word(run->opened->encryption) : NULL,
		.signature = run->opened != NULL ? signed_word(run->opened->is_signed) : NULL,
		.case_no = run->placement.case_no,
		.message = message,
	};

	return reception_finish(run->db, run->reception->id, &end, error);
}

static bool
file_parked(Run *run, GError **error)
{
	return file_dispatches(run, error) && finish(run, "parked", run->parked, 0, error);
}

/* What the notices or the receipt say, so that an answer can be read against it. */
static bool
file_notice(Run *run, GError **error)
{
	const char *words = run->acting != NULL ? run->acting->receipt : run->notice;
	g_autofree char *cause = g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);
	g_autoptr(GBytes) sealed = NULL, wrapped = NULL;

	if (words == NULL || run->placement.case_no == 0)
		return true;
	sealed = tools_seal_text(run->tools, words, "notice", &wrapped);
	return acts_keep_notice(run->db, cause, run->placement.case_no, wrapped, sealed, error);
}

/* The same mail through another inbox: one matter, both inboxes noted. */
static bool
file_again(Run *run, GError **error)
{
	return case_note_inbox(run->db, run->placement.case_no, run->inbox->address, error) &&
	    case_add_event(run->db, run->placement.case_no, "again", run->inbox->address, error) &&
	    finish(run, "superseded", "again", 0, error);
}

static bool
file_aside(Run *run, GError **error)
{
	const char *reason = run->placement.place == PLACE_ANALYST ? "analyst" : "no case";

	return replay_note(run, run->placement.case_no, 0, error) && replay_tell(run, error) &&
	    file_dispatches(run, error) && finish(run, "done", reason, 0, error);
}

/* What was ordered comes before the letters: a receipt's one-time word is bound
 * to the case as it then is. */
static bool
file_analyst(Run *run, GError **error)
{
	return (run->acting == NULL || acting_file(run, error)) && comeback_file(run, error) &&
	    file_notice(run, error) &&
	    file_aside(run, error);
}

/* A stranger's tag is worth a line in the case it names, and no more. */
static bool
file_maybe(Run *run, GError **error)
{
	g_autoptr(CaseRef) ref = NULL;

	if (run->placement.maybe == NULL)
		return true;
	ref = case_by_tag(run->db, run->placement.maybe, error);
	return ref != NULL && case_add_event(run->db, ref->case_no, "maybe",
	    run->placement.tag, error);
}

/* What an extortioner wrote is evidence: that the original is not to go is on
 * record from the first hour. */
static bool
file_frozen(Run *run, GError **error)
{
	g_autofree char *which = g_strdup_printf("reception %" G_GINT64_FORMAT, run->reception->id);

	return strcmp(run->verdict->class, "extortion") != 0 ||
	    case_add_event(run->db, run->placement.case_no, "frozen", which, error);
}

static bool
file_case(Run *run, GError **error)
{
	bool is_new = run->placement.place == PLACE_NEW;
	gint64 message;

	if (run->reporter != NULL && !reporter_file(run->tools, run->db, run->reporter, error))
		return false;
	if (is_new && !open_case(run, error))
		return false;
	if (!file_party(run, error) || !handover_file(run, error) || !hitback_file(run, error))
		return false;
	message = file_message(run, error);
	return message != 0 && history_file(run, message, error) &&
	    chosen_file(run, message, error) &&
	    proof_file(run, message, error) && consent_file(run, message, error) && file_id(run, error) &&
	    identity_note(run, error) && file_participants(run, error) &&
	    case_add_event(run->db, run->placement.case_no, is_new ? "opened" : "message",
	        run->placement.how, error) &&
	    replay_note(run, run->placement.case_no, run->placement.party, error) &&
	    replay_tell(run, error) && file_frozen(run, error) &&
	    comeback_file(run, error) && beside_file(run, error) &&
	    file_maybe(run, error) && file_notice(run, error) && file_dispatches(run, error) &&
	    finish(run, "done", NULL, message, error);
}

static bool
file_place(Run *run, GError **error)
{
	if (run->parked != NULL)
		return file_parked(run, error);
	switch (run->placement.place) {
	case PLACE_NEW:
	case PLACE_PARTY:
	case PLACE_NOTE:
		return file_case(run, error);
	case PLACE_AGAIN:
		return file_again(run, error);
	case PLACE_ANALYST:
		return file_analyst(run, error);
	case PLACE_ASIDE:
		return file_aside(run, error);
	case PLACE_UNDECIDED:
		break;
	}
	g_assert_not_reached();
}

static bool
file_steps(Run *run, GError **error)
{
	return file_place(run, error) && straggler_file(run, error) &&
	    quarantine_file(run, error) && revocation_file(run, error);
}

/* One line a mail, and no word of it. */
static void
log_run(const Run *run)
{
	const char *tag = run->placement.tag;

	log_info("reception %" G_GINT64_FORMAT ": case=%s, class=%s, encryption=%s, "
	    "signature=%s, try=%u%s%s", run->reception->id, tag != NULL ? tag : "none",
	    run->verdict != NULL ? run->verdict->class : "none",
	    run->opened != NULL ? encryption_word(run->opened->encryption) : "none",
	    run->opened != NULL ? signed_word(run->opened->is_signed) : "none",
	    run->reception->tries, run->parked != NULL ? ", parked=" : "",
	    run->parked != NULL ? run->parked : "");
}

/* What needs no answer goes with the next question that has one, which fails
 * if any of it did. The commit stands apart: it must say that it was one. */
static bool
file_quickly(Run *run, GError **error)
{
	db_pipeline_begin(run->db);
	return db_begin(run->db, error) && file_steps(run, error) &&
	    db_pipeline_end(run->db, error) && db_commit(run->db, error);
}

/* The rows of a feed are copied, which needs the session to itself. */
static bool
file_feed(Run *run, GError **error)
{
	return db_begin(run->db, error) && feed_mail_file(run, error) && file_steps(run, error) &&
	    db_commit(run->db, error);
}

bool
run_file(Run *run, GError **error)
{
	bool filed = run->feed != NULL ? file_feed(run, error) : file_quickly(run, error);

	if (!filed) {
		db_rollback(run->db);
		return false;
	}
	log_run(run);
	return true;
}
