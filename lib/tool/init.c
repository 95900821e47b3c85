/* init - a whole private installation in a folder: sluis init --embedded DIR */

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
#include "pgp.h"
#include "place.h"
#include "print.h"
#include "seal.h"

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

/* A fresh ring is made in "gnupg.new" and renamed when its key is in it, with
 * the fingerprint beside. Its agent is reached by a short name of that folder,
 * since the path of its socket may be too long otherwise. */
static bool
make_ring(Init *init, const char *ring, GError **error)
{
	static const char *user_ids[] = {
		"Sluis trial team <team@sluis.example>", "rd@sluis.example",
		"cert@sluis.example", NULL
	};
	const char *algorithm = order_text(init->order, "algorithm");
	g_autofree char *fresh = place_brief(init->place, "gnupg.new");
	g_autofree char *name = g_build_filename(fresh, "team", NULL);

	file_remove_tree(fresh);
	if (!file_make_folder(fresh, 0700, error))
		return false;
	init->fingerprint = pgp_make_home(fresh, user_ids,
	    algorithm != NULL ? algorithm : "cv25519", error);
	if (!agent_stop_home(fresh, init->fingerprint != NULL ? error : NULL) ||
	    init->fingerprint == NULL)
		return false;
	if (!file_write(name, init->fingerprint, strlen(init->fingerprint), 0600, error))
		return false;
	return rename(fresh, ring) == 0 || error_errno(error, SLUIS_ERROR_SETUP, ring);
}

static bool
make_team_key(Init *init, GError **error)
{
	g_autofree char *ring = place_path(init->place, "gnupg");
	g_autofree char *name = g_build_filename(ring, "team", NULL);
	g_autoptr(GBytes) bytes = NULL;

	if (!g_file_test(ring, G_FILE_TEST_IS_DIR))
		return make_ring(init, ring, error) && agent_start(init->place, error);
	bytes = file_read(name, 64, error);
	if (bytes == NULL)
		return false;
	init->fingerprint = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	return agent_start(init->place, error);
}

/* A pair of which one half is gone is nothing we could mend: what was sealed
 * opens with that very key only. */
static bool
make_pair(const char *folder, const char *name, GError **error)
{
	g_autofree char *public = g_strdup_printf("%s/%s.pub", folder, name);
	g_autofree char *secret = g_strdup_printf("%s/%s.key", folder, name);
	bool has_public = g_file_test(public, G_FILE_TEST_EXISTS);
	bool has_secret = g_file_test(secret, G_FILE_TEST_EXISTS);

	if (has_public && has_secret)
		return true;
	if (!has_public && !has_secret)
		return seal_make_pair(folder, name, error);
	return error_set(error, SLUIS_ERROR_SETUP, "%s is missing beside %s: put it back from "
	    "your copy, or remove both if nothing was received yet",
	    has_public ? secret : public, has_public ? public : secret);
}

static bool
make_keys(Init *init, GError **error)
{
	static const char *const pairs[] = { "storage", "send" };
	static const char *const keys[] = { "receipt.key", "index.key", "token.key.1" };
	g_autofree char *folder = place_path(init->place, "keys");

	if (!seal_init(error) || !file_make_folder(folder, 0700, error))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		if (!make_pair(folder, pairs[i], error))
			return false;
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
		g_autofree char *path = g_build_filename(folder, keys[i], NULL);

		if (!g_file_test(path, G_FILE_TEST_EXISTS) &&
		    !seal_make_key(folder, keys[i], error))
			return false;
	}
	return true;
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
    "  team: %s\n"
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
	g_autofree char *text = g_strdup_printf(settings_format, conninfo,
	    init->fingerprint, work, doubled);

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
init_embedded(const Order *order, GError **error)
{
	static bool (*const steps[])(Init *, GError **) = {
		make_place, make_cluster, make_schema, make_team_key, make_keys,
		make_texts, make_maildir, make_settings, make_samples, finish,
	};
	g_auto(Init) init = { .order = order };

	if (!order_flag(order, "embedded"))
		return program_usage(error, "wanted: --embedded DIR");
	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		if (!steps[i](&init, error))
			return false;
	return true;
}

static const OrderOption options[] = {
	{ "embedded", "DIR" }, { "no-samples", NULL }, { "algorithm", "cv25519|rsa4096" },
	{ NULL }
};

const Verb init_verbs[] = {
	{ .noun = "init", .options = options, .without_settings = true, .run = init_embedded,
	  .summary = "make a whole private installation in a folder, or mend it" },
	{ 0 }
};
