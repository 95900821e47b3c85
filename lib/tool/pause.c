/* pause - stop what leaves, and let it go again: sluis pause, resume */

#include "nouns.h"

#include <string.h>

#include "print.h"
#include "upkeep.h"

/* No tag, or "all": of every case. */
static const char *
tag_of(const Order *order)
{
	const char *word = order_word(order, 0);

	return word == NULL || g_ascii_strcasecmp(word, "all") == 0 ? NULL : word;
}

static Db *
open_db(const Order *order, GError **error)
{
	return db_open(order->settings->db_conninfo, "sluis_adm", error);
}

static bool
pause_run(const Order *order, GError **error)
{
	const char *tag = tag_of(order);
	g_autoptr(Db) db = open_db(order, error);
	bool fresh;

	if (db == NULL || !upkeep_pause(db, tag, &fresh, error))
		return false;
	return print_line(error, "%s of %s until: sluis resume %s",
	    fresh ? "nothing leaves" : "as before, nothing leaves",
	    tag != NULL ? tag : "any case", tag != NULL ? tag : "all");
}

/* Who lifts one pause may have forgotten that there is another one. */
static bool
resume_run(const Order *order, GError **error)
{
	const char *tag = tag_of(order);
	g_autoptr(Db) db = open_db(order, error);
	g_autoptr(Rows) left = NULL;
	bool was;

	if (db == NULL || !upkeep_resume(db, tag, &was, error))
		return false;
	left = upkeep_pauses(db, error);
	if (left == NULL)
		return false;
	if (!print_line(error, was ? "what waits leaves again" : "nothing was paused there"))
		return false;
	if (strcmp(order->settings->outgoing_mode, "hold") == 0 &&
	    !print_line(error, "but the settings say outgoing: hold"))
		return false;
	return rows_count(left) == 0 || rows_text(left, 0, "tag") != NULL ||
	    print_line(error, "but of no case, until: sluis resume all");
}

const Verb pause_verbs[] = {
	{ .noun = "pause", .words = "[TAG|all]", .most = 1, .run = pause_run,
	  .summary = "nothing leaves, of a case or of all; intake and work go on" },
	{ 0 }
};

const Verb resume_verbs[] = {
	{ .noun = "resume", .words = "[TAG|all]", .most = 1, .run = resume_run,
	  .summary = "what was paused leaves again" },
	{ 0 }
};
