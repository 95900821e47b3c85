/* check_host - settings, folders, units, disk and clock of the host; see checkup.h */

#include "checkup.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "account.h"
#include "error.h"
#include "spawn.h"
#include "upkeep.h"

#define LEAST_PERCENT 5
#define SOON_PERCENT 10
#define LEAST_BYTES (100UL * 1024 * 1024)
#define LARGE_BYTES (1024UL * 1024 * 1024)
#define CLOCK_MOST (5 * G_TIME_SPAN_MINUTE)

static char *
mode_remedy(const char *file)
{
	struct stat about;

	if (stat(file, &about) != 0)
		return g_strdup("sluis init, or say where they are with -c FILE");
	if ((about.st_mode & 022) != 0)
		return g_strdup_printf("chmod go-w %s", file);
	if (about.st_uid != 0 && about.st_uid != geteuid() && geteuid() != 0)
		return g_strdup_printf("chown root %s", file);
	return g_strdup_printf("editor %s (man sluis.yaml)", file);
}

void
check_settings(Checkup *checkup)
{
	g_autofree char *remedy = NULL;

	if (checkup->unread == NULL)
		return;
	remedy = mode_remedy(checkup->file);
	checkup_add(checkup, FINDING_WRONG, remedy, "%s", checkup->unread->message);
}

static void
look_at_folder(Checkup *checkup, const char *path, mode_t forbidden, const char *make)
{
	g_autofree char *remedy = g_strdup_printf("chmod %s %s",
	    forbidden == 077 ? "700" : "go-w", path);
	struct stat about;

	if (stat(path, &about) != 0 && errno == EACCES)
		checkup_skip(checkup, "%s: only root can look", path);
	else if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
		checkup_add(checkup, FINDING_WRONG, make, "%s: there is no such folder", path);
	else if ((about.st_mode & forbidden) != 0)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s: others may use it (mode %03o)",
		    path, about.st_mode & 0777);
}

/* Where each program is another user, two of them share it, and neither may
 * touch what is the other's. */
static void
look_at_run_folder(Checkup *checkup, const char *make)
{
	const char *path = checkup->settings->run_folder;
	const struct group *group = getgrnam(ACCOUNT_ADM);
	g_autofree char *remedy = g_strdup_printf("chown root:" ACCOUNT_ADM " %s; chmod 1770 %s",
	    path, path);
	struct stat about;

	if (!checkup_has_users(checkup) || group == NULL || stat(path, &about) != 0)
		look_at_folder(checkup, path, 002, make);
	else if ((about.st_mode & 07777) != 01770 || about.st_uid != 0 || about.st_gid != group->gr_gid)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s: not as the programs need it "
		    "(mode %04o, wanted 1770)", path, about.st_mode & 07777);
}

/* A gpg that root has typed leaves files that are root's, and whose the ring
 * is cannot write them any more. */
static void
look_at_ring_owner(Checkup *checkup)
{
	const char *home = checkup->settings->gnupg_home;
	const struct passwd *owner = getpwnam(ACCOUNT_WORK);
	g_autofree char *remedy = g_strdup_printf("chown -R " ACCOUNT_WORK ":" ACCOUNT_WORK " %s", home);
	g_autoptr(GDir) dir = g_dir_open(home, 0, NULL);
	const char *name;

	while (owner != NULL && dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *path = g_build_filename(home, name, NULL);
		struct stat about;

		if (lstat(path, &about) != 0 || about.st_uid == owner->pw_uid)
			continue;
		checkup_add(checkup, FINDING_WRONG, remedy, "%s: belongs to somebody else", path);
		return;
	}
}

void
check_folders(Checkup *checkup)
{
	const Settings *settings = checkup->settings;
	g_autofree char *folder = checkup_embedded(checkup);
	g_autofree char *init = checkup_init(checkup);
	g_autofree char *start = folder == NULL ? g_strdup("systemd-tmpfiles --create") :
	    g_strdup_printf("sluis embedded %s start", folder);

	look_at_folder(checkup, settings->gnupg_home, 077, init);
	look_at_folder(checkup, settings->key_folder, 022, init);
	look_at_run_folder(checkup, start);
	if (checkup_has_users(checkup))
		look_at_ring_owner(checkup);
}

void
check_units(Checkup *checkup)
{
	static const char *const units[] = {
		"sluis-work.service", "sluis-send.service", "sluis-clock.timer",
		"sluis-digest.timer", "sluis-alarm.timer",
	};
	guint count = G_N_ELEMENTS(units) - (checkup->settings->alarm[0] == NULL ? 1 : 0);
	g_autofree char *program = g_find_program_in_path("systemctl");

	if (checkup->settings->one_user || program == NULL ||
	    !g_file_test("/run/systemd/system", G_FILE_TEST_IS_DIR)) {
		checkup_skip(checkup, checkup->settings->one_user ?
		    "none belong to this installation" : "there is no systemd");
		return;
	}
	for (guint i = 0; i < count; i++) {
		const char *argv[] = { program, "is-active", "--quiet", units[i], NULL };
		const Spawn spawn = { .argv = argv, .seconds = 10 };
		g_autofree char *remedy = g_strdup_printf("systemctl enable --now %s", units[i]);

		if (!spawn_check(&spawn, NULL, NULL))
			checkup_add(checkup, FINDING_WRONG, remedy, "%s does not run", units[i]);
	}
}

void
check_transport(Checkup *checkup)
{
	const char *path = strchr(checkup->settings->transport, ':') + 1;
	g_autofree char *make = g_strdup_printf("mkdir -p -m 700 %s", path);

	if (g_str_has_prefix(checkup->settings->transport, "maildir:"))
		look_at_folder(checkup, path, 077, make);
	else if (access(path, X_OK) != 0)
		checkup_add(checkup, FINDING_WRONG, "apt-get install postfix",
		    "%s cannot be run, so nothing leaves", path);
}

/* On a disk of some size a few megabytes are gone with the next mail. */
static bool
is_little(const struct statvfs *room)
{
	return room->f_blocks * room->f_frsize > LARGE_BYTES &&
	    room->f_bavail * room->f_frsize < LEAST_BYTES;
}

/* One line a file system, however many of our folders are on it. */
static void
look_at_disk(Checkup *checkup, const char *path, GArray *seen)
{
	g_autofree char *remedy = g_strdup_printf("df -h %s; df -i %s", path, path);
	struct statvfs room;
	struct stat about;
	double free, inodes;

	if (stat(path, &about) != 0 || statvfs(path, &room) != 0 || room.f_blocks == 0)
		return;
	for (guint i = 0; i < seen->len; i++)
		if (g_array_index(seen, dev_t, i) == about.st_dev)
			return;
	g_array_append_val(seen, about.st_dev);
	free = 100.0 * (double)room.f_bavail / (double)room.f_blocks;
	inodes = room.f_files == 0 ? 100 : 100.0 * (double)room.f_favail / (double)room.f_files;
	if (free < LEAST_PERCENT || inodes < LEAST_PERCENT || is_little(&room))
		checkup_add(checkup, FINDING_WRONG, remedy,
		    "where %s is, %.0f %% of room and %.0f %% of inodes are left", path, free, inodes);
	else if (free < SOON_PERCENT || inodes < SOON_PERCENT)
		checkup_add(checkup, FINDING_SOON, remedy,
		    "where %s is, %.0f %% of room and %.0f %% of inodes are left", path, free, inodes);
}

void
check_disk(Checkup *checkup)
{
	const Settings *settings = checkup->settings;
	g_autofree char *folder = checkup_embedded(checkup);
	const char *paths[] = {
		folder, settings->gnupg_home, settings->run_folder,
		strchr(settings->transport, ':') + 1,
		"/var/lib/postgresql", "/var/spool/postfix", "/var/log",
	};
	g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(dev_t));
	guint count = folder != NULL ? 4 : G_N_ELEMENTS(paths);

	for (guint i = 0; i < count; i++)
		if (paths[i] != NULL)
			look_at_disk(checkup, paths[i], seen);
}

/* Adjusting nothing, adjtimex(2) says whether anybody keeps the clock right. */
void
check_clock(Checkup *checkup)
{
	struct timex nothing = { 0 };
	g_autoptr(Db) db = db_open(checkup->settings->db_conninfo, "sluis_adm", NULL);
	g_autoptr(Rows) row = db != NULL ? upkeep_summary(db, NULL) : NULL;
	gint64 now = g_get_real_time();

	if (!checkup->settings->one_user && adjtimex(&nothing) == TIME_ERROR)
		checkup_add(checkup, FINDING_SOON, "timedatectl set-ntp true",
		    "nobody keeps the clock of this host right");
	if (row == NULL) {
		checkup_skip(checkup, "needs the database");
		return;
	}
	if (ABS(rows_time(row, 0, "now") - now) > CLOCK_MOST)
		checkup_add(checkup, FINDING_WRONG, "timedatectl set-ntp true",
		    "the database's clock is %" G_GINT64_FORMAT " s away from ours",
		    (rows_time(row, 0, "now") - now) / G_USEC_PER_SEC);
	if (rows_time(row, 0, "last_received") > now + CLOCK_MOST)
		checkup_add(checkup, FINDING_WRONG, "timedatectl status",
		    "mail was received in the future: the clock has jumped back");
}

void
check_alarm(Checkup *checkup)
{
	g_autofree char *remedy = g_strdup_printf("editor %s, and put in alarm: ADDRESS",
	    checkup->file);

	if (checkup->settings->alarm[0] == NULL)
		checkup_add(checkup, FINDING_SOON, remedy,
		    "nobody is told when the chain stands still");
}
