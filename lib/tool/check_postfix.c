/* check_postfix - is Postfix set so that no report is lost? see checkup.h */

#include "checkup.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "spawn.h"

#define OUTPUT_MOST (256 * 1024)
#define MIB35 (35 * 1024 * 1024)
#define DAY 86400

typedef enum { WANT_IS, WANT_NOT, WANT_HAS, WANT_TIME, WANT_SIZE } Want;

/* name: "%s" is the service that runs our intake. A time or size is the least
 * there may be. */
static const struct {
	const char *name;
	Want want;
	const char *value;
	gint64 least;
	const char *why;
} wishes[] = {
	{ "recipient_delimiter", WANT_HAS, "+", 0, "reply addresses find no inbox" },
	{ "maximal_queue_lifetime", WANT_TIME, "30d", 30 * DAY,
	  "a report goes back to its sender while we are down" },
	{ "message_size_limit", WANT_SIZE, "36700160", MIB35, "reports are refused for their size" },
	{ "enable_long_queue_ids", WANT_IS, "yes", 0, "two mails may have one queue id" },
	{ "smtpd_forbid_bare_newline", WANT_NOT, "no", 0, "mail can be smuggled in" },
	{ "smtpd_forbid_unauth_pipelining", WANT_IS, "yes", 0, "mail can be smuggled in" },
	{ "always_bcc", WANT_IS, "", 0, "somebody gets a copy of everything" },
	{ "%s_destination_recipient_limit", WANT_IS, "1", 0,
	  "a mail to two inboxes is taken for one of them only" },
	{ "%s_time_limit", WANT_TIME, "600s", 600, "a slow delivery is bounced" },
};

/* What a program prints; NULL if it fails. */
static char *
output_of(const char *const *argv)
{
	const char *config = getenv("MAIL_CONFIG");
	g_autofree char *setting = g_strconcat("MAIL_CONFIG=", config, NULL);
	const char *environment[] = { config != NULL ? setting : NULL, NULL };
	const Spawn spawn = {
		.argv = argv, .environment = environment, .seconds = 10, .most_output = OUTPUT_MOST,
	};
	g_autoptr(GBytes) output = NULL;

	return spawn_check(&spawn, &output, NULL) ?
	    g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output)) : NULL;
}

static char *
ask(const char *postconf, const char *option, const char *word)
{
	const char *argv[] = { postconf, option, word, NULL };

	return output_of(argv);
}

/* The service of master.cf that runs our intake, and its whole line. */
static char *
our_service(const char *program, char **line)
{
	g_autofree char *text = ask(program, "-M", NULL);
	g_auto(GStrv) lines = g_strsplit(text != NULL ? text : "", "\n", -1);

	for (char **one = lines; *one != NULL; one++) {
		if (strstr(*one, "sluis-intake") == NULL)
			continue;
		*line = g_strdup(*one);
		return g_strndup(*one, strcspn(*one, " \t"));
	}
	return NULL;
}

/* "10d", "600s", "36700160" as Postfix writes them; a bare time is in that unit. */
static gint64
amount(const char *text)
{
	static const struct { char letter; gint64 factor; } units[] = {
		{ 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', DAY }, { 'w', 7 * DAY },
	};
	char *end;
	gint64 number = g_ascii_strtoll(text, &end, 10);

	for (guint i = 0; i < G_N_ELEMENTS(units); i++)
		if (*end == units[i].letter)
			return number * units[i].factor;
	return number;
}

static bool
fits(guint wish, const char *value)
{
	const char *wanted = wishes[wish].value;

	switch (wishes[wish].want) {
	case WANT_IS:
		return strcmp(value, wanted) == 0;
	case WANT_NOT:
		return strcmp(value, wanted) != 0;
	case WANT_HAS:
		return strstr(value, wanted) != NULL;
	case WANT_SIZE:
		return amount(value) == 0 || amount(value) >= wishes[wish].least;
	case WANT_TIME:
		return amount(value) >= wishes[wish].least;
	}
	g_assert_not_reached();
}

/* "name = value", where postconf knows that name. */
static char *
value_of(const char *program, const char *name)
{
	g_autofree char *text = ask(program, "-x", name);
	const char *equals = text != NULL ? strstr(text, " =") : NULL;

	return equals != NULL ? g_strstrip(g_strdup(equals + 2)) : NULL;
}

static void
look_at_wish(Checkup *checkup, const char *program, const char *service, guint wish)
{
	g_auto(GStrv) pieces = g_strsplit(wishes[wish].name, "%s", -1);
	g_autofree char *name = g_strjoinv(service, pieces);
	g_autofree char *value = value_of(program, name);
	g_autofree char *remedy = g_strdup_printf("postconf -e '%s = %s'; postfix reload", name,
	    wishes[wish].want == WANT_NOT ? "yes" : wishes[wish].value);

	if (value == NULL || !fits(wish, value))
		checkup_add(checkup, FINDING_WRONG, remedy, "%s = %s: %s", name,
		    value != NULL ? value : "?", wishes[wish].why);
}

static void
look_at_service(Checkup *checkup, const char *program, const char *service, const char *line)
{
	g_autofree char *which = g_strdup_printf("%s/unix/soft_bounce", service);
	g_autofree char *text = ask(program, "-P", which);
	g_autofree char *remedy = g_strdup_printf("postconf -P '%s=yes'; postfix reload", which);

	if (text == NULL || strstr(text, "yes") == NULL)
		checkup_add(checkup, FINDING_WRONG, remedy,
		    "%s has no soft_bounce=yes: a fault of ours would bounce reports", service);
	if (strstr(line, "test -s") == NULL)
		checkup_add(checkup, FINDING_SOON, "sluis-postfix, then sluis-postfix --apply",
		    "%s runs sluis-intake without seeing whether its file is empty: mail would be gone",
		    service);
	if (strstr(line, " size=") != NULL)
		checkup_add(checkup, FINDING_WRONG, "postconf -e -M, without size=; postfix reload",
		    "%s has size=: large reports are bounced", service);
}

/* Mail of others for a domain that is none of Postfix's is refused at the door. */
static void
look_at_domains(Checkup *checkup)
{
	g_autofree char *program = file_installed("sbin/sluis-postfix");
	const char *argv[] = { program, "--refused", "-c", checkup->file, NULL };
	g_autofree char *text = output_of(argv);
	g_auto(GStrv) domains = g_strsplit(text != NULL ? g_strchomp(text) : "", "\n", -1);

	for (char **one = domains; *one != NULL; one++)
		checkup_add(checkup, FINDING_WRONG, "sluis-postfix, then sluis-postfix --apply",
		    "Postfix takes no mail for %s: what others write is refused", *one);
}

/* Only root is told. */
static void
look_at_master(Checkup *checkup)
{
	const char *argv[] = { "/usr/sbin/postfix", "status", NULL };
	const Spawn spawn = { .argv = argv, .seconds = 10 };
	bool units = g_file_test("/run/systemd/system", G_FILE_TEST_IS_DIR);

	if (geteuid() == 0 && access(argv[0], X_OK) == 0 && !spawn_check(&spawn, NULL, NULL))
		checkup_add(checkup, FINDING_WRONG, units ? "systemctl start postfix" : "postfix start",
		    "Postfix does not run, so no mail gets in");
}

void
check_postfix(Checkup *checkup)
{
	g_autofree char *program = g_find_program_in_path("postconf");
	g_autofree char *service = NULL;
	g_autofree char *line = NULL;

	if (program == NULL && access("/usr/sbin/postconf", X_OK) == 0)
		program = g_strdup("/usr/sbin/postconf");
	if (!g_str_has_prefix(checkup->settings->transport, "sendmail:") || program == NULL) {
		checkup_skip(checkup, program == NULL ? "is not here" : "mail leaves into a maildir");
		return;
	}
	service = our_service(program, &line);
	if (service == NULL) {
		checkup_add(checkup, FINDING_WRONG, "sluis-postfix, then sluis-postfix --apply",
		    "no service in master.cf runs sluis-intake, so no mail gets in");
		return;
	}
	look_at_master(checkup);
	look_at_service(checkup, program, service, line);
	for (guint i = 0; i < G_N_ELEMENTS(wishes); i++)
		look_at_wish(checkup, program, service, i);
	look_at_domains(checkup);
}
