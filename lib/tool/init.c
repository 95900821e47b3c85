/* init - a whole private installation in a folder: sluis init --embedded DIR;
 * without a folder it is site.c's */

#include "nouns.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent.h"
#include "batch.h"
#include "cluster.h"
#include "error.h"
#include "file.h"
#include "migrate.h"
#include "options.h"
#include "site.h"
#include "keys.h"
#include "place.h"
#include "print.h"
#include "ring.h"
#include "teach.h"

/* What one run of init is about. The settings carry their final name last of
 * all: as long as they do not, init was not finished and does the rest when it
 * is run again. */
typedef struct {
	const Order *order;
	Place *place;
	char *fingerprint;		/* of the team's key */
	Settings *settings;
	bool first;			/* not finished before */
} Init;

static void
init_clear(Init *init)
{
	g_clear_pointer(&init->place, place_free);
	g_clear_pointer(&init->settings, settings_free);
	g_free(init->fingerprint);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Init, init_clear)

static bool
make_place(Init *init, GError **error)
{
	g_autofree char *settings = NULL;

	init->place = place_make(order_text(init->order, "embedded"), error);
	if (init->place == NULL)
		return false;
	settings = place_path(init->place, "sluis.yaml");
	init->first = !g_file_test(settings, G_FILE_TEST_EXISTS);
	return true;
}

static bool
make_cluster(Init *init, GError **error)
{
	return cluster_make(init->place, error) && cluster_start(init->place, error) &&
	    cluster_make_database(init->place, error);
}

static bool
make_schema(Init *init, GError **error)
{
	g_autofree char *folder = file_installed("share/sluis/schema");
	g_autofree char *conninfo = cluster_conninfo(init->place, "sluis");
	g_autoptr(Db) db = db_open_raw(conninfo, "postgres", error);
	guint from, to;

	return db != NULL && migrate_run(db, folder, &from, &to, error);
}

/* An agent is reached by the short name of its folder: the path of its socket
 * may be too long otherwise. */
static bool
make_ring(Init *init, const char *ring, GError **error)
{
	static const char *user_ids[] = {
		"Sluis trial team <team@sluis.example>", "rd@sluis.example",
		"cert@sluis.example", NULL
	};
	g_autofree char *fresh = place_brief(init->place, "gnupg.new");

	file_remove_tree(fresh);
	if (!file_make_folder(fresh, 0700, error))
		return false;
	init->fingerprint = ring_make(fresh, user_ids, order_text(init->order, "algorithm"), error);
	return init->fingerprint != NULL &&
	    (rename(fresh, ring) == 0 || error_errno(error, SLUIS_ERROR_SETUP, ring));
}

static bool
make_team_key(Init *init, GError **error)
{
	g_autofree char *ring = place_path(init->place, "gnupg");

	if (!g_file_test(ring, G_FILE_TEST_IS_DIR))
		return make_ring(init, ring, error) && agent_start(init->place, error);
	init->fingerprint = ring_team(ring, error);
	return init->fingerprint != NULL && agent_start(init->place, error);
}

static bool
make_keys(Init *init, GError **error)
{
	g_autofree char *folder = place_path(init->place, "keys");

	return file_make_folder(folder, 0700, error) && keys_make(folder, error);
}

/* A text of the installed ones that is not there yet; what people changed
 * stays. */
static bool
copy_file(const char *from, const char *to, GError **error)
{
	g_autoptr(GBytes) bytes = NULL;

	if (g_file_test(to, G_FILE_TEST_EXISTS))
		return true;
	bytes = file_read(from, 1024 * 1024, error);
	return bytes != NULL && file_write(to, g_bytes_get_data(bytes, NULL),
	    g_bytes_get_size(bytes), 0644, error);
}

static bool
copy_folder(const char *from, const char *to, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(from, 0, error);
	const char *name;

	if (dir == NULL)
		return error_because(error, SLUIS_ERROR_SETUP, "cannot copy the texts");
	if (!file_make_folder(to, 0755, error))
		return false;
	while ((name = g_dir_read_name(dir)) != NULL) {
		g_autofree char *source = g_build_filename(from, name, NULL);
		g_autofree char *target = g_build_filename(to, name, NULL);

		if (!(g_file_test(source, G_FILE_TEST_IS_DIR) ? copy_folder : copy_file)
		    (source, target, error))
			return false;
	}
	return true;
}

static bool
make_texts(Init *init, GError **error)
{
	g_autofree char *mail = file_installed("share/sluis/conf/mail");
	g_autofree char *rules = file_installed("share/sluis/conf/rules.yaml");
	g_autofree char *own_mail = place_path(init->place, "mail");
	g_autofree char *own_rules = place_path(init->place, "rules.yaml");

	return copy_folder(mail, own_mail, error) && copy_file(rules, own_rules, error);
}

static bool
make_maildir(Init *init, GError **error)
{
	static const char *const folders[] = { "outgoing/new", "outgoing/cur", "outgoing/tmp" };

	for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
		g_autofree char *path = place_path(init->place, folders[i]);

		if (!file_make_folder(path, 0700, error))
			return false;
	}
	return true;
}

static const char settings_format[] =
    "# Settings of this private installation; sluis.yaml(5) has all of them.\n"
    "# Paths are relative to this file; those in /tmp are short because of sockets.\n"
    "team:\n"
    "  name: Sluis trial team\n"
    "  zone: Europe/Amsterdam\n"
    "  key_place: https://www.sluis.example/key.asc\n"
    "inboxes:\n"
    "  - address: rd@sluis.example\n"
    "    prefix: RD\n"
    "  - address: cert@sluis.example\n"
    "    prefix: CERT\n"
    "database:\n"
    "  conninfo: %s\n"
    "  superuser: postgres\n"
    "keys:\n"
    "  folder: keys\n"
    "  gnupg: gnupg\n"
    "folders:\n"
    "  run: %s\n"
    "  texts: mail\n"
    "  rules: rules.yaml\n"
    "transport: '%s'\n"
    "outgoing:\n"
    "  delay: 0s\n"
    "one_user: yes\n";

static bool
write_settings(Init *init, const char *path, GError **error)
{
	g_autofree char *conninfo = cluster_conninfo(init->place, "sluis");
	g_autofree char *outgoing = place_path(init->place, "outgoing");
	g_autofree char *transport = g_strconcat("maildir:", outgoing, NULL);
	g_auto(GStrv) pieces = g_strsplit(transport, "'", -1);
	g_autofree char *doubled = g_strjoinv("''", pieces);
	g_autofree char *work = place_socket(init->place, "work");
	g_autofree char *text = g_strdup_printf(settings_format, conninfo, work, doubled);

	return file_write(path, text, strlen(text), 0644, error);
}

static bool
make_settings(Init *init, GError **error)
{
	g_autofree char *path = place_path(init->place,
	    init->first ? "sluis.yaml.new" : "sluis.yaml");

	if (init->first && !write_settings(init, path, error))
		return false;
	init->settings = settings_load(path, error);
	return init->settings != NULL;
}

static bool
make_samples(Init *init, GError **error)
{
	g_autofree char *file = file_installed("share/sluis/conf/samples/participants.yaml");
	g_autoptr(Batch) batch = NULL;
	g_autoptr(Db) db = NULL;

	if (!init->first || order_flag(init->order, "no-samples"))
		return true;
	batch = batch_new(init->settings);
	if (!batch_read(batch, file, error))
		return false;
	db = db_open(init->settings->db_conninfo, "sluis_adm", error);
	return db != NULL && batch_put(batch, db, false, true, error);
}

static bool
make_lessons(Init *init, GError **error)
{
	return order_flag(init->order, "no-lessons") || teach_shipped(init->settings, error);
}

static bool
finish(Init *init, GError **error)
{
	g_autofree char *fresh = place_path(init->place, "sluis.yaml.new");
	g_autofree char *path = place_path(init->place, "sluis.yaml");

	if (init->first && rename(fresh, path) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, path);
	return print_line(error, "%s\n\nSettings are in %s; PostgreSQL and gpg-agent run. Next:\n"
	    "  export SLUIS_CONF=%s\n"
	    "  sluis key export                     our public key, for reporters\n"
	    "  sluis analyst add NAME --address ADDRESS --key FILE\n"
	    "  sluis-intake --recipient rd@sluis.example < mail\n"
	    "  sluis-work --once; sluis-send --once   (mails leave to %s/outgoing)\n"
	    "  sluis embedded %s run|stop|start|status",
	    init->first ? "Ready." : "All was there; what was missing is there again.",
	    path, path, init->place->folder, init->place->folder);
}

static bool
embedded(const Order *order, GError **error)
{
	static bool (*const steps[])(Init *, GError **) = {
		make_place, make_cluster, make_schema, make_team_key, make_keys,
		make_texts, make_maildir, make_settings, make_samples, make_lessons, finish,
	};
	g_auto(Init) init = { .order = order };

	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		if (!steps[i](&init, error))
			return false;
	return true;
}

static bool
init(const Order *order, GError **error)
{
	return order_flag(order, "embedded") ? embedded(order, error) : site_init(order, error);
}

static const OrderOption options[] = {
	{ "embedded", "DIR" }, { "no-samples", NULL }, { "no-lessons", NULL }, { "algorithm", "cv25519|rsa4096" },
	{ NULL }
};

const Verb init_verbs[] = {
	{ .noun = "init", .options = options, .without_settings = true, .run = init,
	  .summary = "make this host an installation, or a folder a private one; or mend it" },
	{ 0 }
};
