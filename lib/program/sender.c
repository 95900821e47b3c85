/* sender - takes what is due from the outbox and sees it leave; see sender.h */

#include "sender.h"

#include <poll.h>
#include <unistd.h>

#include "deliver.h"
#include "error.h"
#include "guard.h"
#include "log.h"
#include "outbox.h"
#include "parcel.h"
#include "reception.h"
#include "signals.h"

#define BATCH 100
#define LONGEST_PAUSE 60	/* seconds between two looks for the database */

typedef struct {
	const Settings *settings;
	SealKey *public, *secret;
	Db *db;			/* NULL while it is away */
	int signals;		/* readable once we are asked to end */
	gint64 unmarked;	/* handed over, but the database was gone before
				 * it could be told; 0 */
} Sender;

static void
sender_clear(Sender *sender)
{
	g_clear_pointer(&sender->public, seal_key_free);
	g_clear_pointer(&sender->secret, seal_key_free);
	g_clear_pointer(&sender->db, db_close);
	if (sender->signals >= 0)
		close(sender->signals);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sender, sender_clear)

/* Are we asked to end, now or within that time? */
static bool
sender_ends(const Sender *sender, guint milliseconds)
{
	struct pollfd fd = { .fd = sender->signals, .events = POLLIN };

	return poll(&fd, 1, (int)milliseconds) > 0;
}

static bool
sender_prepare(Sender *sender, GError **error)
{
	sender->signals = signals_open(false, error);
	if (sender->signals < 0 || !seal_init(error))
		return false;
	sender->secret = seal_key_load(sender->settings->key_folder, "send.key", error);
	if (sender->secret == NULL)
		return false;
	sender->public = seal_public(sender->secret);
	return true;
}

/* What left just before the database did is marked first, so that it does not
 * leave again. */
static bool
sender_catch_up(Sender *sender, GError **error)
{
	g_autoptr(GError) why = NULL;

	if (sender->unmarked == 0)
		return true;
	if (!outbox_sent(sender->db, sender->unmarked, &why) &&
	    error_is(why, SLUIS_ERROR_RETRY)) {
		g_propagate_error(error, g_steal_pointer(&why));
		return false;
	}
	sender->unmarked = 0;
	return true;
}

static bool
sender_connect(Sender *sender, GError **error)
{
	if (sender->db != NULL)
		return true;
	sender->db = db_open(sender->settings->db_conninfo, "sluis_out", error);
	if (sender->db != NULL)
		db_keep_statements(sender->db);
	return sender->db != NULL && db_listen(sender->db, "sluis_outbox", error) &&
	    sender_catch_up(sender, error);
}

static bool
put_off(Sender *sender, const Outgoing *row, DeliveryOutcome outcome, const char *reason,
    GError **error)
{
	gint64 wait = deliver_wait(outcome, row->attempts);

	log_warning("outgoing %" G_GINT64_FORMAT ": %s, kind=%s, attempt=%u, reason=%s",
	    row->id, wait > 0 ? "deferred" : "failed", row->kind, row->attempts, reason);
	return wait > 0 ? outbox_defer(sender->db, row->id, reason, wait, error) :
	    outbox_fail(sender->db, row->id, reason, error);
}

static bool
hand_over(Sender *sender, const Outgoing *row, const Parcel *parcel, GError **error)
{
	const Delivery delivery = {
		.id = row->id, .sender = parcel->envelope_sender,
		.address = parcel->letter->to, .bytes = parcel->bytes,
	};
	g_autofree char *reason = NULL;
	DeliveryOutcome outcome = deliver(sender->settings->transport, &delivery, &reason);

	if (outcome != DELIVERY_SENT)
		return put_off(sender, row, outcome, reason, error);
	sender->unmarked = row->id;
	if (!outbox_sent(sender->db, row->id, error))
		return false;
	sender->unmarked = 0;
	log_info("outgoing %" G_GINT64_FORMAT ": sent, kind=%s, attempt=%u", row->id, row->kind,
	    row->attempts);
	return true;
}

/* RETRY is the database's trouble and goes up; all else is told to the
 * operator, says nothing about the mail, and lets the next one pass. */
static bool
not_handled(Sender *sender, const Outgoing *row, const char *reason, GError *why,
    GError **error)
{
	if (error_is(why, SLUIS_ERROR_RETRY)) {
		g_propagate_error(error, g_error_copy(why));
		return false;
	}
	log_error(why);
	return put_off(sender, row, DELIVERY_LATER, reason, error);
}

static Parcel *
fetch_parcel(Sender *sender, const Outgoing *row, GError **error)
{
	g_autoptr(GPtrArray) chunks = blob_read(sender->db, row->blob, error);

	return chunks == NULL ? NULL : parcel_open(row->wrapped, row->envelope, chunks,
	    sender->public, sender->secret, error);
}

static bool
handle_row(Sender *sender, const Outgoing *row, GError **error)
{
	g_autoptr(GError) why = NULL;
	g_autoptr(Parcel) parcel = fetch_parcel(sender, row, &why);
	GuardVerdict verdict;

	if (parcel == NULL)
		return not_handled(sender, row, "parcel-not-opened", why, error);
	if (!guard_check(parcel, row->confirmed, sender->settings, &verdict, &why))
		return not_handled(sender, row, "text-not-read", why, error);
	if (verdict == GUARD_PASS)
		return hand_over(sender, row, parcel, error);
	log_warning("outgoing %" G_GINT64_FORMAT ": held, kind=%s, reason=%s", row->id,
	    row->kind, guard_word(verdict));
	return outbox_hold(sender->db, row->id, guard_word(verdict), error);
}

static bool
send_batch(Sender *sender, const GArray *due, guint *taken, GError **error)
{
	for (guint i = 0; i < due->len && !sender_ends(sender, 0); i++) {
		g_autoptr(GError) why = NULL;
		g_autoptr(Outgoing) row = outbox_take(sender->db,
		    g_array_index(due, gint64, i), &why);

		if (why != NULL) {
			g_propagate_error(error, g_steal_pointer(&why));
			return false;
		}
		if (row == NULL)
			continue;
		if (!handle_row(sender, row, error))
			return false;
		*taken += 1;
	}
	return true;
}

/* All that is due. A batch of which nothing could be taken is in the hands of
 * others. */
static bool
sender_sweep(Sender *sender, GError **error)
{
	guint taken = 1;

	if (g_str_equal(sender->settings->outgoing_mode, "hold"))
		return true;
	while (taken > 0 && !sender_ends(sender, 0)) {
		g_autoptr(GArray) due = outbox_due(sender->db, BATCH, error);

		if (due == NULL)
			return false;
		taken = 0;
		if (!send_batch(sender, due, &taken, error))
			return false;
	}
	return true;
}

static bool
sender_turn(Sender *sender, GError **error)
{
	bool notified;

	return sender_connect(sender, error) && sender_sweep(sender, error) &&
	    db_wait(sender->db, sender->signals, (guint)sender->settings->sweep * 1000,
	    &notified, error);
}

static void
sender_stay(Sender *sender)
{
	guint pause = 0;

	while (!sender_ends(sender, pause * 1000)) {
		g_autoptr(GError) why = NULL;

		if (sender_turn(sender, &why)) {
			pause = 0;
			continue;
		}
		if (pause == 0)
			log_error(why);
		g_clear_pointer(&sender->db, db_close);
		pause = pause == 0 ? 1 : MIN(pause * 2, LONGEST_PAUSE);
	}
}

bool
sender_run(const Settings *settings, bool once, GError **error)
{
	g_auto(Sender) sender = { .settings = settings, .signals = -1 };

	if (!sender_prepare(&sender, error))
		return false;
	if (once)
		return sender_connect(&sender, error) && sender_sweep(&sender, error);
	log_info("started");
	sender_stay(&sender);
	log_info("ended");
	return true;
}
