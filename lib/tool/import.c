/* import - an old mailbox made into cases: sluis import MBOX
 *
 * Each mail is taken as if it had come by intake, marked as imported, and
 * worked on in the order in which it came. What it would cause is never sent.
 * A mail that was taken before is left alone, so an import that was
 * interrupted is finished by doing it again.
 */

#include "nouns.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "accept.h"
#include "account.h"
#include "error.h"
#include "file.h"
#include "mbox.h"
#include "mime.h"
#include "options.h"
#include "print.h"
#include "spawn.h"
#include "split.h"
#include "upkeep.h"

#define WINDOW 50		/* so many are taken before they are worked on */
#define PAUSE (G_USEC_PER_SEC / 5)
#define PATIENCE 60		/* seconds without any progress of the worker */
#define WORK_SECONDS 7200

typedef struct {
	const Settings *settings;
	Db *db;
	bool own_db;
	SealKey *storage, *receipt;
	const Inbox *inbox;		/* of all; NULL: as each mail says */
	GBytes *file;
	GArray *mails;
	guint done, taken, before;
	guint last_percent;
	bool shows;			/* progress, on a terminal */
} Import;

static void
import_clear(Import *import)
{
	if (import->own_db)
		g_clear_pointer(&import->db, db_close);
	g_clear_pointer(&import->storage, seal_key_free);
	g_clear_pointer(&import->receipt, seal_key_free);
	g_clear_pointer(&import->mails, g_array_unref);
	g_clear_pointer(&import->file, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Import, import_clear)

static void
show(Import *import, const char *what, guint done, guint all)
{
	guint percent = all > 0 ? done * 100 / all : 100;

	if (!import->shows || percent == import->last_percent)
		return;
	import->last_percent = percent;
	fprintf(stderr, "\r%-16s %3u %%  [%-40.*s]  %u of %u ", what, percent, (int)(percent * 2 / 5),
	    "########################################", done, all);
}

static void
show_end(const Import *import)
{
	if (import->shows)
		fprintf(stderr, "\r%78s\r", "");
}

/* The first of our inboxes a mail names as where it was delivered or sent to. */
static const Inbox *
inbox_of(const Import *import, GBytes *mail)
{
	static const char *const fields[] = { "x-original-to", "delivered-to", "to", "cc" };
	g_autoptr(GBytes) header = slice_copy(split_entity(slice_bytes(mail)).header);
	g_autoptr(Mime) mime = import->inbox == NULL ? mime_parse(header) : NULL;

	for (guint i = 0; mime != NULL && i < G_N_ELEMENTS(fields); i++) {
		g_autoptr(GPtrArray) all = mime_mailboxes(mime, fields[i]);

		for (guint m = 0; m < all->len; m++) {
			const Mailbox *one = g_ptr_array_index(all, m);
			const Inbox *inbox = settings_inbox(import->settings, one->address);

			if (inbox != NULL)
				return inbox;
		}
	}
	return import->inbox != NULL ? import->inbox :
	    g_ptr_array_index(import->settings->inboxes, 0);
}

static bool
take_one(Import *import, const MboxMail *at, GError **error)
{
	g_autoptr(GBytes) mail = mbox_mail(import->file, at);
	const Inbox *inbox = inbox_of(import, mail);
	const Envelope envelope = {
		.inbox = inbox->address, .recipient = inbox->address, .imported = true, .came = at->time,
	};
	bool again;

	if (!accept_mail(import->db, import->storage, import->receipt, &envelope, mail, &again, error))
		return false;
	import->done++;
	import->taken += !again;
	import->before += again;
	return true;
}

/* Where all programs are one user's the work is done here. */
static bool
work_once(const Import *import, GError **error)
{
	g_autofree char *program = file_installed("bin/sluis-work");
	const char *argv[] = { program, "-c", import->settings->file, "--once", NULL };
	const Spawn spawn = { .argv = argv, .seconds = WORK_SECONDS };

	return !import->settings->one_user || spawn_check(&spawn, NULL, error);
}

/* Until no more than that many wait. *stands: nobody seems to work on them. */
static bool
wait_for_work(Import *import, gint64 most, bool *stands, GError **error)
{
	gint64 last = -1, since = g_get_monotonic_time();

	*stands = false;
	for (;;) {
		g_autoptr(Rows) row = NULL;
		gint64 left;

		if (!work_once(import, error))
			return false;
		row = upkeep_summary(import->db, error);
		if (row == NULL)
			return false;
		left = rows_int(row, 0, "importing");
		if (most == 0)
			show(import, "worked on", import->done - (guint)MIN(left, import->done), import->done);
		if (left <= most)
			return true;
		if (left != last)
			since = g_get_monotonic_time();
		last = left;
		*stands = g_get_monotonic_time() - since > PATIENCE * G_USEC_PER_SEC;
		if (*stands)
			return true;
		g_usleep(PAUSE);
	}
}

static bool
take_all(Import *import, bool *stands, GError **error)
{
	guint fresh = 0;

	*stands = false;
	for (guint i = 0; i < import->mails->len; i++) {
		guint before = import->taken;

		if (!take_one(import, &g_array_index(import->mails, MboxMail, i), error))
			return false;
		show(import, "taken", import->done, import->mails->len);
		fresh += import->taken - before;
		if (fresh < WINDOW || *stands)
			continue;
		fresh = 0;
		if (!wait_for_work(import, WINDOW, stands, error))
			return false;
	}
	return *stands || wait_for_work(import, 0, stands, error);
}

/* "-" is standard input: what root may read and the user it becomes may not. */
static GBytes *
open_mailbox(const char *path, GError **error)
{
	bool standard = strcmp(path, "-") == 0;
	g_autoptr(GError) why = NULL;
	g_autoptr(GMappedFile) file = standard ?
	    g_mapped_file_new_from_fd(STDIN_FILENO, FALSE, &why) :
	    g_mapped_file_new(path, FALSE, &why);

	if (file != NULL)
		return g_mapped_file_get_bytes(file);
	error_set(error, SLUIS_ERROR_REFUSED, "%s%s", why->message, !standard &&
	    g_error_matches(why, G_FILE_ERROR, G_FILE_ERROR_ACCES) ?
	    "; try: sluis import - <MBOX" : "");
	return NULL;
}

static bool
import_open(Import *import, const Order *order, GError **error)
{
	const char *address = order_text(order, "inbox");

	import->inbox = address != NULL ? settings_inbox(import->settings, address) : NULL;
	if (address != NULL && import->inbox == NULL)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s is no inbox of ours", address);
	import->file = open_mailbox(order_word(order, 0), error);
	if (import->file == NULL || !seal_init(error))
		return false;
	import->storage = seal_key_load(import->settings->key_folder, "storage.pub", error);
	import->receipt = import->storage == NULL ? NULL :
	    seal_key_load(import->settings->key_folder, "receipt.key", error);
	if (import->receipt == NULL)
		return false;
	import->own_db = order->session == NULL;
	import->db = import->own_db ? db_open(import->settings->db_conninfo, "sluis_adm", error) :
	    order->session;
	return import->db != NULL;
}

static bool
import_tell(const Import *import, const Order *order, bool stands, GError **error)
{
	g_autoptr(Json) json = json_new_object();

	json_put_int(json, "mails", import->mails->len);
	json_put_int(json, "taken", import->taken);
	json_put_int(json, "before", import->before);
	json_put_bool(json, "worked_on", !stands);
	if (order->json)
		return print_record(order, json, NULL, error);
	if (!print_line(error, "%u mails: %u taken, %u were there before; nothing was sent",
	    import->mails->len, import->taken, import->before))
		return false;
	return !stands || print_line(error, "some wait for sluis-work, which does not seem to run; "
	    "sluis status shows them");
}

static bool
import_run(const Order *order, GError **error)
{
	g_auto(Import) import = {
		.settings = order->settings, .shows = isatty(STDERR_FILENO), .last_percent = 101,
	};
	bool stands, done;

	mime_init();
	if (!import_open(&import, order, error))
		return false;
	import.mails = mbox_index(import.file);
	done = take_all(&import, &stands, error);
	show_end(&import);
	if (done)
		return import_tell(&import, order, stands, error);
	g_prefix_error(error, "%u of %u mails are taken; type the same again to go on: ",
	    import.done, import.mails->len);
	return false;
}

static const OrderOption options[] = { { "inbox", "ADDRESS" }, { NULL } };

const Verb import_verbs[] = {
	{ .noun = "import", .words = "MBOX", .least = 1, .most = 1, .options = options,
	  .user = ACCOUNT_WORK, .wants_session = true, .has_json = true, .run = import_run,
	  .summary = "make an old mailbox into cases and histories; nothing is sent" },
	{ 0 }
};
