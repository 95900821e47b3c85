/* doctor - what is wrong, and what to type to mend it: sluis doctor */

#include "nouns.h"

#include <stdio.h>

#include "account.h"
#include "checkup.h"
#include "error.h"
#include "print.h"

/* In the order in which one would mend them. */
static const Check checks[] = {
	{ "settings", check_settings, "read; only their owner may write them", NULL,
	  "the settings cannot be read", true },
	{ "folders", check_folders, "there, and nobody else's", NULL, NULL, false },
	{ "key files", check_key_files, "all there, each with its mode", NULL, NULL, false },
	{ "database", check_database, "answers each role", NULL,
	  "database not reachable", false },
	{ "schema", check_schema, "of this program's version", ACCOUNT_ADM,
	  "database and programs do not fit", false },
	{ "server", check_server, "keeps what it commits; rights are as they should be",
	  ACCOUNT_ADM, NULL, false },
	{ "team key", check_team_key, "signs, and is valid for long enough", ACCOUNT_WORK,
	  "the team's key cannot be used", false },
	{ "next key", check_year, "nothing is due", ACCOUNT_WORK, NULL, false },
	{ "agent", check_agent, "gpg-agent answers, with memory enough", ACCOUNT_WORK,
	  "gpg-agent does not answer", false },
	{ "recovery sheet", check_sheet, "was read back", NULL, NULL, false },
	{ "pinned keys", check_pinned, "of analysts and contacts: usable", ACCOUNT_ADM, NULL,
	  false },
	{ "texts", check_texts, "whole in every language", NULL, NULL, false },
	{ "rules", check_rules, "load", NULL, "the rules cannot be read", false },
	{ "units", check_units, "run", NULL, NULL, false },
	{ "transport", check_transport, "is there", NULL, NULL, false },
	{ "Postfix", check_postfix, "set as sluis wants it", NULL, NULL, false },
	{ "queues", check_queues, "nothing waits too long", ACCOUNT_ADM,
	  "mail is not worked on", false },
	{ "outgoing", check_outgoing, "may leave", ACCOUNT_ADM, NULL, false },
	{ "digests", check_night, "made last night, or none ever", ACCOUNT_ADM, NULL, false },
	{ "clock", check_clock, "agrees with the database's", ACCOUNT_ADM, NULL, false },
	{ "disk", check_disk, "has room", NULL, "a disk is full", false },
	{ "alarm", check_alarm, "somebody is told", NULL, NULL, false },
	{ 0 }
};

const Check *
checkup_table(void)
{
	return checks;
}

static bool
print_finding(const Json *finding, GError **error)
{
	const char *remedy = json_text(finding, "remedy");

	return print_line(error, "%-8s%-16s%s%s%s", json_text(finding, "state"),
	    json_text(finding, "check"), json_text(finding, "text"),
	    remedy != NULL ? "; type: " : "", remedy != NULL ? remedy : "");
}

static bool
print_findings(const Order *order, const Json *findings, GError **error)
{
	if (order->json)
		return print_list(order, findings, NULL, error);
	for (guint i = 0; i < json_length(findings); i++)
		if (!print_finding(json_at(findings, i), error))
			return false;
	return true;
}

static bool
doctor(const Order *order, GError **error)
{
	g_autoptr(Checkup) checkup = checkup_new(order->file);
	guint wrong = 0;

	for (const Check *check = checks; check->name != NULL; check++)
		wrong += checkup_look(checkup, check) == FINDING_WRONG;
	if (!print_findings(order, checkup->findings, error))
		return false;
	fflush(stdout);
	return wrong == 0 || error_set(error, SLUIS_ERROR_SETUP,
	    wrong == 1 ? "one thing is wrong" : "%u things are wrong", wrong);
}

const Verb doctor_verbs[] = {
	{ .noun = "doctor", .has_json = true, .without_settings = true, .run = doctor,
	  .summary = "what is wrong here, and what to type to mend it" },
	{ 0 }
};
