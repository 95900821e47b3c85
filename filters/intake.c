/*
 * intake - what the gate runs: take one mail, durably or not at all; see sluis-intake(8)
 *
 * It reads the whole mail, fingerprints it, seals it to the storage public key
 * and hands it to the database in one transaction. It parses no MIME, opens
 * nothing, reads no row. The mail is held once: chunks are sealed and sent one
 * at a time.
 */

#include "accept.h"
#include "buffer.h"
#include "error.h"
#include "log.h"
#include "program.h"

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

/* What one try needs. */
typedef struct {
	const Settings *settings;
	SealKey *storage, *receipt;
	Envelope envelope;
	GBytes *mail;
} Offer;

static void
offer_clear(Offer *offer)
{
	seal_key_free(offer->storage);
	seal_key_free(offer->receipt);
	g_clear_pointer(&offer->mail, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Offer, offer_clear)

/* A connection, a data key and a transaction of its own. */
static bool
offer_once(const Offer *offer, bool *again, GError **error)
{
	g_autoptr(Db) db = db_open_raw(offer->settings->db_conninfo, "sluis_in", error);

	return db != NULL && accept_mail(db, offer->storage, offer->receipt, &offer->envelope,
	    offer->mail, again, error);
}

/* A commit may have lost its answer on the way. To ask on a new connection
 * whether the mail is there, and to offer it again, is the same call. */
static bool
hand_over(const Offer *offer, bool *again, GError **error)
{
	g_autoptr(GError) first = NULL;

	if (offer_once(offer, again, &first))
		return true;
	if (error_is(first, SLUIS_ERROR_RETRY) && offer_once(offer, again, error))
		return true;
	if (error == NULL || *error == NULL)
		g_propagate_error(error, g_steal_pointer(&first));
	return false;
}

static bool
prepare(Offer *offer, const Options *given, GError **error)
{
	const char *folder = offer->settings->key_folder;

	offer->envelope = (Envelope){
		.inbox = inbox_of(offer->settings, given->recipient)->address,
		.recipient = given->recipient,
		.sender = given->sender,
		.queue_id = given->queue_id,
	};
	offer->mail = read_mail(error);
	if (offer->mail == NULL || !seal_init(error))
		return false;
	offer->storage = seal_key_load(folder, "storage.pub", error);
	offer->receipt = offer->storage != NULL ?
	    seal_key_load(folder, "receipt.key", error) : NULL;
	return offer->receipt != NULL;
}

static bool
take(const Call *call, GError **error)
{
	const Options *given = call->options;
	g_auto(Offer) offer = { .settings = call->settings };
	bool again;

	if (!prepare(&offer, given, error) || !hand_over(&offer, &again, error))
		return false;
	log_info("queue-id=%s, inbox=%s, size=%zu, %s",
	    given->queue_id != NULL ? given->queue_id : "-", offer.envelope.inbox,
	    g_bytes_get_size(offer.mail), again ? "taken before" : "taken");
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
