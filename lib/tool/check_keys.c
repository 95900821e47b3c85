/* check_keys - key files, the team's key, its agent, and pinned keys; see checkup.h */

#include "checkup.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "escrow.h"
#include "file.h"
#include "keys.h"
#include "pgp.h"
#include "reach.h"
#include "ring.h"
#include "seal.h"
#include "spawn.h"
#include "times.h"

#define SOON (60 * G_TIME_SPAN_DAY)
#define PATIENCE 5		/* seconds an agent has to answer */
#define CERTIFICATE_MOST (64 * 1024)

static bool
owned_by(const struct stat *about, const KeyFile *key)
{
	const struct passwd *owner = getpwnam(key->owner);
	const struct group *group = getgrnam(key->group);

	return owner != NULL && about->st_uid == owner->pw_uid &&
	    ((about->st_mode & 040) == 0 || (group != NULL && about->st_gid == group->gr_gid));
}

/* With a user for each program a key has an owner and a mode; where all is one
 * user's, it is nobody else's. */
static void
look_at_key(Checkup *checkup, const KeyFile *key)
{
	const char *folder = checkup->settings->key_folder;
	bool alone = checkup->settings->one_user, public = g_str_has_suffix(key->name, ".pub");
	unsigned most = alone ? (public ? 0755 : 0700) : key->mode;
	g_autofree char *path = g_build_filename(folder, key->name, NULL);
	g_autofree char *restore = g_strdup_printf("cp BACKUP/%s %s", key->name, path);
	g_autofree char *mend = alone ? g_strdup_printf("chmod 400 %s", path) :
	    g_strdup_printf("chown %s:%s %s; chmod %04o %s", key->owner, key->group, path,
	    key->mode, path);
	struct stat about;

	if (lstat(path, &about) != 0 && errno == EACCES)
		checkup_skip(checkup, "%s: only root can look", path);
	else if (lstat(path, &about) != 0)
		checkup_add(checkup, FINDING_WRONG, restore, "%s is missing", path);
	else if (!S_ISREG(about.st_mode) || about.st_size != SEAL_KEY_SIZE)
		checkup_add(checkup, FINDING_WRONG, restore, "%s: a key file has %d bytes", path,
		    SEAL_KEY_SIZE);
	else if ((about.st_mode & 0777 & ~most) != 0)
		checkup_add(checkup, FINDING_WRONG, mend, "%s: others may use it (mode %03o, "
		    "wanted %03o)", path, about.st_mode & 0777, alone ? 0400 : key->mode);
	else if (alone ? about.st_uid != geteuid() && about.st_uid != 0 : !owned_by(&about, key))
		checkup_add(checkup, FINDING_WRONG, mend, "%s: belongs to somebody else", path);
}

/* Do the two halves of a pair fit? Only seen by who may read both. */
static void
look_at_pair(Checkup *checkup, const char *name)
{
	const char *folder = checkup->settings->key_folder;
	g_autofree char *public_name = g_strconcat(name, ".pub", NULL);
	g_autofree char *secret_name = g_strconcat(name, ".key", NULL);
	g_autofree char *remedy = g_strdup_printf("cp BACKUP/%s BACKUP/%s %s", public_name,
	    secret_name, folder);
	g_autoptr(SealKey) public = seal_key_load(folder, public_name, NULL);
	g_autoptr(SealKey) secret = seal_key_load(folder, secret_name, NULL);
	g_autoptr(SealKey) data = seal_data_key();
	g_autoptr(SealKey) opened = NULL;
	g_autoptr(SealKey) half = NULL;
	g_autoptr(GBytes) wrapped = NULL;

	if (public == NULL || secret == NULL)
		return;
	half = seal_public(secret);
	wrapped = seal_wrap(data, public);
	opened = seal_unwrap(wrapped, half, secret, NULL);
	if (opened == NULL)
		checkup_add(checkup, FINDING_WRONG, remedy,
		    "%s and %s in %s are no pair: what is sealed now could not be opened",
		    public_name, secret_name, folder);
}

void
check_key_files(Checkup *checkup)
{
	if (checkup_is_new(checkup)) {
		g_autofree char *init = checkup_init(checkup);

		checkup_add(checkup, FINDING_WRONG, init, "there is none yet in %s",
		    checkup->settings->key_folder);
		return;
	}
	if (!seal_init(NULL))
		return;
	for (const KeyFile *key = keys_table(); key->name != NULL; key++)
		look_at_key(checkup, key);
	look_at_pair(checkup, "storage");
	look_at_pair(checkup, "send");
}

static char *
team_key_of(const Checkup *checkup, GError **error)
{
	const Settings *settings = checkup->settings;

	return *settings->team_key != '\0' ? g_strdup(settings->team_key) :
	    ring_team(settings->gnupg_home, error);
}

/* The team's certificate as it is in the ring, also when it signs no more. */
static Certificate *
certificate_of(const Checkup *checkup, const char *key, GError **error)
{
	const Settings *settings = checkup->settings;
	g_autofree char *program = g_find_program_in_path("gpg");
	const char *argv[] = {
		program, "--homedir", settings->gnupg_home, "--batch", "--export", key, NULL
	};
	const Spawn spawn = { .argv = argv, .seconds = 30, .most_output = CERTIFICATE_MOST };
	g_autoptr(Pgp) pgp = program != NULL ? pgp_inspector(settings->run_folder, error) : NULL;
	g_autoptr(GBytes) bytes = NULL;

	if (program == NULL)
		error_set(error, SLUIS_ERROR_SETUP, "gpg is not installed");
	if (pgp == NULL || !spawn_check(&spawn, &bytes, error))
		return NULL;
	return pgp_certificate(pgp, bytes, error);
}

/* gpg's word for all subkeys means those that have not expired yet. */
static char *
prolong(const Checkup *checkup, const Certificate *key)
{
	g_autofree char *gpg = g_strdup_printf("%sgpg --homedir %s --quick-set-expire %s 1y",
	    checkup_as_work(checkup), checkup->settings->gnupg_home, key->fingerprint);
	GString *line = g_string_new(NULL);

	g_string_append_printf(line, "%s; %s", gpg, gpg);
	for (guint i = 0; i < key->subkeys->len; i++)
		if (strcmp(g_ptr_array_index(key->subkeys, i), key->fingerprint) != 0)
			g_string_append_printf(line, " %s", (char *)g_ptr_array_index(key->subkeys, i));
	return g_string_free(line, FALSE);
}

static void
look_at_validity(Checkup *checkup, const Certificate *key)
{
	g_autofree char *remedy = prolong(checkup, key);
	gint64 expires = key->expires * G_USEC_PER_SEC;
	g_autofree char *day = times_rfc3339(expires);

	if (key->unusable != NULL)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s: %s, so it is of no use", key->fingerprint, key->unusable);
	else if (expires != 0 && expires < g_get_real_time() + SOON)
		checkup_add(checkup, FINDING_SOON, remedy, "%s expires %.10s", key->fingerprint, day);
}

/* Thunderbird encrypts to an address only if a user id is exactly that. */
static void
look_at_addresses(Checkup *checkup, const Certificate *key)
{
	const GPtrArray *inboxes = checkup->settings->inboxes;

	for (guint i = 0; i < inboxes->len; i++) {
		const Inbox *inbox = g_ptr_array_index(inboxes, i);
		g_autofree char *remedy = g_strdup_printf("%sgpg --homedir %s --quick-add-uid %s %s",
		    checkup_as_work(checkup), checkup->settings->gnupg_home, key->fingerprint,
		    inbox->address);

		if (!g_ptr_array_find_with_equal_func(key->addresses, inbox->address, g_str_equal, NULL))
			checkup_add(checkup, FINDING_SOON, remedy, "%s is no user id of the team's key, "
			    "so some mail programs do not encrypt to it", inbox->address);
	}
}

static void
look_at_team_key(Checkup *checkup)
{
	const Settings *settings = checkup->settings;
	g_autoptr(GError) why = NULL;
	g_autofree char *name = team_key_of(checkup, &why);
	g_autoptr(Certificate) key = name != NULL ? certificate_of(checkup, name, &why) : NULL;
	g_autofree char *remedy = g_strdup_printf("%sgpg --homedir %s --list-secret-keys, then put "
	    "keys.team right or the ring back from your copy", checkup_as_work(checkup),
	    settings->gnupg_home);
	g_autoptr(Pgp) pgp = NULL;

	if (key == NULL) {
		checkup_add(checkup, FINDING_WRONG, remedy, "%s",
		    why != NULL ? why->message : "there is no key of the team");
		return;
	}
	look_at_validity(checkup, key);
	look_at_addresses(checkup, key);
	if (key->unusable != NULL)
		return;
	pgp = pgp_new(settings->gnupg_home, settings->run_folder, name, &why);
	if (pgp == NULL)
		checkup_add(checkup, FINDING_WRONG, "put the ring back from your copy", "%s",
		    why->message);
}

/* gpg is not asked about a ring that is not there, for it would begin one. */
void
check_team_key(Checkup *checkup)
{
	g_autofree char *init = checkup_init(checkup);

	if (checkup_is_new(checkup))
		checkup_add(checkup, FINDING_WRONG, init, "there is no key ring yet");
	else
		look_at_team_key(checkup);
}

static bool
has_line(const char *path, const char *word)
{
	g_autoptr(GBytes) bytes = file_read(path, CERTIFICATE_MOST, NULL);
	g_autofree char *text = bytes == NULL ? NULL :
	    g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));

	return text != NULL &&
	    (g_str_has_prefix(text, word) || (strstr(text, word) != NULL &&
	    strstr(text, word)[-1] == '\n'));
}

/* The default memory of an agent fails some of ten decryptions at once, with
 * words that say there is no secret key. */
static void
look_at_agent(Checkup *checkup)
{
	const Settings *settings = checkup->settings;
	g_autofree char *conf = g_build_filename(settings->gnupg_home, "gpg-agent.conf", NULL);
	g_autofree char *folder = checkup_embedded(checkup);
	g_autofree char *gpgconf = g_strdup_printf("%sgpgconf --homedir %s",
	    checkup_as_work(checkup), settings->gnupg_home);
	g_autofree char *memory = g_strdup_printf("echo 'auto-expand-secmem 0x30000' >>%s; "
	    "%s --kill gpg-agent", conf, gpgconf);
	g_autofree char *start = folder != NULL ? g_strdup_printf("sluis embedded %s start", folder) :
	    g_strdup_printf("%s --launch gpg-agent", gpgconf);
	g_autoptr(GError) why = NULL;
	g_autoptr(Pgp) pgp = pgp_new(settings->gnupg_home, settings->run_folder, settings->team_key,
	    &why);

	if (!has_line(conf, "auto-expand-secmem"))
		checkup_add(checkup, FINDING_WRONG, memory,
		    "gpg-agent has too little memory for mails at once");
	if (pgp == NULL && error_is(why, SLUIS_ERROR_RETRY))
		checkup_add(checkup, FINDING_WRONG, start, "%s", why->message);
	else if (pgp == NULL)
		checkup_skip(checkup, "needs the team's key");
	else if (!pgp_agent_answers(pgp, PATIENCE))
		checkup_add(checkup, FINDING_WRONG, start, "gpg-agent does not answer");
}

void
check_agent(Checkup *checkup)
{
	if (checkup_is_new(checkup))
		checkup_skip(checkup, "needs the team's key");
	else
		look_at_agent(checkup);
}

void
check_sheet(Checkup *checkup)
{
	g_autofree char *key = team_key_of(checkup, NULL);

	if (checkup->settings->one_user || geteuid() == 0) {
		if (key == NULL || !escrow_is_checked(checkup->settings, key))
			checkup_add(checkup, FINDING_WRONG,
			    "sluis key escrow; then type it in at: sluis key escrow --check",
			    "nobody has shown that the keys could be had back from paper");
	} else {
		checkup_skip(checkup, "only root can look");
	}
}

static void
look_at_reach(Checkup *checkup, const Reach *reach)
{
	g_autofree char *remedy = reach->analyst ?
	    g_strdup_printf("sluis analyst add %s --address %s --key NEWKEY", reach->name,
	    reach->address) : g_strdup_printf("sluis participant add %s --contact %s --key NEWKEY",
	    reach->name, reach->address);
	g_autofree char *day = times_rfc3339(reach->until);
	g_autofree char *again = g_strdup_printf("sluis participant reached %s, once it is put right",
	    reach->address);

	if (reach->returned != NULL)
		checkup_add(checkup, FINDING_SOON, again, "mails to %s (%s) come back: %s", reach->name,
		    reach->address, reach->returned);
	if (reach_lasts(reach, g_get_real_time() + SOON))
		return;
	if (reach->fingerprint == NULL && reach->analyst)
		checkup_add(checkup, FINDING_WRONG, remedy,
		    "%s has no key, so every notice is held", reach->name);
	else if (reach->fingerprint != NULL && reach->unusable != NULL)
		checkup_add(checkup, FINDING_WRONG, remedy, "the key %s of %s (%s) is %s: mail is held",
		    reach->fingerprint, reach->name, reach->address, reach->unusable);
	else if (reach->fingerprint != NULL)
		checkup_add(checkup, FINDING_SOON, remedy, "the key %s of %s (%s) expires %.10s",
		    reach->fingerprint, reach->name, reach->address, day);
}

/* A contact without any key is somebody's choice, and "sluis key check" tells. */
void
check_pinned(Checkup *checkup)
{
	g_autoptr(Db) db = db_open(checkup->settings->db_conninfo, "sluis_adm", NULL);
	g_autoptr(GPtrArray) list = db != NULL ? reach_list(db, NULL) : NULL;
	guint analysts = 0;

	if (list == NULL) {
		checkup_skip(checkup, "needs the database");
		return;
	}
	for (guint i = 0; i < list->len; i++) {
		const Reach *reach = g_ptr_array_index(list, i);

		analysts += reach->analyst;
		look_at_reach(checkup, reach);
	}
	if (analysts == 0)
		checkup_add(checkup, FINDING_WRONG, "sluis analyst add NAME --address ADDRESS --key FILE",
		    "there is no analyst, so nobody is told of a report");
}
