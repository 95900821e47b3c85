/*
 * intake - what the gate runs: take one mail, durably or not at all; see sluis-intake(8)
 *
 * It reads the whole mail, fingerprints it, seals it to the storage public key
 * and hands it to the database in one transaction. It parses no MIME, opens
 * nothing, reads no row. The mail is held once: chunks are sealed and sent one
 * at a time.
 */

#include <string.h>

#include "buffer.h"
#include "error.h"
#include "json.h"
#include "log.h"
#include "program.h"
#include "reception.h"
#include "seal.h"
#include "split.h"

typedef struct {
	char *recipient, *sender, *queue_id;
} Options;

static const ProgramOption options[] = {
	{ "recipient", 0, OPTION_TEXT, offsetof(Options, recipient), "ADDRESS",
	  "the inbox it came for", true },
	{ "sender", 0, OPTION_TEXT, offsetof(Options, sender), "ADDRESS",
	  "of the envelope; may be empty", false },
	{ "queue-id", 0, OPTION_TEXT, offsetof(Options, queue_id), "ID",
	  "Postfix's name for it", false },
	{ 0 }
};

static GBytes *
read_mail(GError **error)
{
	g_autoptr(Buffer) buffer = buffer_new(0);

	if (!buffer_read(buffer, 0, error))
		return NULL;
	if (buffer_length(buffer) == 0) {
		error_set(error, SLUIS_ERROR_RETRY, "no mail on standard input");
		return NULL;
	}
	return buffer_steal(buffer);
}

/* Mail for an address that is no inbox of ours is taken all the same: that we
 * do not know it is a fault of our settings, and no reason to lose it. */
static const Inbox *
inbox_of(const Settings *settings, const char *recipient)
{
	const Inbox *inbox = settings_inbox(settings, recipient);

	if (inbox != NULL)
		return inbox;
	log_warning("mail for no inbox of ours is taken for the first one");
	return settings->inboxes->pdata[0];
}

static GBytes *
mac_of(const SealKey *key, const char *purpose, Slice slice)
{
	return seal_mac(key, purpose, slice.start, slice.length);
}

static GBytes *
seal_envelope(const SealKey *data, const Options *given, Slice raw)
{
	g_autofree char *sha256 = seal_sha256(raw.start, raw.length);
	g_autoptr(Json) json = json_new_object();
	g_autoptr(GBytes) bytes = NULL;

	json_put_text(json, "sender", given->sender);
	json_put_text(json, "recipient", given->recipient);
	json_put_text(json, "queue_id", given->queue_id);
	json_put_text(json, "sha256", sha256);
	bytes = json_bytes(json);
	return seal_small(data, "envelope", bytes);
}

static GBytes *
next_part(void *stream)
{
	return seal_stream_next(stream);
}

/* One try: a connection, a data key and a transaction of its own. */
static bool
offer(const Call *call, const SealKey *storage, Acceptance *acceptance, Slice raw, bool *again,
    GError **error)
{
	g_autoptr(Db) db = db_open_raw(call->settings->db_conninfo, "sluis_in", error);
	g_autoptr(SealKey) data = seal_data_key();
	g_autoptr(SealStream) stream = seal_stream_new(data, "raw", raw.start, raw.length);
	g_autoptr(GBytes) wrapped = seal_wrap(data, storage);
	g_autoptr(GBytes) envelope = seal_envelope(data, call->options, raw);

	if (db == NULL)
		return false;
	acceptance->next_part = next_part;
	acceptance->source = stream;
	acceptance->wrapped = wrapped;
	acceptance->envelope = envelope;
	return reception_accept(db, acceptance, again, error);
}

/* A commit may have lost its answer on the way. To ask on a new connection
 * whether the mail is there, and to offer it again, is the same call. */
static bool
hand_over(const Call *call, const SealKey *storage, Acceptance *acceptance, Slice raw,
    bool *again, GError **error)
{
	g_autoptr(GError) first = NULL;

	if (offer(call, storage, acceptance, raw, again, &first))
		return true;
	if (error_is(first, SLUIS_ERROR_RETRY) &&
	    offer(call, storage, acceptance, raw, again, error))
		return true;
	if (error == NULL || *error == NULL)
		g_propagate_error(error, g_steal_pointer(&first));
	return false;
}

static bool
take(const Call *call, GError **error)
{
	const Options *given = call->options;
	const Inbox *inbox = inbox_of(call->settings, given->recipient);
	g_autoptr(GBytes) mail = read_mail(error);
	g_autoptr(SealKey) storage = NULL;
	g_autoptr(SealKey) receipt = NULL;
	g_autoptr(GBytes) fingerprint = NULL;
	g_autoptr(GBytes) origin = NULL;
	Acceptance acceptance = { .inbox = inbox->address };
	bool again;
	Slice raw;

	if (mail == NULL || !seal_init(error))
		return false;
	storage = seal_key_load(call->settings->key_folder, "storage.pub", error);
	receipt = storage != NULL ?
	    seal_key_load(call->settings->key_folder, "receipt.key", error) : NULL;
	if (receipt == NULL)
		return false;
	raw = slice_bytes(mail);
	acceptance.size = (gint64)raw.length;
	acceptance.fingerprint = fingerprint = mac_of(receipt, "fingerprint", raw);
	acceptance.origin = origin = mac_of(receipt, "origin", split_origin(raw));
	if (!hand_over(call, storage, &acceptance, raw, &again, error))
		return false;
	log_info("queue-id=%s, inbox=%s, size=%zu, %s",
	    given->queue_id != NULL ? given->queue_id : "-", inbox->address, raw.length,
	    again ? "taken before" : "taken");
	return true;
}

int
main(int argc, char *argv[])
{
	static const Program program = {
		.name = "sluis-intake",
		.summary = "take one mail from standard input, durably or not at all",
		.kind = PROGRAM_INTAKE,
		.deadline = 120,
		.options = options,
		.options_size = sizeof(Options),
		.run = take,
	};

	return program_main(&program, argc, argv);
}
