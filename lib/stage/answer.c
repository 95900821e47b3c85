/*
 * answer - what must now happen, as letters for the outbox
 *
 * A new case is acknowledged to its reporter, if a person is to be answered at
 * all; every mail of a case is told to the analysts it is for. An analyst who
 * writes hears that and why nothing happened. Nothing is sent here.
 */

#include "stage.h"

#include <string.h>

#include "acting.h"
#include "audience.h"
#include "bridge.h"
#include "cases.h"
#include "chosen.h"
#include "comeback.h"
#include "consent.h"
#include "keyless.h"
#include "lanes.h"
#include "letterform.h"
#include "letters.h"
#include "outbox.h"
#include "proof.h"
#include "quarantine.h"
#include "silence.h"
#include "straggler.h"
#include "template.h"
#include "text.h"
#include "times.h"

static GHashTable *
ack_values(const Run *run)
{
	const Settings *settings = run->tools->settings;
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	const char *language = run->placement.language;
	gint64 received = run->reception->received;
	const struct {
		const char *name;
		char *value;
	} rows[] = {
		{ "tag",         g_strdup(run->placement.tag) },
		{ "received",    times_long(received, settings->team_zone, language) },
		{ "day",         times_day(times_working_days(received,
		                     (guint)settings->assess_days, settings->team_zone, settings->holidays),
		                     settings->team_zone, language) },
		{ "fingerprint", g_strdup(pgp_signer(run->tools->pgp)) },
		{ "key_place",   g_strdup(settings->team_key_place) },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		g_hash_table_insert(values, g_strdup(rows[i].name), rows[i].value);
	return values;
}

static GHashTable *
press_values(const Run *run)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

	g_hash_table_insert(values, g_strdup("tag"), g_strdup(run->placement.tag));
	g_hash_table_insert(values, g_strdup("press"), g_strdup(run->tools->settings->team_press));
	return values;
}

/* Who wrote what we cannot open hears how to write to us; who hands over a report,
 * what we do with it; the press whom to ask. */
static const char *
ack_template(const Run *run)
{
	Encryption encryption = run->opened->encryption;

	if (run->handover != NULL)
		return "ack-switch-on";
	if (lanes_owe_nothing(run))
		return "ack-media";
	return encryption == ENCRYPTION_NOKEY || encryption == ENCRYPTION_BROKEN ||
	    encryption == ENCRYPTION_BOMB ? "ack-closed" : "ack";
}

/* With a key of the reporter's own the acknowledgement is encrypted, comes
 * from the plain address, and carries the token inside; a program that protects
 * header fields shows them, too, and needs no copy. In clear it comes from
 * the address with the token, so that a plain reply finds back. */
static void
ack_address(const Run *run, Dispatch *ack)
{
	g_autofree char *token = letter_token(run, TOKEN_REPLY);
	Letter *letter = ack->letter;

	if (run->reporter->certificate != NULL) {
		g_autofree char *body = g_steal_pointer(&letter->body);

		ack->certificate = g_bytes_ref(run->reporter->certificate);
		ack->subkey = g_strdup(run->reporter->subkey);
		letter->outer_subject = g_strdup("[...]");
		letter->copy_subject = run->mail->protected->fields == NULL;
		letter->body = g_strdup_printf("%s\nRef: %s\n", body, token);
		g_clear_pointer(&ack->values, g_hash_table_unref);
	} else {
		ack->template = ack_template(run);
		g_free(letter->from);
		letter->from = token_address(run->inbox->address, token);
	}
}

static Dispatch *
ack_new(const Run *run, GError **error)
{
	g_autoptr(Dispatch) ack = letter_start(run, "ack", run->reporter->address);
	const Settings *settings = run->tools->settings;
	bool may;

	ack->target = g_strdup("party 0");
	ack->envelope_sender = g_strdup("");
	ack->letter->automatic = true;
	ack->language = g_strdup(run->placement.language);
	ack->sender_hash = g_bytes_ref(run->reporter->hash);
	ack->is_message = true;
	if (run->mail->message_id != NULL && text_is_plain_id(run->mail->message_id))
		ack->letter->in_reply_to = g_strdup(run->mail->message_id);
	ack->values = lanes_owe_nothing(run) ? press_values(run) : ack_values(run);
	if (!letterform_fill(ack->letter, settings->text_folder, ack->language, ack_template(run),
	    ack->values, error))
		return NULL;
	ack_address(run, ack);
	if (!outbox_may_acknowledge(run->db, ack->sender_hash, settings->ack_per_sender,
	    settings->ack_in_all, &may, error))
		return NULL;
	ack->held = may ? NULL : "budget";
	return g_steal_pointer(&ack);
}

static bool
acknowledge(Run *run, GError **error)
{
	Dispatch *ack;

	run->silent = silence_because(run);
	if (run->silent != NULL)
		return true;
	ack = ack_new(run, error);
	if (ack == NULL)
		return false;
	g_ptr_array_add(run->dispatches, ack);
	run->acknowledged = ack->held == NULL;
	run->acknowledged_encrypted = ack->certificate != NULL;
	run->silent = ack->held;
	return true;
}

/* A template's words, encrypted to one analyst or to all. */
static bool
tell(Run *run, const char *kind, const char *template, GHashTable *values,
    const GPtrArray *analysts, int only, GError **error)
{
	const Settings *settings = run->tools->settings;

	for (guint i = 0; i < analysts->len; i++) {
		const Correspondent *analyst = g_ptr_array_index(analysts, i);
		g_autoptr(Dispatch) dispatch = NULL;

		if (only != 0 && analyst->id != only)
			continue;
		dispatch = letter_to_analyst(run, kind, analyst);
		dispatch->letter->automatic = true;
		dispatch->letter->outer_subject = g_strdup("[...]");
		if (!letterform_fill(dispatch->letter, settings->text_folder,
		    settings->team_language, template, values, error))
			return false;
		g_ptr_array_add(run->dispatches, g_steal_pointer(&dispatch));
	}
	return true;
}

static GHashTable *
values_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
}

/* A mail that cannot be read is shown to everybody as just that. */
static bool
tell_parked(Run *run, const GPtrArray *analysts, GError **error)
{
	g_autoptr(GHashTable) values = values_new();

	g_hash_table_insert(values, (gpointer)"id",
	    g_strdup_printf("%" G_GINT64_FORMAT, run->reception->id));
	g_hash_table_insert(values, (gpointer)"inbox", g_strdup(run->inbox->address));
	g_hash_table_insert(values, (gpointer)"size", g_format_size((guint64)run->reception->size));
	g_hash_table_insert(values, (gpointer)"reason", g_strdup(run->parked));
	return tell(run, "warning", "parked", values, analysts, 0, error);
}

/* Nor is one whose ciphertext came before: nothing of it is quoted, so that
 * nobody passes it on to who cannot read it (T-26). */
static bool
tell_replayed(Run *run, const GPtrArray *analysts, GError **error)
{
	g_autoptr(GHashTable) values = values_new();
	const char *tag = run->placement.tag, *before = run->before->tag;
	const char *from = run->mail->from != NULL ? run->mail->from->address : "-";

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(tag != NULL ? tag : "-"));
	g_hash_table_insert(values, (gpointer)"before", g_strdup(before != NULL ? before : "-"));
	g_hash_table_insert(values, (gpointer)"inbox", g_strdup(run->inbox->address));
	g_hash_table_insert(values, (gpointer)"from", g_strdup(from));
	g_hash_table_insert(values, (gpointer)"id",
	    g_strdup_printf("%" G_GINT64_FORMAT, run->reception->id));
	return tell(run, "notice", "replayed", values, analysts, 0, error);
}

/* Nobody is there to read what a machine of an analyst's is told (T-54). */
static bool
answer_analyst(Run *run, const GPtrArray *analysts, GError **error)
{
	return run->mail->kind != MAIL_PERSONAL || acting_answer(run, analysts, error);
}

/* Who asks to be named to nobody is not told to be the one of a case that may name
 * them; one that may not can be theirs (T-49). */
static bool
look_earlier_again(Run *run, GError **error)
{
	Placement *placement = &run->placement;
	g_autoptr(CaseRef) ref = NULL;
	GError *because = NULL;

	if (!consent_hides(run) || run->reporter == NULL || run->reporter->id == 0 ||
	    placement->place != PLACE_NEW || (placement->maybe != NULL && !placement->maybe_known))
		return true;
	ref = case_by_reporter(run->db, run->reporter->id, true, &because);
	g_free(placement->maybe);
	placement->maybe = ref != NULL ? g_strdup(ref->tag) : NULL;
	if (because != NULL)
		g_propagate_error(error, because);
	return because == NULL;
}

static bool
answer_case(Run *run, const GPtrArray *analysts, GError **error)
{
	const Settings *settings = run->tools->settings;
	g_autoptr(GHashTable) words = template_words(settings->text_folder,
	    settings->team_language, error);

	if (words == NULL)
		return false;
	if (run->placement.place == PLACE_NEW && !acknowledge(run, error))
		return false;
	if (!chosen_look(run, error) || !proof_look(run, words, error) ||
	    !consent_look(run, error) || !look_earlier_again(run, error) ||
	    !bridge_look(run, words, error))
		return false;
	return audience_tell(run, analysts, words, error);
}

bool
stage_answer(Run *run, GError **error)
{
	g_autoptr(GPtrArray) analysts = directory_analysts(run->db, error);

	if (analysts == NULL)
		return false;
	if (run->parked != NULL)
		return tell_parked(run, analysts, error) &&
		    dispatch_finish(run->tools, run->dispatches, error);
	if (run->before != NULL)
		return tell_replayed(run, analysts, error) &&
		    dispatch_finish(run->tools, run->dispatches, error);
	if (!quarantine_look(run, error))
		return false;
	switch (run->placement.place) {
	case PLACE_NEW:
	case PLACE_PARTY:
	case PLACE_NOTE:
		if (!answer_case(run, analysts, error))
			return false;
		break;
	case PLACE_ANALYST:
		if (!answer_analyst(run, analysts, error))
			return false;
		break;
	case PLACE_UNDECIDED:
	case PLACE_AGAIN:
	case PLACE_ASIDE:
		break;
	}
	return straggler_answer(run, error) &&
	    dispatch_finish(run->tools, run->dispatches, error) &&
	    keyless_follow(run->tools, run->db, run->dispatches, error);
}
