/* site - see site.h */

#include "site.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "db_place.h"
#include "error.h"
#include "escrow.h"
#include "file.h"
#include "keys.h"
#include "mapping.h"
#include "migrate.h"
#include "print.h"
#include "ring.h"
#include "teach.h"

typedef struct {
	const Order *order;
	Settings *settings;
	char *fingerprint;		/* of the team's key */
	bool fresh;			/* the ring was made now */
	bool mapped;			/* PostgreSQL's files were changed now */
} Site;

static void
site_clear(Site *site)
{
	g_clear_pointer(&site->settings, settings_free);
	g_free(site->fingerprint);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Site, site_clear)

static bool
look_around(Site *site, GError **error)
{
	if (geteuid() != 0) {
		error_set(error, SLUIS_ERROR_SETUP, "only root can make an installation for "
		    "this host; for a private one: sluis init --embedded DIR");
		return false;
	}
	site->settings = settings_load(site->order->file, error);
	if (site->settings == NULL)
		return false;
	if (site->settings->one_user) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: one_user: expected no: each program "
		    "of a host has a user of its own", site->settings->file);
		return false;
	}
	return account_all_exist(error);
}

static bool
make_folder(const char *path, const char *owner, const char *group, unsigned mode, GError **error)
{
	return file_make_folder(path, 0755, error) && account_own(path, owner, group, mode, error);
}

static bool
make_folders(Site *site, GError **error)
{
	const Settings *settings = site->settings;
	g_autofree char *state = g_path_get_dirname(settings->gnupg_home);

	return make_folder(settings->key_folder, ACCOUNT_ROOT, ACCOUNT_ROOT, 0755, error) &&
	    make_folder(state, ACCOUNT_ROOT, ACCOUNT_ROOT, 0755, error) &&
	    make_folder(settings->run_folder, ACCOUNT_ROOT, ACCOUNT_ADM, 01770, error);
}

static bool
make_keys(Site *site, GError **error)
{
	return keys_make(site->settings->key_folder, error) &&
	    keys_own(site->settings->key_folder, error);
}

/* What people write to: the team by name, and each inbox as it is, since some
 * mail programs encrypt only to an address that is exactly a user id. */
static GPtrArray *
user_ids(const Settings *settings)
{
	GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *name = g_strdup(settings->team_name);

	for (guint i = 0; i < settings->inboxes->len; i++) {
		const Inbox *inbox = settings->inboxes->pdata[i];

		if (i == 0)
			g_ptr_array_add(ids, g_strdup_printf("%s <%s>",
			    g_strdelimit(name, "<>()", ' '), inbox->address));
		g_ptr_array_add(ids, g_strdup(inbox->address));
	}
	g_ptr_array_add(ids, NULL);
	return ids;
}

static bool
fill_ring(void *data, char **said, GError **error)
{
	const Site *site = data;
	g_autofree char *fresh = g_strconcat(site->settings->gnupg_home, ".new", NULL);
	g_autoptr(GPtrArray) ids = user_ids(site->settings);

	*said = ring_make(fresh, (const char **)ids->pdata,
	    order_text(site->order, "algorithm"), error);
	return *said != NULL;
}

/* The key is made by the user it is for, in a folder that counts for nothing
 * until it is renamed. */
static bool
make_ring(Site *site, GError **error)
{
	const char *home = site->settings->gnupg_home;
	g_autofree char *fresh = g_strconcat(home, ".new", NULL);

	file_remove_tree(fresh);
	if (!make_folder(fresh, ACCOUNT_WORK, ACCOUNT_WORK, 0700, error) ||
	    !account_run(ACCOUNT_WORK, fill_ring, site, &site->fingerprint, error))
		return false;
	site->fresh = true;
	return rename(fresh, home) == 0 || error_errno(error, SLUIS_ERROR_SETUP, home);
}

/* One without a key is as good as none; one without "team" somebody has made. */
static bool
make_team_key(Site *site, GError **error)
{
	const char *home = site->settings->gnupg_home;
	g_autofree char *team = g_build_filename(home, "team", NULL);

	if (ring_is_empty(home)) {
		file_remove_tree(home);
		return make_ring(site, error);
	}
	if (*site->settings->team_key != '\0')
		site->fingerprint = g_strdup(site->settings->team_key);
	else if (g_file_test(team, G_FILE_TEST_EXISTS))
		site->fingerprint = ring_team(home, error);
	else
		error_set(error, SLUIS_ERROR_SETUP, "%s: which key of it is the team's? Say so in "
		    "%s, as keys.team", home, site->settings->file);
	return site->fingerprint != NULL;
}

/* As PostgreSQL's own user, whom it knows as its superuser. */
static bool
fill_database(void *data, char **said, GError **error)
{
	const Settings *settings = ((const Site *)data)->settings;
	g_autofree char *folder = file_installed("share/sluis/schema");
	g_autofree char *name = db_place_name(settings->db_conninfo, error);
	g_autoptr(Db) db = NULL;
	bool changed = false;
	guint from, to;

	if (name == NULL || !db_place_make(settings->db_conninfo, settings->db_superuser, error))
		return false;
	db = db_open_raw(settings->db_conninfo, settings->db_superuser, error);
	if (db == NULL || !migrate_run(db, folder, &from, &to, error) ||
	    !mapping_put(db, name, &changed, error))
		return false;
	*said = g_strdup(changed ? "changed" : "");
	return true;
}

static bool
make_database(Site *site, GError **error)
{
	const char *superuser = site->settings->db_superuser;
	g_autofree char *said = NULL;

	if (!account_exists(superuser))
		return error_set(error, SLUIS_ERROR_SETUP, "there is no user %s to make the database "
		    "as: apt-get install postgresql, or see database.superuser", superuser);
	if (!account_run(superuser, fill_database, site, &said, error))
		return false;
	site->mapped = *said != '\0';
	return true;
}

static bool
give_lessons(void *data, char **said G_GNUC_UNUSED, GError **error)
{
	return teach_shipped(((const Site *)data)->settings, error);
}

/* By the user PostgreSQL knows as the operator. */
static bool
make_lessons(Site *site, GError **error)
{
	return order_flag(site->order, "no-lessons") ||
	    account_run(ACCOUNT_ADM, give_lessons, site, NULL, error);
}

static bool
show_sheet(Site *site, GError **error)
{
	g_autofree char *sheet = NULL;

	if (!site->fresh)
		return true;
	sheet = escrow_sheet(site->settings, site->fingerprint, error);
	return sheet != NULL && print_text(sheet, error);
}

static bool
finish(Site *site, GError **error)
{
	return print_line(error, "%s The team key is %s.\n%s\nNext:\n"
	    "  sluis key escrow --check             type the sheet in, to see that it is right\n"
	    "  sluis key export                     our public key, for reporters\n"
	    "  sluis analyst add NAME --address ADDRESS --key FILE\n"
	    "  sluis-postfix                        what Postfix needs; --apply does it\n"
	    "  systemctl enable --now sluis-work sluis-send sluis-clock.timer sluis-digest.timer "
	    "sluis-alarm.timer\n"
	    "  sluis doctor                         whether all is well",
	    site->fresh ? "Ready." : "All was there; what was missing is there again.",
	    site->fingerprint, site->mapped ?
	    "PostgreSQL's pg_hba.conf and pg_ident.conf have a few lines more.\n" : "");
}

bool
site_init(const Order *order, GError **error)
{
	static bool (*const steps[])(Site *, GError **) = {
		look_around, make_folders, make_keys, make_team_key, make_database,
		show_sheet, make_lessons, finish,
	};
	g_auto(Site) site = { .order = order };

	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		if (!steps[i](&site, error))
			return false;
	return true;
}
