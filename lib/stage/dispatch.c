/* dispatch - see dispatch.h */

#include "dispatch.h"

#include <string.h>

#include "cases.h"
#include "dispatch_private.h"
#include "draft.h"
#include "error.h"
#include "hold.h"
#include "letterform.h"
#include "outbox.h"
#include "parcel.h"
#include "phone.h"

#define REFUSED_PAUSE 3600	/* seconds until a key is tried again that gpg has refused */

Dispatch *
dispatch_new(const char *kind)
{
	Dispatch *dispatch = g_new0(Dispatch, 1);

	dispatch->kind = kind;
	dispatch->letter = letter_new();
	return dispatch;
}

void
dispatch_free(Dispatch *dispatch)
{
	if (dispatch == NULL)
		return;
	g_free(dispatch->cause);
	g_free(dispatch->target);
	letter_free(dispatch->letter);
	g_free(dispatch->envelope_sender);
	g_clear_pointer(&dispatch->certificate, g_bytes_unref);
	g_free(dispatch->subkey);
	g_clear_pointer(&dispatch->sender_hash, g_bytes_unref);
	g_free(dispatch->language);
	g_free(dispatch->signature);
	g_clear_pointer(&dispatch->values, g_hash_table_unref);
	g_free(dispatch->nonce);
	g_free(dispatch->confirm);
	g_free(dispatch->event_about);
	g_clear_pointer(&dispatch->followers, g_ptr_array_unref);
	g_clear_pointer(&dispatch->inner, g_bytes_unref);
	g_clear_pointer(&dispatch->armoured, g_bytes_unref);
	g_clear_error(&dispatch->trouble);
	g_clear_pointer(&dispatch->send_wrapped, g_bytes_unref);
	g_clear_pointer(&dispatch->envelope, g_bytes_unref);
	g_clear_pointer(&dispatch->chunks, g_ptr_array_unref);
	g_clear_pointer(&dispatch->draft, g_ptr_array_unref);
	g_clear_pointer(&dispatch->wrapped, g_bytes_unref);
	g_clear_pointer(&dispatch->record, g_bytes_unref);
	g_free(dispatch);
}

int
dispatch_contact(const Dispatch *dispatch)
{
	return g_str_has_prefix(dispatch->target, "contact ") ?
	    (int)g_ascii_strtoll(dispatch->target + strlen("contact "), NULL, 10) : 0;
}

/* What is held for another reason is never released by a key. */
static void
hold_for_key(Dispatch *dispatch, const char *reason)
{
	if (dispatch->held != NULL)
		return;
	dispatch->held = reason;
	dispatch->keyless = dispatch_contact(dispatch) != 0;
}

/* The words for want of a key are few and ours, so that keeping them costs
 * nothing. */
void
dispatch_address(Dispatch *dispatch, const Correspondent *to)
{
	if (to != NULL && to->encryption != NULL) {
		dispatch->certificate = g_bytes_ref(to->certificate);
		dispatch->subkey = g_strdup(to->encryption);
	} else {
		hold_for_key(dispatch, to == NULL || to->unusable == NULL ? hold_name(HOLD_NO_KEY) :
		    g_intern_string(to->unusable));
	}
}

static bool
is_encrypted(const Dispatch *dispatch)
{
	return dispatch->template == NULL && dispatch->certificate != NULL;
}

static void
encrypt_all(const Tools *tools, GPtrArray *dispatches)
{
	g_autofree Sealing *all = g_new0(Sealing, dispatches->len);
	guint count = 0;

	for (guint i = 0; i < dispatches->len; i++) {
		Dispatch *dispatch = g_ptr_array_index(dispatches, i);

		if (!is_encrypted(dispatch))
			continue;
		dispatch->inner = compose_inner(dispatch->letter);
		all[count++] = (Sealing){ .plaintext = dispatch->inner,
		    .certificate = dispatch->certificate, .encryption_subkey = dispatch->subkey };
	}
	pgp_encrypt_all(tools->pgp, all, count);
	for (guint i = dispatches->len; i > 0; i--) {
		Dispatch *dispatch = g_ptr_array_index(dispatches, i - 1);

		if (!is_encrypted(dispatch))
			continue;
		dispatch->armoured = all[--count].armoured;
		dispatch->trouble = all[count].error;
	}
}

/* The parcel borrows the dispatch's letter for the time of sealing. */
static bool
seal_parcel(const Tools *tools, Dispatch *dispatch, Parcel *parcel, GBytes *final,
    GError **error)
{
	bool sealed;

	letter_free(parcel->letter);
	parcel->letter = dispatch->letter;
	parcel->envelope_sender = g_strdup(dispatch->envelope_sender);
	parcel->bytes = final;
	sealed = parcel_seal(parcel, tools->send_public, &dispatch->send_wrapped,
	    &dispatch->envelope, &dispatch->chunks, error);
	parcel->letter = NULL;
	return sealed;
}

static bool
finish_encrypted(const Tools *tools, Dispatch *dispatch, GError **error)
{
	g_autoptr(Parcel) parcel = parcel_new(PARCEL_ENCRYPTED);

	parcel_expect(parcel, dispatch->subkey);
	return seal_parcel(tools, dispatch, parcel,
	    compose_outer(dispatch->letter, dispatch->armoured), error);
}

static bool
finish_template(const Tools *tools, Dispatch *dispatch, GError **error)
{
	g_autoptr(Parcel) parcel = parcel_new(PARCEL_TEMPLATE);
	GBytes *final = letterform_signed(dispatch->letter, tools->settings->text_folder,
	    dispatch->language, dispatch->template, dispatch->values, dispatch->signature, error);

	if (final == NULL)
		return false;
	parcel->template = g_strdup(dispatch->template);
	parcel->language = g_strdup(dispatch->language);
	parcel->signature = g_strdup(dispatch->signature);
	g_clear_pointer(&parcel->values, g_hash_table_unref);
	parcel->values = g_hash_table_ref(dispatch->values);
	return seal_parcel(tools, dispatch, parcel, final, error);
}

/* What people are shown of it, and the draft if it has to wait for a key. */
static void
seal_record(const Tools *tools, Dispatch *dispatch, bool with_draft)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;

	json_put_text(json, "to", dispatch->letter->to);
	json_put_text(json, "message_id", dispatch->letter->message_id);
	json_put_text(json, "subject", dispatch->letter->subject);
	bytes = json_bytes(json);
	dispatch->record = seal_small(key, "record", bytes);
	dispatch->wrapped = seal_wrap(key, tools->storage_public);
	if (with_draft)
		dispatch->draft = draft_seal(dispatch->letter, dispatch->envelope_sender, key);
}

/*
 * Makes one final. No certificate, or one gpg refuses, is no fault: the letter
 * becomes a draft that waits for a key.
 */
static bool
finish_one(const Tools *tools, Dispatch *dispatch, GError **error)
{
	if (error_is(dispatch->trouble, SLUIS_ERROR_REFUSED)) {
		hold_for_key(dispatch, hold_name(HOLD_NO_KEY));
		dispatch->delay = REFUSED_PAUSE;
	} else if (dispatch->trouble != NULL) {
		g_propagate_error(error, g_steal_pointer(&dispatch->trouble));
		return false;
	}
	if (dispatch->template != NULL) {
		if (!finish_template(tools, dispatch, error))
			return false;
	} else if (dispatch->armoured != NULL) {
		if (!finish_encrypted(tools, dispatch, error))
			return false;
	} else {
		hold_for_key(dispatch, hold_name(HOLD_NO_KEY));
	}
	seal_record(tools, dispatch, dispatch->chunks == NULL);
	return true;
}

bool
dispatch_finish(const Tools *tools, GPtrArray *dispatches, GError **error)
{
	encrypt_all(tools, dispatches);
	for (guint i = 0; i < dispatches->len; i++)
		if (!finish_one(tools, g_ptr_array_index(dispatches, i), error))
			return false;
	return true;
}

NewOutgoing
dispatch_outgoing(const Dispatch *dispatch)
{
	return (NewOutgoing){
		.case_no = dispatch->case_no,
		.party = dispatch->party,
		.kind = dispatch->kind,
		.cause = dispatch->cause,
		.target = dispatch->target,
		.state = dispatch->held != NULL ? "held" : "ready",
		.reason = dispatch->held,
		.keyless = dispatch->keyless,
		.embargoed = dispatch->embargoed,
		.delay = dispatch->delay,
		.sender_hash = dispatch->sender_hash,
		.send_wrapped = dispatch->send_wrapped,
		.envelope = dispatch->envelope,
		.bytes = dispatch->chunks,
		.wrapped = dispatch->wrapped,
		.record = dispatch->record,
		.draft = dispatch->draft,
	};
}

/* An answer to this mail is known by its id: a party's, or an analyst's. */
static bool
file_ids(const Tools *tools, Db *db, const Dispatch *dispatch, GError **error)
{
	g_autoptr(GBytes) id = tools_hash_id(tools, dispatch->letter->message_id);
	g_autoptr(GBytes) nonce = NULL;

	if (dispatch->analyst == 0)
		return dispatch->case_no == 0 ||
		    case_add_mail_ref(db, id, "minted", dispatch->case_no, dispatch->party, 0, dispatch->id,
		        error);
	if (dispatch->case_no != 0 &&
	    !case_add_mail_ref(db, id, "notice", dispatch->case_no, 0, dispatch->analyst,
	        dispatch->id, error))
		return false;
	if (dispatch->nonce == NULL)
		return true;
	nonce = tools_hash_nonce(tools, dispatch->nonce);
	return case_add_nonce(db, nonce, dispatch->analyst, dispatch->case_no, id,
	    dispatch->cause, dispatch->nonce_expires, dispatch->about, error);
}

static void
attach_all(Extract *extract, const GPtrArray *enclosures)
{
	for (guint i = 0; enclosures != NULL && i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);
		Attached *attached = g_new0(Attached, 1);
		gsize size;
		gconstpointer data = g_bytes_get_data(enclosure->bytes, &size);

		attached->n = i + 1;
		attached->name = g_strdup(enclosure->name);
		attached->type = g_strdup(enclosure->type);
		attached->size = (gint64)size;
		attached->sha256 = seal_sha256(data, size);
		g_ptr_array_add(extract->attachments, attached);
	}
}

/* A message out shows in its case with the words that left. */
static bool
file_message(const Tools *tools, Db *db, const Dispatch *dispatch, GError **error)
{
	const Letter *letter = dispatch->letter;
	g_autoptr(Extract) extract = extract_new();
	g_autoptr(GBytes) wrapped = NULL, sealed = NULL;
	NewMessage message = {
		.party = dispatch->party,
		.out = true,
		.time = g_get_real_time(),
		.outbox = dispatch->id,
		.encryption = dispatch->template != NULL ? "none" : "ok",
		.signature = dispatch->template != NULL ? "none" : "good",
		.verified = true,
	};

	extract->subject = g_strdup(letter->subject);
	extract->from = g_strdup(letter->from);
	extract->to = g_strdup(letter->to);
	extract->text = g_strdup(letter->body);
	extract->message_id = g_strdup(letter->message_id);
	extract->date = letter->date;
	extract->encryption = g_strdup(message.encryption);
	extract->signature = g_strdup(message.signature);
	if (dispatch->template == NULL)
		extract->signer = g_strdup(pgp_signer(tools->pgp));
	attach_all(extract, letter->enclosures);
	extract_seal(extract, tools->storage_public, &wrapped, &sealed);
	message.wrapped = wrapped;
	message.extract = sealed;
	return case_add_message(db, &message, error) != 0;
}

/* Asked once more, in the transaction that files it, since others acknowledge
 * at the same time. */
static bool
within_budget(const Tools *tools, Db *db, Dispatch *dispatch, GError **error)
{
	const Settings *settings = tools->settings;
	bool may = true;

	if (dispatch->sender_hash == NULL || dispatch->held != NULL)
		return true;
	if (!outbox_may_acknowledge(db, dispatch->sender_hash, settings->ack_per_sender,
	    settings->ack_in_all, &may, error))
		return false;
	dispatch->held = may ? NULL : "budget";
	return true;
}

static bool
file_event(Db *db, const Dispatch *dispatch, GError **error)
{
	g_autofree char *about = NULL;

	if (dispatch->case_no == 0 || (dispatch->event == NULL && !dispatch->keyless))
		return true;
	if (dispatch->event != NULL && !case_add_event(db, dispatch->case_no, dispatch->event,
	    dispatch->event_about, error))
		return false;
	about = g_strdup_printf("%s %" G_GINT64_FORMAT " %s", dispatch->kind, dispatch->id,
	    dispatch->held);
	return !dispatch->keyless ||
	    case_add_event(db, dispatch->case_no, "held", about, error);
}

/* Somebody has to call, and is told so; others are asked to call us. */
bool
dispatch_file_followers(const Tools *tools, Db *db, const Dispatch *dispatch, GError **error)
{
	if (dispatch->followers == NULL)
		return true;
	if (!phone_open(db, dispatch->case_no, dispatch->party, dispatch_contact(dispatch),
	    dispatch->call_by, "key", error))
		return false;
	for (guint i = 0; i < dispatch->followers->len; i++)
		if (!dispatch_file(tools, db, g_ptr_array_index(dispatch->followers, i), error))
			return false;
	return true;
}

/* A letter that waits for a word, and is not held for want of a key. */
static bool
file_confirm(Db *db, const Dispatch *dispatch, GError **error)
{
	if (dispatch->confirm == NULL || dispatch->held == NULL || dispatch->keyless)
		return true;
	return sides_ask_confirm(db, dispatch->id, dispatch->case_no, dispatch->confirmer,
	    dispatch->confirm, error);
}

bool
dispatch_file(const Tools *tools, Db *db, Dispatch *dispatch, GError **error)
{
	NewOutgoing outgoing;

	if (!within_budget(tools, db, dispatch, error))
		return false;
	if (dispatch->side != NULL)
		dispatch->party = dispatch->side->id;
	outgoing = dispatch_outgoing(dispatch);
	dispatch->id = outbox_file(db, &outgoing, &dispatch->again, error);
	if (dispatch->id == 0)
		return false;
	if (dispatch->again)
		return true;
	return file_ids(tools, db, dispatch, error) &&
	    (!dispatch->is_message || file_message(tools, db, dispatch, error)) &&
	    file_confirm(db, dispatch, error) &&
	    file_event(db, dispatch, error) && dispatch_file_followers(tools, db, dispatch, error);
}
