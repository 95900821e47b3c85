/*
 * settings - what sluis.yaml says
 *
 * One file for all programs of a host: -c FILE, else $SLUIS_CONF, else
 * /etc/sluis/sluis.yaml. The table in settings.c is the list of all keys, and
 * a house test asks for each row's entry in sluis.yaml(5).
 */

#ifndef SLUIS_CONFIG_SETTINGS_H
#define SLUIS_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <glib.h>

#include "conf.h"
#include "holidays.h"

typedef struct {
	char *address;		/* rd@sluis.example, lower case */
	char *prefix;		/* RD: A-Z, 2 to 8 letters */
} Inbox;

typedef struct {
	char *file;			/* where this was read from */

	char *team_name;		/* team.name */
	char *team_zone;		/* team.zone, Europe/Amsterdam */
	char *team_language;		/* team.language: of notices */
	char *team_phone;		/* team.phone, may be "" */
	char *team_key_place;		/* team.key_place: where our key is found */
	char *team_policy;		/* team.policy: URL of how we handle reports, "" */
	char *team_canonical;		/* team.canonical: URL of security.txt, "" */
	char *team_general;		/* team.general: where other questions go, "" */
	char *team_national;		/* team.national: CERT for those we do not work for, "" */
	char *team_press;		/* team.press: whom the press may ask, "" */
	char **team_languages;		/* team.languages: people may write to us in */
	GPtrArray *inboxes;		/* inboxes: of Inbox, at least one */

	char *db_conninfo;		/* database.conninfo, without a user */
	char *db_superuser;		/* database.superuser: for migrate */

	char *key_folder;		/* keys.folder: storage.pub and so on */
	char *gnupg_home;		/* keys.gnupg: the team's key ring */
	char *team_key;			/* keys.team: fingerprint that signs now */
	char *master_key;		/* keys.master: fingerprint, "" */
	char *master_file;		/* keys.master_file: its public half, "" */
	char *key_algorithm;		/* keys.algorithm: cv25519, rsa4096; of a new key */
	gint64 key_grace;		/* keys.grace: seconds a former key may still be used */

	char *run_folder;		/* folders.run: private run-time folders */
	char *text_folder;		/* folders.texts: LANG/NAME.txt */
	char *rules_file;		/* folders.rules: rules.yaml */
	char *ssvc_file;		/* folders.ssvc: the decision that helps triage */
	char *feeds_file;		/* folders.feeds: feeds.yaml */

	char *transport;		/* sendmail:PATH or maildir:PATH */
	char *outgoing_mode;		/* outgoing.mode: send, hold */
	gint64 outgoing_delay;		/* outgoing.delay: forwards, relays; seconds */
	bool confirm_all;		/* outgoing.confirm_all: each mail waits for /confirm */
	gint64 ack_per_sender;		/* outgoing.acks_per_sender, an hour */
	gint64 ack_in_all;		/* outgoing.acks_in_all, an hour */

	gint64 deadline;		/* work.deadline: seconds a mail */
	gint64 tries;			/* work.tries before parking */
	gint64 workers;			/* work.processes at once */
	gint64 sweep;			/* work.sweep: seconds between sweeps */

	char *holidays_file;		/* folders.holidays: holidays.yaml */
	Holidays *holidays;		/* of team.zone, read from it */

	gint64 acknowledge_days;	/* clocks.acknowledge: working days */
	gint64 assess_days;		/* clocks.assess: working days */
	gint64 repair_days;		/* clocks.repair: days */

	char *digest_at;		/* digest.at: the local time of the night, 05:00 */

	gint64 most_size;		/* limits.size ... see T-13 */
	gint64 most_boundaries;		/* limits.boundaries */
	gint64 most_headers;		/* limits.headers */
	gint64 most_header_size;	/* limits.header_size */
	gint64 most_addresses;		/* limits.addresses */
	gint64 most_depth;		/* limits.depth */
	gint64 most_attachments;	/* limits.attachments */
	gint64 most_hops;		/* limits.hops: Received lines of a mail that is answered */
	gint64 most_opened;		/* limits.opened: bytes of plaintext */
	gint64 most_enclosed;		/* limits.enclosed: bytes in a notice */

	char *checker;			/* checker: authserv-id of our own, "" */
	char **alarm;			/* alarm: addresses, may be none */

	bool one_user;			/* one_user: all programs run as one user */
} Settings;

/* Everything checked that can be checked without touching the world. */
Settings *settings_load(const char *file, GError **error);
void settings_free(Settings *settings);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settings, settings_free)

/* The inbox an address belongs to, also with "+token" before the @; NULL if
 * it is none of ours. Case does not matter. */
const Inbox *settings_inbox(const Settings *settings, const char *address);

/* The table, for sluis.yaml(5)'s house test and bash completion. */
const ConfRow *settings_rows(void);

#endif
