/* deliver - an outgoing mail handed over, and when to try again; see deliver.h */

#include "deliver.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "log.h"
#include "spawn.h"

#define SENDMAIL_SECONDS 120

#define MAILDIR_PATIENCE (36 * 3600)

#define FIRST_WAIT 60
#define LONGEST_WAIT 3600
#define MOST_ATTEMPTS 125	/* 6 doubling, then one an hour: five days */
#define MOST_REFUSALS 3

/* The mail with LF line ends, and what stands above it. */
static GBytes *
local_form(const char *above, GBytes *mail)
{
	gsize length;
	const char *bytes = g_bytes_get_data(mail, &length);
	GString *local = g_string_sized_new(strlen(above) + length);

	g_string_append(local, above);
	for (gsize i = 0; i < length; i++) {
		if (bytes[i] != '\r' || i + 1 == length || bytes[i + 1] != '\n')
			g_string_append_c(local, bytes[i]);
	}
	return g_string_free_to_bytes(local);
}

/* The statuses by which a sendmail says that no repeat will help. */
static DeliveryOutcome
judge_status(int status, char **reason)
{
	if (WIFSIGNALED(status)) {
		*reason = g_strdup_printf("sendmail-signal-%d", WTERMSIG(status));
		return DELIVERY_LATER;
	}
	if (WEXITSTATUS(status) == EX_OK)
		return DELIVERY_SENT;
	*reason = g_strdup_printf("sendmail-exit-%d", WEXITSTATUS(status));
	switch (WEXITSTATUS(status)) {
	case EX_USAGE:
	case EX_DATAERR:
	case EX_NOUSER:
		return DELIVERY_REFUSED;
	default:
		return DELIVERY_LATER;
	}
}

static DeliveryOutcome
deliver_sendmail(const char *path, const Delivery *delivery, char **reason)
{
	const char *sender = *delivery->sender != '\0' ? delivery->sender : "<>";
	const char *const argv[] = {
		path, "-oi", "-f", sender, "--", delivery->address, NULL,
	};
	g_autoptr(GBytes) input = local_form("", delivery->bytes);
	const Spawn spawn = { .argv = argv, .input = input, .seconds = SENDMAIL_SECONDS };
	g_autoptr(GError) error = NULL;
	int status;

	if (spawn_run(&spawn, &status, NULL, NULL, &error))
		return judge_status(status, reason);
	log_error(error);
	*reason = g_strdup("sendmail-not-run");
	return DELIVERY_LATER;
}

static bool
sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

static bool
maildir_make(const char *path, GError **error)
{
	static const char *const names[] = { "tmp", "new", "cur" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *folder = g_build_filename(path, names[i], NULL);

		if (!file_make_folder(folder, 0700, error))
			return false;
	}
	return true;
}

/* What somebody left who was killed in the middle of a write: nobody writes for
 * 36 hours, see maildir(5). */
static void
maildir_sweep(const char *path)
{
	g_autofree char *folder = g_build_filename(path, "tmp", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	time_t before = time(NULL) - MAILDIR_PATIENCE;
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *piece = g_build_filename(folder, name, NULL);
		struct stat about;

		if (lstat(piece, &about) == 0 && S_ISREG(about.st_mode) && about.st_mtime < before)
			unlink(piece);
	}
}

static bool
maildir_write(const char *path, const Delivery *delivery, GBytes *file)
{
	g_autofree char *name = g_strdup_printf("%" G_GINT64_FORMAT ".sluis", delivery->id);
	g_autofree char *tmp = g_build_filename(path, "tmp", name, NULL);
	g_autofree char *folder = g_build_filename(path, "new", NULL);
	g_autofree char *new = g_build_filename(folder, name, NULL);
	g_autoptr(GError) error = NULL;

	maildir_sweep(path);
	if (maildir_make(path, &error) && file_write(tmp, g_bytes_get_data(file, NULL),
	    g_bytes_get_size(file), 0600, &error))
		return rename(tmp, new) == 0 && sync_folder(folder);
	log_error(error);
	return false;
}

static DeliveryOutcome
deliver_maildir(const char *path, const Delivery *delivery, char **reason)
{
	g_autofree char *above = g_strdup_printf("Return-Path: <%s>\nDelivered-To: %s\n",
	    delivery->sender, delivery->address);
	g_autoptr(GBytes) file = local_form(above, delivery->bytes);

	if (maildir_write(path, delivery, file))
		return DELIVERY_SENT;
	*reason = g_strdup("maildir-not-written");
	return DELIVERY_LATER;
}

DeliveryOutcome
deliver(const char *transport, const Delivery *delivery, char **reason)
{
	static const struct {
		const char *prefix;
		DeliveryOutcome (*by)(const char *path, const Delivery *delivery, char **reason);
	} transports[] = {
		{ "sendmail:", deliver_sendmail },
		{ "maildir:", deliver_maildir },
	};

	for (guint i = 0; i < G_N_ELEMENTS(transports); i++) {
		if (g_str_has_prefix(transport, transports[i].prefix))
			return transports[i].by(transport + strlen(transports[i].prefix), delivery,
			    reason);
	}
	*reason = g_strdup("transport-unknown");
	return DELIVERY_LATER;
}

gint64
deliver_wait(DeliveryOutcome outcome, guint attempts)
{
	gint64 wait = FIRST_WAIT;

	if (attempts >= (outcome == DELIVERY_REFUSED ? MOST_REFUSALS : MOST_ATTEMPTS))
		return 0;
	for (guint i = 1; i < attempts && wait < LONGEST_WAIT; i++)
		wait *= 2;
	return MIN(wait, LONGEST_WAIT);
}
