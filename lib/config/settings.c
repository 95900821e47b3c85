/* settings - what sluis.yaml says; see settings.h */

#include "settings.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "times.h"
#include "zone.h"

/* A reply address is the inbox, "+" and a token of 38 letters, and a local
 * part may have 64. */
#define LOCAL_MOST (64 - 1 - 38)

#define MIB (1024 * 1024)
#define DAY 86400

#define TEXT(name, member, fallback) \
	{ name, CONF_TEXT, offsetof(Settings, member), fallback, 0, 0, NULL, NULL, 0 }
#define WORD(name, member, fallback, words) \
	{ name, CONF_WORD, offsetof(Settings, member), fallback, 0, 0, words, NULL, 0 }
#define BRIEF(name, member, fallback, words) \
	{ name, CONF_BRIEF, offsetof(Settings, member), fallback, 0, 0, words, NULL, 0 }
#define TEXTS(name, member, fallback) \
	{ name, CONF_TEXTS, offsetof(Settings, member), fallback, 0, 0, NULL, NULL, 0 }
#define PATH(name, member, fallback) \
	{ name, CONF_PATH, offsetof(Settings, member), fallback, 0, 0, NULL, NULL, 0 }
#define BOOL(name, member, fallback) \
	{ name, CONF_BOOL, offsetof(Settings, member), fallback, 0, 0, NULL, NULL, 0 }
#define NUMBER(name, member, fallback, least, most) \
	{ name, CONF_NUMBER, offsetof(Settings, member), fallback, least, most, NULL, NULL, 0 }
#define TIME(name, member, fallback, least, most) \
	{ name, CONF_TIME, offsetof(Settings, member), fallback, least, most, NULL, NULL, 0 }
#define SIZE(name, member, fallback, least, most) \
	{ name, CONF_SIZE, offsetof(Settings, member), fallback, least, most, NULL, NULL, 0 }
#define LIST(name, member, rows, type) \
	{ name, CONF_LIST, offsetof(Settings, member), NULL, 0, 0, NULL, rows, sizeof(type) }

static const char *const languages[] = { "en", "nl", NULL };
static const char *const modes[] = { "send", "hold", NULL };
static const char *const algorithms[] = { "cv25519", "rsa4096", NULL };

static const ConfRow inbox_rows[] = {
	{ "address", CONF_TEXT, offsetof(Inbox, address), NULL, 0, 0, NULL, NULL, 0 },
	{ "prefix", CONF_TEXT, offsetof(Inbox, prefix), NULL, 0, 0, NULL, NULL, 0 },
	{ 0 }
};

static const ConfRow rows[] = {
	TEXT("team.name",		team_name,	NULL),
	TEXT("team.zone",		team_zone,	"Europe/Amsterdam"),
	WORD("team.language",		team_language,	"en", languages),
	TEXT("team.phone",		team_phone,	""),
	TEXT("team.key_place",		team_key_place,	""),
	TEXT("team.policy",		team_policy,	""),
	TEXT("team.canonical",		team_canonical,	""),
	TEXT("team.general",		team_general,	""),
	TEXT("team.national",		team_national,	""),
	TEXT("team.press",		team_press,	""),
	TEXTS("team.languages",		team_languages,	""),
	LIST("inboxes",			inboxes,	inbox_rows, Inbox),

	TEXT("database.conninfo",	db_conninfo,	"dbname=sluis"),
	TEXT("database.superuser",	db_superuser,	"postgres"),

	PATH("keys.folder",		key_folder,	"/etc/sluis/keys"),
	PATH("keys.gnupg",		gnupg_home,	"/var/lib/sluis/gnupg"),
	TEXT("keys.team",		team_key,	""),
	TEXT("keys.master",		master_key,	""),
	PATH("keys.master_file",	master_file,	""),
	WORD("keys.algorithm",		key_algorithm,	"cv25519", algorithms),
	TIME("keys.grace",		key_grace,	"31d", 0, 366 * DAY),

	PATH("folders.run",		run_folder,	"/run/sluis"),
	PATH("folders.texts",		text_folder,	""),
	PATH("folders.rules",		rules_file,	""),
	PATH("folders.ssvc",		ssvc_file,	""),
	PATH("folders.holidays",	holidays_file,	""),
	PATH("folders.feeds",		feeds_file,	""),

	TEXT("transport",		transport,	"sendmail:/usr/sbin/sendmail"),
	BRIEF("outgoing.mode",		outgoing_mode,	"send", modes),
	TIME("outgoing.delay",		outgoing_delay,	"2m", 0, DAY),
	BOOL("outgoing.confirm_all",	confirm_all,	"no"),
	NUMBER("outgoing.acks_per_sender", ack_per_sender, "10", 0, 1000),
	NUMBER("outgoing.acks_in_all",	ack_in_all,	"1000", 0, 1000000),

	TIME("work.deadline",		deadline,	"120s", 1, 3600),
	NUMBER("work.tries",		tries,		"3", 1, 100),
	NUMBER("work.processes",	workers,	"4", 1, 64),
	TIME("work.sweep",		sweep,		"60s", 1, 3600),

	NUMBER("clocks.acknowledge",	acknowledge_days, "1", 0, 100),
	NUMBER("clocks.assess",		assess_days,	"5", 0, 100),
	NUMBER("clocks.repair",		repair_days,	"60", 1, 1000),

	TEXT("digest.at",		digest_at,	"05:00"),

	SIZE("limits.size",		most_size,	"25M", 1024, 1024 * MIB),
	NUMBER("limits.boundaries",	most_boundaries, "2000", 1, 100000),
	NUMBER("limits.headers",	most_headers,	"1000", 1, 100000),
	SIZE("limits.header_size",	most_header_size, "64k", 998, 16 * MIB),
	NUMBER("limits.addresses",	most_addresses,	"500", 1, 100000),
	NUMBER("limits.depth",		most_depth,	"16", 1, 100),
	NUMBER("limits.attachments",	most_attachments, "100", 0, 10000),
	NUMBER("limits.hops",		most_hops,	"30", 1, 1000),
	SIZE("limits.opened",		most_opened,	"64M", 1024, 1024 * MIB),
	SIZE("limits.enclosed",		most_enclosed,	"5M", 0, 100 * MIB),

	TEXT("checker",			checker,	""),
	TEXTS("alarm",			alarm,		""),

	BOOL("one_user",		one_user,	"no"),
	{ 0 }
};

const ConfRow *
settings_rows(void)
{
	return rows;
}

static const Tree *
node_of(const Tree *tree, const char *key)
{
	const Tree *node = tree_find(tree, key);

	return node != NULL ? node : tree;
}

/* Plain, one @, and no "+", which is ours for tokens. */
static bool
is_address(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' || strchr(at + 1, '@') != NULL)
		return false;
	for (const char *p = address; *p != '\0'; p++)
		if (!g_ascii_isalnum(*p) && strchr("@.-_", *p) == NULL)
			return false;
	return at - address <= LOCAL_MOST;
}

static bool
is_prefix(const char *prefix)
{
	gsize length = strspn(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	return prefix[length] == '\0' && length >= 2 && length <= 8;
}

static bool
check_inbox(const Settings *settings, guint index, const Tree *node, GError **error)
{
	const Inbox *inbox = settings->inboxes->pdata[index];

	if (!is_address(inbox->address))
		return tree_complain(node, error, "inboxes: expected an address of letters, digits, "
		    "'.', '-' and '_', at most %d before the @, not '%s'", LOCAL_MOST, inbox->address);
	if (!is_prefix(inbox->prefix))
		return tree_complain(node, error,
		    "inboxes: expected a prefix of 2 to 8 letters A to Z, not '%s'", inbox->prefix);
	for (guint i = 0; i < index; i++) {
		const Inbox *other = settings->inboxes->pdata[i];

		if (g_str_equal(other->address, inbox->address))
			return tree_complain(node, error, "inboxes: '%s' is here twice", inbox->address);
		if (g_str_equal(other->prefix, inbox->prefix))
			return tree_complain(node, error, "inboxes: prefix '%s' is here twice", inbox->prefix);
	}
	return true;
}

static bool
check_inboxes(const Settings *settings, const Tree *tree, GError **error)
{
	const Tree *list = node_of(tree, "inboxes");

	if (settings->inboxes->len == 0)
		return tree_complain(list, error, "inboxes: expected at least one");
	for (guint i = 0; i < settings->inboxes->len; i++) {
		Inbox *inbox = settings->inboxes->pdata[i];

		for (char *p = inbox->address; *p != '\0'; p++)
			*p = g_ascii_tolower(*p);
		if (!check_inbox(settings, i, tree_at(list, i), error))
			return false;
	}
	return true;
}

/* None, or a whole one: by less a key is not named. */
static bool
check_fingerprint(const char *fingerprint, const char *row, const Tree *tree, GError **error)
{
	gsize digits = strspn(fingerprint, "0123456789ABCDEFabcdef");

	if (fingerprint[digits] == '\0' && (digits == 40 || digits == 0))
		return true;
	return tree_complain(node_of(tree, row), error,
	    "%s: expected a fingerprint of 40 hex digits, not '%s'", row, fingerprint);
}

static bool
check_team(const Settings *settings, const Tree *tree, GError **error)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(settings->team_zone);

	if (*settings->team_name == '\0')
		return tree_complain(node_of(tree, "team.name"), error, "team.name: expected a name");
	if (zone == NULL)
		return tree_complain(node_of(tree, "team.zone"), error,
		    "team.zone: expected a zone such as Europe/Amsterdam, not '%s'", settings->team_zone);
	return check_fingerprint(settings->team_key, "keys.team", tree, error) &&
	    check_fingerprint(settings->master_key, "keys.master", tree, error);
}

static bool
check_transport(const Settings *settings, const Tree *tree, GError **error)
{
	if (g_str_has_prefix(settings->transport, "sendmail:/") ||
	    g_str_has_prefix(settings->transport, "maildir:/"))
		return true;
	return tree_complain(node_of(tree, "transport"), error,
	    "transport: expected sendmail:/PATH or maildir:/PATH, not '%s'", settings->transport);
}

/* As arguments of sendmail, so nothing that could be more than one address. */
static bool
check_alarm(const Settings *settings, const Tree *tree, GError **error)
{
	for (char *const *address = settings->alarm; *address != NULL; address++) {
		const char *at = strchr(*address, '@');

		if (at == NULL || at == *address || at[1] == '\0' || **address == '-' ||
		    (*address)[strspn(*address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		        "0123456789@.+_-")] != '\0' || strchr(at + 1, '@') != NULL)
			return tree_complain(node_of(tree, "alarm"), error,
			    "alarm: expected mail addresses, not '%s'", *address);
	}
	return true;
}

static bool
check_digest(const Settings *settings, const Tree *tree, GError **error)
{
	return times_at(g_get_real_time(), settings->digest_at, settings->team_zone) != 0 ||
	    tree_complain(node_of(tree, "digest.at"), error,
	    "digest.at: expected a time such as 05:00, not '%s'", settings->digest_at);
}

/* Who can write the settings can read everybody's mail (T-61). */
static bool
check_file(const char *file, GError **error)
{
	struct stat about;

	if (stat(file, &about) != 0)
		return error_errno(error, SLUIS_ERROR_SETUP, file);
	if ((about.st_mode & 022) != 0)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s: others may write it (mode %03o, wanted 644)", file, about.st_mode & 0777);
	if (about.st_uid != 0 && about.st_uid != geteuid() && geteuid() != 0)
		return error_set(error, SLUIS_ERROR_SETUP,
		    "%s: belongs to uid %u, neither root nor us", file, (unsigned)about.st_uid);
	return true;
}

/* What is not given is what was installed with this program. */
static void
fill_in(Settings *settings)
{
	static const struct {
		size_t offset;
		const char *place;
	} places[] = {
		{ offsetof(Settings, text_folder), "share/sluis/conf/mail" },
		{ offsetof(Settings, rules_file), "share/sluis/conf/rules.yaml" },
		{ offsetof(Settings, ssvc_file), "share/sluis/conf/ssvc.yaml" },
		{ offsetof(Settings, holidays_file), "share/sluis/conf/holidays.yaml" },
		{ offsetof(Settings, feeds_file), "share/sluis/conf/feeds.yaml" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
		char **path = (char **)(void *)((char *)settings + places[i].offset);

		if (**path == '\0') {
			g_free(*path);
			*path = file_installed(places[i].place);
		}
	}
	for (char *p = settings->team_key; *p != '\0'; p++)
		*p = g_ascii_toupper(*p);
	for (char *p = settings->master_key; *p != '\0'; p++)
		*p = g_ascii_toupper(*p);
}

Settings *
settings_load(const char *file, GError **error)
{
	g_autoptr(Settings) settings = g_new0(Settings, 1);
	g_autoptr(Tree) tree = NULL;

	if (!check_file(file, error))
		return NULL;
	tree = tree_load(file, error);
	if (tree == NULL || !conf_bind(tree, rows, settings, error))
		return NULL;
	settings->file = g_canonicalize_filename(file, NULL);
	if (!check_inboxes(settings, tree, error) || !check_team(settings, tree, error) ||
	    !check_transport(settings, tree, error) || !check_alarm(settings, tree, error) ||
	    !check_digest(settings, tree, error))
		return NULL;
	fill_in(settings);
	settings->holidays = zone_holidays(settings->holidays_file, settings->team_zone, error);
	return settings->holidays != NULL ? g_steal_pointer(&settings) : NULL;
}

void
settings_free(Settings *settings)
{
	if (settings == NULL)
		return;
	conf_clear(rows, settings);
	holidays_free(settings->holidays);
	g_free(settings->file);
	g_free(settings);
}

const Inbox *
settings_inbox(const Settings *settings, const char *address)
{
	const char *at = strrchr(address, '@');
	gsize local = strcspn(address, "+@");

	for (guint i = 0; at != NULL && i < settings->inboxes->len; i++) {
		const Inbox *inbox = settings->inboxes->pdata[i];
		gsize length = strcspn(inbox->address, "@");

		if (length == local && g_ascii_strncasecmp(inbox->address, address, local) == 0 &&
		    g_ascii_strcasecmp(inbox->address + length, at) == 0)
			return inbox;
	}
	return NULL;
}

