/*
 * The loop of send, with an outbox that is played here: the functions of the
 * store are defined in this file, so that the database can go away at the
 * worst moment.
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "letterform.h"
#include "mime.h"
#include "outbox.h"
#include "parcel.h"
#include "reception.h"
#include "sender.h"

typedef struct {
	const char *state;	/* NULL: no such row */
	char *reason;
	guint attempts;
	GBytes *wrapped, *envelope;
	GPtrArray *chunks;
} Row;

struct Db {
	int unused;
};

static struct {
	Row rows[4];		/* row n has id n + 1 */
	guint opened;		/* connections made */
	bool away;		/* no connection can be made */
	guint lose_marks;	/* so many times the connection dies at a mark */
	guint waited;
	GString *order;		/* what was asked of the outbox */
} store;

Db *
db_open(const char *conninfo, const char *role, GError **error)
{
	(void)conninfo;
	g_assert_cmpstr(role, ==, "sluis_out");
	store.opened++;
	if (!store.away)
		return g_new0(Db, 1);
	error_set(error, SLUIS_ERROR_RETRY, "the database is away");
	return NULL;
}

void
db_close(Db *db)
{
	g_free(db);
}

void
db_keep_statements(Db *db)
{
	(void)db;
}

bool
db_listen(Db *db, const char *channel, GError **error)
{
	(void)db;
	(void)error;
	g_assert_cmpstr(channel, ==, "sluis_outbox");
	return true;
}

/* The first wait is the end of the test: somebody asks us to end. */
bool
db_wait(Db *db, int fd, guint milliseconds, bool *notified, GError **error)
{
	(void)db;
	(void)error;
	g_assert_cmpint(fd, >=, 0);
	g_assert_cmpuint(milliseconds, ==, 30000);
	*notified = false;
	store.waited++;
	kill(getpid(), SIGTERM);
	return true;
}

GArray *
outbox_due(Db *db, guint most, GError **error)
{
	GArray *due = g_array_new(FALSE, FALSE, sizeof(gint64));

	(void)db;
	(void)error;
	g_assert_cmpuint(most, >=, G_N_ELEMENTS(store.rows));
	g_string_append(store.order, "due ");
	for (gint64 i = 0; i < (gint64)G_N_ELEMENTS(store.rows); i++) {
		gint64 id = i + 1;

		if (store.rows[i].state != NULL && (g_str_equal(store.rows[i].state, "ready") ||
		    g_str_equal(store.rows[i].state, "sending")))
			g_array_append_val(due, id);
	}
	return due;
}

Outgoing *
outbox_take(Db *db, gint64 id, GError **error)
{
	Row *row = &store.rows[id - 1];
	Outgoing *outgoing;

	(void)db;
	(void)error;
	if (g_str_equal(row->state, "sending") && store.opened == 1)
		return NULL;	/* somebody else has it */
	outgoing = g_new0(Outgoing, 1);
	row->state = "sending";
	outgoing->id = id;
	outgoing->attempts = ++row->attempts;
	outgoing->kind = g_strdup("ack");
	outgoing->wrapped = g_bytes_ref(row->wrapped);
	outgoing->envelope = g_bytes_ref(row->envelope);
	outgoing->blob = g_strdup_printf("%d", (int)id);
	return outgoing;
}

void
outgoing_free(Outgoing *outgoing)
{
	if (outgoing == NULL)
		return;
	g_free(outgoing->kind);
	g_bytes_unref(outgoing->wrapped);
	g_bytes_unref(outgoing->envelope);
	g_free(outgoing->blob);
	g_free(outgoing);
}

GPtrArray *
blob_read(Db *db, const char *blob, GError **error)
{
	(void)db;
	(void)error;
	return g_ptr_array_ref(store.rows[g_ascii_strtoll(blob, NULL, 10) - 1].chunks);
}

static bool
mark(gint64 id, const char *state, const char *reason)
{
	Row *row = &store.rows[id - 1];

	row->state = state;
	g_free(row->reason);
	row->reason = g_strdup(reason);
	g_string_append_printf(store.order, "%s%d ", state, (int)id);
	return true;
}

bool
outbox_sent(Db *db, gint64 id, GError **error)
{
	(void)db;
	if (store.lose_marks == 0)
		return mark(id, "sent", NULL);
	store.lose_marks--;
	g_string_append(store.order, "lost ");
	return error_set(error, SLUIS_ERROR_RETRY, "the connection is gone");
}

bool
outbox_defer(Db *db, gint64 id, const char *reason, gint64 seconds, GError **error)
{
	(void)db;
	(void)error;
	g_assert_cmpint(seconds, >, 0);
	return mark(id, "deferred", reason);
}

bool
outbox_fail(Db *db, gint64 id, const char *reason, GError **error)
{
	(void)db;
	(void)error;
	return mark(id, "failed", reason);
}

bool
outbox_hold(Db *db, gint64 id, const char *reason, GError **error)
{
	(void)db;
	(void)error;
	return mark(id, "held", reason);
}

/*
 * A place to send from.
 */

typedef struct {
	char *folder, *box, *transport, *texts;
	SealKey *public;
	Inbox inbox;
	Settings settings;
} Place;

static void
set_up(Place *place, gconstpointer unused)
{
	(void)unused;
	place->folder = g_dir_make_tmp("sluis-sender-XXXXXX", NULL);
	place->box = g_build_filename(place->folder, "box", NULL);
	place->transport = g_strconcat("maildir:", place->box, NULL);
	place->texts = file_installed("share/sluis/conf/mail");
	g_assert_true(seal_make_pair(place->folder, "send", NULL));
	place->public = seal_key_load(place->folder, "send.pub", NULL);
	g_assert_nonnull(place->public);
	place->inbox = (Inbox){ .address = (char *)"rd@sluis.example", .prefix = (char *)"RD" };
	place->settings = (Settings){
		.key_folder = place->folder, .transport = place->transport,
		.text_folder = place->texts, .outgoing_mode = (char *)"send", .sweep = 30,
		.inboxes = g_ptr_array_new(),
	};
	g_ptr_array_add(place->settings.inboxes, &place->inbox);
	store.order = g_string_new(NULL);
}

static void
tear_down(Place *place, gconstpointer unused)
{
	const struct timespec now = { 0, 0 };
	sigset_t term;

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(store.rows); i++) {
		g_free(store.rows[i].reason);
		g_clear_pointer(&store.rows[i].wrapped, g_bytes_unref);
		g_clear_pointer(&store.rows[i].envelope, g_bytes_unref);
		g_clear_pointer(&store.rows[i].chunks, g_ptr_array_unref);
	}
	g_string_free(store.order, TRUE);
	memset(&store, 0, sizeof(store));
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigtimedwait(&term, NULL, &now);
	seal_key_free(place->public);
	g_ptr_array_unref(place->settings.inboxes);
	file_remove_tree(place->folder);
	g_free(place->folder);
	g_free(place->box);
	g_free(place->transport);
	g_free(place->texts);
}

static Parcel *
keyless_mail(const Place *place)
{
	Parcel *parcel = parcel_new(PARCEL_TEMPLATE);

	parcel->letter->from = g_strdup("rd@sluis.example");
	parcel->letter->to = g_strdup("p.jansen@delinde.example");
	parcel->letter->message_id = g_strdup("abc@sluis.example");
	parcel->envelope_sender = g_strdup("rd@sluis.example");
	parcel->template = g_strdup("keyless");
	parcel->language = g_strdup("en");
	g_hash_table_insert(parcel->values, g_strdup("tag"), g_strdup("RD-2026-7K3QX"));
	g_hash_table_insert(parcel->values, g_strdup("day"), g_strdup("Friday"));
	parcel->bytes = letterform_clear(parcel->letter, place->texts, "en", "keyless",
	    parcel->values, NULL);
	g_assert_nonnull(parcel->bytes);
	return parcel;
}

static void
file_parcel(const Place *place, gint64 id, const Parcel *parcel)
{
	Row *row = &store.rows[id - 1];

	row->state = "ready";
	g_assert_true(parcel_seal(parcel, place->public, &row->wrapped, &row->envelope,
	    &row->chunks, NULL));
}

static void
file_mail(const Place *place, gint64 id)
{
	g_autoptr(Parcel) parcel = keyless_mail(place);

	file_parcel(place, id, parcel);
}

static guint
arrived(const Place *place)
{
	g_autofree char *folder = g_build_filename(place->box, "new", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	guint count = 0;

	while (dir != NULL && g_dir_read_name(dir) != NULL)
		count++;
	return count;
}

static void
send_once(const Place *place)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(sender_run(&place->settings, true, &error));
	g_assert_no_error(error);
}

static void
test_once(Place *place, gconstpointer unused)
{
	(void)unused;
	file_mail(place, 1);
	file_mail(place, 3);
	send_once(place);
	g_assert_cmpstr(store.order->str, ==, "due sent1 sent3 due ");
	g_assert_cmpuint(arrived(place), ==, 2);
}

static void
test_taken_by_another(Place *place, gconstpointer unused)
{
	(void)unused;
	file_mail(place, 1);
	file_mail(place, 2);
	store.rows[0].state = "sending";
	send_once(place);
	g_assert_cmpstr(store.order->str, ==, "due sent2 due ");
	g_assert_cmpuint(arrived(place), ==, 1);
}

static void
test_mode_hold(Place *place, gconstpointer unused)
{
	(void)unused;
	file_mail(place, 1);
	place->settings.outgoing_mode = (char *)"hold";
	send_once(place);
	g_assert_cmpstr(store.rows[0].state, ==, "ready");
	g_assert_cmpuint(arrived(place), ==, 0);
}

/* T-53: what the guard refuses is held, and the next one leaves. */
static void
test_guarded(Place *place, gconstpointer unused)
{
	g_autoptr(Parcel) parcel = keyless_mail(place);

	(void)unused;
	g_free(parcel->letter->to);
	parcel->letter->to = g_strdup("spy@other.example");
	file_parcel(place, 1, parcel);
	file_mail(place, 2);
	send_once(place);
	g_assert_cmpstr(store.rows[0].state, ==, "held");
	g_assert_cmpstr(store.rows[0].reason, ==, "guard-recipient");
	g_assert_cmpstr(store.rows[1].state, ==, "sent");
	g_assert_cmpuint(arrived(place), ==, 1);
}

/* T-9: a trouble of ours is no verdict about the mail. */
static void
test_not_opened(Place *place, gconstpointer unused)
{
	(void)unused;
	file_mail(place, 1);
	file_mail(place, 2);
	g_clear_pointer(&store.rows[0].envelope, g_bytes_unref);
	store.rows[0].envelope = g_bytes_ref(store.rows[1].envelope);
	send_once(place);
	g_assert_cmpstr(store.rows[0].state, ==, "deferred");
	g_assert_cmpstr(store.rows[0].reason, ==, "parcel-not-opened");
	g_assert_cmpstr(store.rows[1].state, ==, "sent");
}

static void
test_gives_up(Place *place, gconstpointer unused)
{
	(void)unused;
	g_assert_true(g_file_set_contents(place->box, "no folder", -1, NULL));
	file_mail(place, 1);
	file_mail(place, 2);
	store.rows[1].attempts = 124;
	send_once(place);
	g_assert_cmpstr(store.rows[0].state, ==, "deferred");
	g_assert_cmpstr(store.rows[1].state, ==, "failed");
	g_assert_cmpstr(store.rows[1].reason, ==, "maildir-not-written");
}

static void
test_database_away(Place *place, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	store.away = true;
	g_assert_false(sender_run(&place->settings, true, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_RETRY);
}

static void
test_no_key(Place *place, gconstpointer unused)
{
	g_autofree char *file = g_build_filename(place->folder, "send.key", NULL);
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_cmpint(g_remove(file), ==, 0);
	g_assert_false(sender_run(&place->settings, false, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_cmpuint(store.opened, ==, 0);
}

/* T-7: the connection dies between hand-over and mark; on the next one the
 * mark comes first, and the mail does not leave again. */
static void
test_lost_mark(Place *place, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	file_mail(place, 1);
	store.lose_marks = 1;
	g_assert_true(sender_run(&place->settings, false, &error));
	g_assert_no_error(error);
	g_assert_cmpstr(store.order->str, ==, "due lost sent1 due ");
	g_assert_cmpuint(store.opened, ==, 2);
	g_assert_cmpuint(store.rows[0].attempts, ==, 1);
	g_assert_cmpuint(arrived(place), ==, 1);
}

static void
test_ends(Place *place, gconstpointer unused)
{
	(void)unused;
	file_mail(place, 1);
	g_assert_true(sender_run(&place->settings, false, NULL));
	g_assert_cmpuint(store.waited, ==, 1);
	g_assert_cmpuint(arrived(place), ==, 1);
}

static void
add(const char *path, void (*test)(Place *place, gconstpointer unused))
{
	g_test_add(path, Place, NULL, set_up, test, tear_down);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_assert_true(seal_init(NULL));
	add("/sender/once sends all that is due", test_once);
	add("/sender/what another has is left to him", test_taken_by_another);
	add("/sender/mode hold sends nothing", test_mode_hold);
	add("/sender/T-53 the guard holds, the next one leaves", test_guarded);
	add("/sender/T-9 a parcel that does not open waits", test_not_opened);
	add("/sender/five days, then failed", test_gives_up);
	add("/sender/once without a database says so", test_database_away);
	add("/sender/without its key it does not start", test_no_key);
	add("/sender/T-7 a lost mark is made first", test_lost_mark);
	add("/sender/SIGTERM ends it in peace", test_ends);
	return g_test_run();
}
