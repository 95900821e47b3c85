/* run - see run.h */

#include "run.h"

#include "accept.h"
#include "acting.h"
#include "beside.h"
#include "chosen.h"
#include "comeback.h"
#include "consent.h"
#include "feedmail.h"
#include "handover.h"
#include "history.h"
#include "hitback.h"
#include "json.h"
#include "proof.h"

/* The envelope intake sealed beside the mail: who sent it to whom. */
static bool
envelope_read(Run *run, const SealKey *key, GError **error)
{
	g_autoptr(GBytes) bytes = unseal_small(key, "envelope",
	    run->reception->envelope, error);
	g_autoptr(Json) json = bytes != NULL ? json_parse(bytes, error) : NULL;

	if (json == NULL)
		return false;
	run->sender = g_strdup(json_text(json, "sender"));
	run->recipient = g_strdup(json_text(json, "recipient"));
	run->sha256 = g_strdup(json_text(json, "sha256"));
	return true;
}

static bool
raw_read(Run *run, const SealKey *key, GError **error)
{
	g_autoptr(GPtrArray) chunks = blob_read(run->db, run->reception->blob, error);

	if (chunks == NULL)
		return false;
	run->raw = unseal_chunks(key, "raw", chunks, error);
	return run->raw != NULL;
}

static Run *
run_start(const Tools *tools, Db *db)
{
	Run *run = g_new0(Run, 1);

	run->tools = tools;
	run->db = db;
	run->dispatches = g_ptr_array_new_with_free_func((GDestroyNotify)dispatch_free);
	return run;
}

Run *
run_new(const Tools *tools, Db *db, Reception *reception, GError **error)
{
	g_autoptr(Run) run = run_start(tools, db);
	g_autoptr(SealKey) key = seal_unwrap(reception->wrapped,
	    tools->storage_public, tools->storage_secret, error);

	run->reception = reception;
	run->origin = g_bytes_ref(reception->origin);
	if (key == NULL || !envelope_read(run, key, error) || !raw_read(run, key, error))
		return NULL;
	run->inbox = tools_inbox(tools, reception->inbox);
	return g_steal_pointer(&run);
}

Run *
run_of_mail(const Tools *tools, Db *db, GBytes *mail, const char *recipient)
{
	Run *run = run_start(tools, db);

	run->raw = g_bytes_ref(mail);
	run->inbox = tools_inbox(tools, recipient);
	run->recipient = g_strdup(recipient != NULL ? recipient : run->inbox->address);
	if (tools->receipt != NULL)
		run->origin = accept_origin(tools->receipt, mail);
	return run;
}

static void
placement_clear(Placement *placement)
{
	g_free(placement->tag);
	g_free(placement->role);
	g_free(placement->language);
	g_free(placement->maybe);
}

void
run_free(Run *run)
{
	if (run == NULL)
		return;
	g_clear_pointer(&run->dispatches, g_ptr_array_unref);
	g_clear_pointer(&run->reminders, g_ptr_array_unref);
	g_free(run->former_key);
	g_free(run->calls);
	g_free(run->standing);
	g_clear_pointer(&run->matches, g_ptr_array_unref);
	g_clear_pointer(&run->products, g_ptr_array_unref);
	g_clear_pointer(&run->strange, g_ptr_array_unref);
	g_clear_pointer(&run->indicators, g_ptr_array_unref);
	sighting_free(run->before);
	g_clear_pointer(&run->session_keys, g_ptr_array_unref);
	comeback_free(run->comeback);
	beside_free(run->beside);
	history_free(run->history);
	handover_free(run->handover);
	hitback_free(run->hitback);
	proof_free(run->proof);
	chosen_free(run->chosen);
	consent_free(run->consent);
	g_free(run->crossing);
	feed_mail_free(run->feed);
	acting_free(run->acting);
	g_clear_pointer(&run->persons, g_array_unref);
	g_free(run->notice);
	reporter_free(run->reporter);
	placement_clear(&run->placement);
	verdict_free(run->verdict);
	g_clear_pointer(&run->traits, g_array_unref);
	g_clear_pointer(&run->standings, g_ptr_array_unref);
	g_clear_pointer(&run->brought, g_ptr_array_unref);
	g_clear_pointer(&run->revocations, g_ptr_array_unref);
	mail_free(run->mail);
	opened_free(run->opened);
	mime_free(run->outer);
	g_clear_pointer(&run->raw, g_bytes_unref);
	g_clear_pointer(&run->origin, g_bytes_unref);
	g_free(run->sender);
	g_free(run->recipient);
	g_free(run->sha256);
	g_free(run);
}

/* Of a mail without any Received line it is not known that it is old. */
bool
run_is_recent(const Run *run)
{
	gint64 oldest = run->mail->oldest_received;

	return oldest == 0 || g_get_real_time() - oldest < 3 * G_TIME_SPAN_DAY;
}

GPtrArray *
run_references(const Run *run)
{
	GPtrArray *hashes = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	const GPtrArray *references = run->mail->references;

	for (guint i = references->len; i > 0; i--)
		g_ptr_array_add(hashes, tools_hash_id(run->tools,
		    g_ptr_array_index(references, i - 1)));
	return hashes;
}
