/* check_store - the database, its server, and what waits in it; see checkup.h */

#include "checkup.h"

#include <string.h>
#include <unistd.h>

#include "account.h"
#include "digests.h"
#include "error.h"
#include "migrate.h"
#include "times.h"
#include "upkeep.h"

#define WAITS_LONG (15 * G_TIME_SPAN_MINUTE)
#define HELD_LONG G_TIME_SPAN_DAY
#define NIGHT_LONG (36 * G_TIME_SPAN_HOUR)

/* Which user of a host is which role; the others are people's. */
static const struct {
	const char *role, *user;
} roles[] = {
	{ "sluis_adm", ACCOUNT_ADM }, { "sluis_in", ACCOUNT_IN },
	{ "sluis_work", ACCOUNT_WORK }, { "sluis_out", ACCOUNT_OUT },
};

typedef struct {
	const Checkup *checkup;
	const char *role;
} Knock;

static bool
knock(void *data, char **said, GError **error)
{
	const Knock *at = data;
	g_autoptr(Db) db = db_open_raw(at->checkup->settings->db_conninfo, at->role, error);

	(void)said;
	return db != NULL;
}

/* A server that runs, and yet has just refused us, lacks what init makes: the
 * database, a role, or the line that says who is which. */
static char *
connect_remedy(const Checkup *checkup)
{
	g_autofree char *folder = checkup_embedded(checkup);

	if (db_server_answers(checkup->settings->db_conninfo))
		return checkup_init(checkup);
	return folder == NULL ? g_strdup("systemctl start postgresql") :
	    g_strdup_printf("sluis embedded %s start", folder);
}

/* A server that does not answer at all is one finding, not four. */
void
check_database(Checkup *checkup)
{
	bool users = checkup_has_users(checkup);

	for (guint i = 0; i < G_N_ELEMENTS(roles); i++) {
		Knock at = { .checkup = checkup, .role = roles[i].role };
		g_autoptr(GError) why = NULL;
		g_autofree char *remedy = NULL;

		if (users ? account_run(roles[i].user, knock, &at, NULL, &why) :
		    knock(&at, NULL, &why))
			continue;
		remedy = connect_remedy(checkup);
		if (error_is(why, SLUIS_ERROR_RETRY)) {
			checkup_add(checkup, FINDING_WRONG, remedy, "%s", why->message);
			return;
		}
		if (i > 0 && !users && !checkup->settings->one_user) {
			checkup_skip(checkup, "only root can try the other roles");
			return;
		}
		checkup_add(checkup, FINDING_WRONG, remedy, "as %s: %s", roles[i].role,
		    why->message);
	}
}

static Db *
database(Checkup *checkup)
{
	Db *db = db_open(checkup->settings->db_conninfo, "sluis_adm", NULL);

	if (db == NULL)
		checkup_skip(checkup, "needs the database");
	return db;
}

void
check_schema(Checkup *checkup)
{
	const char *conninfo = checkup->settings->db_conninfo;
	g_autoptr(GError) why = NULL;
	g_autoptr(Db) any = db_open_raw(conninfo, "sluis_adm", NULL);
	g_autoptr(Db) db = any != NULL ? db_open(conninfo, "sluis_adm", &why) : NULL;

	if (any == NULL)
		checkup_skip(checkup, "needs the database");
	else if (db == NULL)
		checkup_add(checkup, FINDING_WRONG, "sluis migrate", "%s", why->message);
}

/* What is told of each word of check_database(). */
static const struct {
	const char *word, *text, *remedy;
} complaints[] = {
	{ "setting", "%s is off: a mail could be lost that we have answered for",
	  " -c \"alter system set %s = on\" -c \"select pg_reload_conf()\"" },
	{ "power", "the role %s may do more than it should", "sluis migrate" },
	{ "public", "everybody may call %s", "sluis migrate" },
	{ "table", "there is a right on a table: %s", "sluis migrate" },
	{ "missing", "a right is missing: %s", "sluis migrate" },
};

static char *
put_in(const char *text, const char *about)
{
	g_auto(GStrv) pieces = g_strsplit(text, "%s", -1);

	return g_strjoinv(about, pieces);
}

/* How whom the server lets do it is asked to: what begins with a blank goes to
 * psql. On a host PostgreSQL looks at who calls. */
static char *
as_superuser(const Checkup *checkup, const char *remedy)
{
	const Settings *settings = checkup->settings;

	if (*remedy != ' ')
		return g_strdup(remedy);
	if (settings->one_user)
		return g_strdup_printf("psql \"%s user=%s\"%s", settings->db_conninfo,
		    settings->db_superuser, remedy);
	return g_strdup_printf("runuser -u %s -- psql%s", settings->db_superuser, remedy);
}

static void
complain(Checkup *checkup, const char *word, const char *about)
{
	for (guint i = 0; i < G_N_ELEMENTS(complaints); i++) {
		g_autofree char *text = put_in(complaints[i].text, about);
		g_autofree char *command = put_in(complaints[i].remedy, about);
		g_autofree char *remedy = as_superuser(checkup, command);

		if (strcmp(complaints[i].word, word) == 0)
			checkup_add(checkup, FINDING_WRONG, remedy, "%s", text);
	}
}

void
check_server(Checkup *checkup)
{
	g_autoptr(Db) db = database(checkup);
	g_autoptr(GError) why = NULL;
	g_autoptr(Rows) rows = db != NULL ? upkeep_complaints(db, &why) : NULL;

	if (db != NULL && rows == NULL)
		checkup_add(checkup, FINDING_WRONG, "sluis migrate", "%s", why->message);
	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		complain(checkup, rows_text(rows, i, "word"), rows_text(rows, i, "about"));
}

/* Something waits although somebody should have taken it. */
static void
look_at_wait(Checkup *checkup, const Rows *row, const char *since, const char *what,
    const char *program)
{
	gint64 time = rows_time(row, 0, since);
	g_autofree char *when = times_rfc3339(time);
	g_autofree char *remedy = checkup->settings->one_user ?
	    g_strdup_printf("%s --once", program) :
	    g_strdup_printf("systemctl restart %s; journalctl -u %s", program, program);

	if (time != 0 && g_get_real_time() - time > WAITS_LONG)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s since %s; %s does not run, or cannot",
		    what, when, program);
}

void
check_queues(Checkup *checkup)
{
	g_autoptr(Db) db = database(checkup);
	g_autoptr(Rows) row = db != NULL ? upkeep_summary(db, NULL) : NULL;
	bool leaves;

	if (row == NULL)
		return;
	leaves = !rows_bool(row, 0, "paused_all") && rows_int(row, 0, "paused_cases") == 0 &&
	    strcmp(checkup->settings->outgoing_mode, "send") == 0;
	look_at_wait(checkup, row, "waiting_since", "mail waits to be worked on", "sluis-work");
	if (leaves)
		look_at_wait(checkup, row, "ready_since", "mail waits to leave", "sluis-send");
	if (rows_int(row, 0, "parked") > 0)
		checkup_add(checkup, FINDING_SOON, "sluis reception list; sluis reception retry --parked",
		    "%" G_GINT64_FORMAT " mails are parked unread", rows_int(row, 0, "parked"));
	if (rows_int(row, 0, "failed") > 0)
		checkup_add(checkup, FINDING_SOON, "sluis outbox list",
		    "%" G_GINT64_FORMAT " mails could not be sent", rows_int(row, 0, "failed"));
	if (rows_time(row, 0, "held_since") != 0 &&
	    g_get_real_time() - rows_time(row, 0, "held_since") > HELD_LONG)
		checkup_add(checkup, FINDING_SOON, "sluis outbox list; sluis outbox release ID, or drop",
		    "%" G_GINT64_FORMAT " mails are held, some for more than a day",
		    rows_int(row, 0, "held"));
}

/* An installation that never made one may not want any. */
void
check_night(Checkup *checkup)
{
	g_autoptr(Db) db = database(checkup);
	gint64 night = 0;
	g_autofree char *when = NULL;

	if (db == NULL || !digests_last_night(db, &night, NULL) || night == 0 ||
	    g_get_real_time() - night < NIGHT_LONG)
		return;
	when = times_rfc3339(night);
	checkup_add(checkup, FINDING_SOON, checkup->settings->one_user ? "sluis-digest --once" :
	    "systemctl start sluis-digest; journalctl -u sluis-digest",
	    "no digests since %s", when);
}

void
check_outgoing(Checkup *checkup)
{
	g_autoptr(Db) db = database(checkup);
	g_autoptr(Rows) rows = db != NULL ? upkeep_pauses(db, NULL) : NULL;

	g_autofree char *edit = g_strdup_printf("editor %s, and put in outgoing: send",
	    checkup->file);

	if (strcmp(checkup->settings->outgoing_mode, "hold") == 0)
		checkup_add(checkup, FINDING_SOON, edit,
		    "nothing leaves: the settings say hold");
	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		const char *tag = rows_text(rows, i, "tag");
		g_autofree char *remedy = g_strdup_printf("sluis resume %s", tag != NULL ? tag : "all");

		checkup_add(checkup, FINDING_SOON, remedy, "paused: nothing leaves of %s",
		    tag != NULL ? tag : "any case");
	}
}
