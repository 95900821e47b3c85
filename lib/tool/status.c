/* status - how it stands, on one screen: sluis status */

#include "nouns.h"

#include <string.h>
#include <sys/statvfs.h>

#include "admin.h"
#include "calls.h"
#include "digests.h"
#include "print.h"
#include "updates.h"
#include "upkeep.h"

#define SOON (60 * G_TIME_SPAN_DAY)

/* A member of the summary on its way into the JSON. */
typedef struct {
	const char *key;
	enum { MEMBER_NUMBER, MEMBER_TIME, MEMBER_FLAG } kind;
} Member;

static const Member members[] = {
	{ "waiting", MEMBER_NUMBER }, { "waiting_since", MEMBER_TIME },
	{ "importing", MEMBER_NUMBER }, { "parked", MEMBER_NUMBER },
	{ "last_received", MEMBER_TIME },
	{ "ready", MEMBER_NUMBER }, { "ready_since", MEMBER_TIME },
	{ "held", MEMBER_NUMBER }, { "held_since", MEMBER_TIME },
	{ "failed", MEMBER_NUMBER }, { "last_sent", MEMBER_TIME },
	{ "open_cases", MEMBER_NUMBER }, { "last_opened", MEMBER_TIME },
	{ "paused_all", MEMBER_FLAG }, { "paused_cases", MEMBER_NUMBER },
};

/* A line of the screen: a count, and a time with what it means. */
typedef struct {
	const char *title, *count, *time, *meaning;
	bool is_date;		/* the time itself is told, not how long ago it was */
} Line;

static const Line lines[] = {
	{ "to be worked on", "waiting", "waiting_since", "oldest", false },
	{ "of old mailboxes", "importing", NULL, NULL, false },
	{ "parked", "parked", NULL, NULL, false },
	{ "to leave", "ready", "ready_since", "oldest due", false },
	{ "held", "held", "held_since", "oldest", false },
	{ "failed", "failed", NULL, NULL, false },
	{ "open cases", "open_cases", "last_opened", "last opened", false },
	{ "to be called", "calls", "call_due", "first until", true },
	{ "calls late", "calls_late", NULL, NULL, false },
	{ "keys expired", "keys_expired", NULL, NULL, false },
	{ "keys expire soon", "keys_expire_soon", "key_expires", "first", true },
	{ "to former keys", "stragglers", "last_straggler", "last", false },
};

static void
put_summary(Json *json, const Rows *row)
{
	for (guint i = 0; i < G_N_ELEMENTS(members); i++) {
		const char *key = members[i].key;

		switch (members[i].kind) {
		case MEMBER_NUMBER:
			json_put_int(json, key, rows_int(row, 0, key));
			break;
		case MEMBER_TIME:
			json_put_time(json, key, rows_time(row, 0, key));
			break;
		case MEMBER_FLAG:
			json_put_bool(json, key, rows_bool(row, 0, key));
			break;
		}
	}
}

static void
put_keys(Json *json, const Rows *rows)
{
	gint64 now = g_get_real_time(), first = 0;
	gint64 expired = 0, soon = 0;

	for (guint i = 0; i < rows_count(rows); i++) {
		gint64 expires = rows_time(rows, i, "expires");

		if (expires == 0 || expires > now + SOON)
			continue;
		if (expires <= now) {
			expired++;
			continue;
		}
		soon++;
		first = first == 0 ? expires : MIN(first, expires);
	}
	json_put_int(json, "keys_expired", expired);
	json_put_int(json, "keys_expire_soon", soon);
	json_put_time(json, "key_expires", first);
}

/* Mails that still came to former keys of the team, after their grace. */
static void
put_stragglers(Json *json, const Rows *rows)
{
	gint64 mails = 0, last = 0;

	for (guint i = 0; i < rows_count(rows); i++) {
		mails += rows_int(rows, i, "mails");
		last = MAX(last, rows_time(rows, i, "last"));
	}
	json_put_int(json, "stragglers", mails);
	json_put_time(json, "last_straggler", last);
}

/* Room where the key ring is: in an embedded installation all of it, on a host
 * the disk of /var. */
static void
put_disk(Json *json, const char *path)
{
	struct statvfs room;

	if (statvfs(path, &room) == 0 && room.f_blocks > 0)
		json_put_int(json, "disk_free_percent",
		    (gint64)(room.f_bavail * 100 / room.f_blocks));
	else
		json_put_null(json, "disk_free_percent");
}

/* "3 h" of the time since then, as people say it. */
static char *
age_of(const char *time)
{
	g_autoptr(GDateTime) then = g_date_time_new_from_iso8601(time, NULL);
	gint64 seconds = then == NULL ? 0 :
	    g_get_real_time() / G_USEC_PER_SEC - g_date_time_to_unix(then);

	if (seconds < 120)
		return g_strdup_printf("%" G_GINT64_FORMAT " s", MAX(seconds, 0));
	if (seconds < 2 * 3600)
		return g_strdup_printf("%" G_GINT64_FORMAT " min", seconds / 60);
	if (seconds < 2 * 86400)
		return g_strdup_printf("%" G_GINT64_FORMAT " h", seconds / 3600);
	return g_strdup_printf("%" G_GINT64_FORMAT " days", seconds / 86400);
}

static bool
print_age(const char *title, const char *time, GError **error)
{
	g_autofree char *age = time != NULL ? age_of(time) : NULL;

	return time == NULL ? print_line(error, "%-18s never", title) :
	    print_line(error, "%-18s %s ago (%s)", title, age, time);
}

static bool
print_status_line(const Json *json, const Line *line, GError **error)
{
	const char *time = line->time != NULL ? json_text(json, line->time) : NULL;
	gint64 count = json_int(json, line->count);
	g_autofree char *age = NULL;

	if (time == NULL)
		return print_line(error, "%-18s %6" G_GINT64_FORMAT, line->title, count);
	if (line->is_date)
		return print_line(error, "%-18s %6" G_GINT64_FORMAT "  %s: %.16s", line->title, count,
		    line->meaning, time);
	age = age_of(time);
	return print_line(error, "%-18s %6" G_GINT64_FORMAT "  %s: %s", line->title, count,
	    line->meaning, age);
}

static bool
print_status(const Json *json, GError **error)
{
	const char *held = json_text(json, "mode");

	for (guint i = 0; i < G_N_ELEMENTS(lines); i++)
		if (!print_status_line(json, &lines[i], error))
			return false;
	if (!print_age("last received", json_text(json, "last_received"), error) ||
	    !print_age("last sent", json_text(json, "last_sent"), error) ||
	    !print_age("last digest", json_text(json, "last_digest"), error) ||
	    !print_line(error, "%-18s %6" G_GINT64_FORMAT " %% free", "disk",
	    json_int(json, "disk_free_percent")))
		return false;
	if (strcmp(held, "hold") == 0 && !print_line(error, "nothing leaves: outgoing: hold"))
		return false;
	if (json_bool(json, "paused_all") &&
	    !print_line(error, "nothing leaves, until: sluis resume all"))
		return false;
	return json_int(json, "paused_cases") == 0 || print_line(error,
	    "nothing leaves of %" G_GINT64_FORMAT " cases, until: sluis resume TAG",
	    json_int(json, "paused_cases"));
}

static bool
status_run(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Rows) row = db != NULL ? upkeep_summary(db, error) : NULL;
	g_autoptr(Rows) calls = row != NULL ? phone_tasks(db, 0, error) : NULL;
	g_autoptr(Rows) keys = calls != NULL ? admin_certificates(db, error) : NULL;
	g_autoptr(Rows) stragglers = keys != NULL ? updates_stragglers(db, error) : NULL;
	g_autoptr(Json) json = json_new_object();
	gint64 night;

	if (stragglers == NULL)
		return false;
	put_summary(json, row);
	calls_count(json, calls);
	put_stragglers(json, stragglers);
	put_keys(json, keys);
	put_disk(json, order->settings->gnupg_home);
	if (!digests_last_night(db, &night, error))
		return false;
	json_put_time(json, "last_digest", night);
	json_put_text(json, "mode", order->settings->outgoing_mode);
	return order->json ? print_record(order, json, NULL, error) : print_status(json, error);
}

const Verb status_verbs[] = {
	{ .noun = "status", .has_json = true, .run = status_run,
	  .summary = "how it stands: what waits, since when, keys, disk" },
	{ 0 }
};
