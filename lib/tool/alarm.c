/* alarm - a line to people when the chain has stood still: sluis alarm
 *
 * A timer of its own runs it, and it needs neither database nor agent nor
 * worker: what it knows of earlier looks stands in a file, and mail leaves by
 * sendmail alone. Lines have no content: what is wrong and since when.
 */

#include "nouns.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "checkup.h"
#include "compose.h"
#include "deliver.h"
#include "error.h"
#include "file.h"
#include "mime.h"
#include "print.h"
#include "seal.h"
#include "spawn.h"
#include "times.h"

#define STATE "/var/lib/sluis/alarm.json"
#define STATE_MOST (64 * 1024)
#define QUEUE_MOST (16 * 1024 * 1024)
#define HOUR (60 * G_TIME_SPAN_MINUTE)

/* After how many hours of trouble people are told. */
static const gint64 levels[] = { 1, 4, 24 };

/* What is remembered: "trouble" is an object of {since, told} by name of the
 * check; the rest is for the day when the settings cannot be read. */
typedef struct {
	Checkup *checkup;
	char *path;
	Json *before, *trouble;
	GString *lines;			/* what people are told now */
	char *subject;
	gint64 now;
} Alarm;

static void
alarm_clear(Alarm *alarm)
{
	g_clear_pointer(&alarm->checkup, checkup_free);
	g_clear_pointer(&alarm->before, json_free);
	g_clear_pointer(&alarm->trouble, json_free);
	g_string_free(alarm->lines, TRUE);
	g_free(alarm->subject);
	g_free(alarm->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Alarm, alarm_clear)

/* Whoever could write this file could name a program to be run as sendmail. A
 * file that is damaged is one that is not there. */
static void
read_state(Alarm *alarm)
{
	g_autofree char *folder = checkup_embedded(alarm->checkup);
	g_autoptr(GBytes) bytes = NULL;

	alarm->path = folder != NULL ? g_build_filename(folder, "alarm.json", NULL) :
	    g_strdup(STATE);
	bytes = file_read_trusted(alarm->path, STATE_MOST, NULL);
	alarm->before = bytes != NULL ? json_parse(bytes, NULL) : NULL;
	if (alarm->before == NULL)
		alarm->before = json_new_object();
}

/* The hours people are to have been told of by now; 0: none yet. */
static gint64
level_of(gint64 since, gint64 now)
{
	gint64 level = 0;

	for (guint i = 0; i < G_N_ELEMENTS(levels); i++)
		if (now - since >= levels[i] * HOUR)
			level = levels[i];
	return level;
}

static const char *
zone_of(const Alarm *alarm)
{
	const char *zone = json_text(alarm->before, "zone");

	if (alarm->checkup->settings != NULL)
		return alarm->checkup->settings->team_zone;
	return zone != NULL ? zone : "UTC";
}

static char *
moment(const Alarm *alarm, gint64 time)
{
	return alarm->now - time < G_TIME_SPAN_DAY ? times_clock(time, zone_of(alarm)) :
	    times_long(time, zone_of(alarm), "en");
}

static char *
duration(gint64 span)
{
	return span >= HOUR ? g_strdup_printf("%" G_GINT64_FORMAT " h", span / HOUR) :
	    g_strdup_printf("%" G_GINT64_FORMAT " min", span / G_TIME_SPAN_MINUTE);
}

/* Only the lines people have to act on say what to type. */
static void
tell(Alarm *alarm, const char *what, const char *how, gint64 since, gint64 span)
{
	g_autofree char *when = moment(alarm, since);
	g_autofree char *length = duration(span);

	if (alarm->subject == NULL)
		alarm->subject = g_strdup_printf("sluis@%s: %s", g_get_host_name(), what);
	g_string_append_printf(alarm->lines, "sluis@%s: %s %s %s (%s).", g_get_host_name(), what,
	    how, when, length);
}

/* Does a line of postqueue -j tell of a mail to one of our inboxes? */
static bool
is_for_us(const Settings *settings, const char *line)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(line, strlen(line));
	g_autoptr(Json) mail = *line != '\0' ? json_parse(bytes, NULL) : NULL;
	const Json *recipients = mail != NULL ? json_get(mail, "recipients") : NULL;

	for (guint i = 0; recipients != NULL && i < json_length(recipients); i++) {
		const char *address = json_text(json_at(recipients, i), "address");

		if (address != NULL && settings_inbox(settings, address) != NULL)
			return true;
	}
	return false;
}

/* How many mails for us wait in Postfix; -1 if nobody knows. */
static int
waiting_in_postfix(const Settings *settings)
{
	g_autofree char *found = g_find_program_in_path("postqueue");
	const char *argv[] = { found != NULL ? found : "/usr/sbin/postqueue", "-j", NULL };
	const Spawn spawn = { .argv = argv, .seconds = 20, .most_output = QUEUE_MOST };
	g_autoptr(GBytes) output = NULL;
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	int count = 0;

	if (settings == NULL || !g_str_has_prefix(settings->transport, "sendmail:") ||
	    access(argv[0], X_OK) != 0 || !spawn_check(&spawn, &output, NULL))
		return -1;
	text = g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
	lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; *line != NULL; line++)
		count += is_for_us(settings, *line);
	return count;
}

static void
tell_trouble(Alarm *alarm, const Check *check, gint64 since)
{
	int waiting = waiting_in_postfix(alarm->checkup->settings);

	tell(alarm, check->alarm, "since", since, alarm->now - since);
	if (waiting >= 0)
		g_string_append_printf(alarm->lines, " %d mails wait in Postfix, none lost.", waiting);
	g_string_append(alarm->lines, " Type: sluis doctor\n");
}

static void
note(Alarm *alarm, const char *name, gint64 since, gint64 told)
{
	Json *one = json_new_object();

	json_put_time(one, "since", since);
	json_put_int(one, "told", told);
	json_put(alarm->trouble, name, one);
}

/* What could not be looked at is as it was. */
static void
weigh(Alarm *alarm, const Check *check, FindingState state)
{
	const Json *all = json_get(alarm->before, "trouble");
	const Json *old = all != NULL ? json_get(all, check->name) : NULL;
	const char *text = old != NULL ? json_text(old, "since") : NULL;
	gint64 since = text != NULL ? times_parse_rfc3339(text) : 0;
	gint64 told = old != NULL ? json_int(old, "told") : 0;
	gint64 level;

	if (state == FINDING_WRONG || (state == FINDING_SKIPPED && since != 0)) {
		since = since != 0 ? since : alarm->now;
		level = level_of(since, alarm->now);
		if (level > told)
			tell_trouble(alarm, check, since);
		note(alarm, check->name, since, MAX(level, told));
	} else if (told > 0) {
		g_autofree char *what = g_strdup_printf("no longer: %s;", check->alarm);

		tell(alarm, what, "mended by", alarm->now, alarm->now - since);
		g_string_append_c(alarm->lines, '\n');
	}
}

static Json *
texts_of(char **texts)
{
	Json *array = json_new_array();

	for (; *texts != NULL; texts++)
		json_add_text(array, *texts);
	return array;
}

/* To whom and how, from the settings or, without them, as it was. */
static Json *
state_new(const Alarm *alarm)
{
	static const char *const kept[] = { "transport", "from", "zone" };
	const Settings *settings = alarm->checkup->settings;
	const Json *to = json_get(alarm->before, "to");
	Json *state = json_new_object(), *old = json_new_array();

	if (settings != NULL) {
		const Inbox *inbox = g_ptr_array_index(settings->inboxes, 0);

		json_put(state, "to", texts_of(settings->alarm));
		json_put_text(state, "transport", settings->transport);
		json_put_text(state, "from", inbox->address);
		json_put_text(state, "zone", settings->team_zone);
		json_free(old);
		return state;
	}
	for (guint i = 0; to != NULL && i < json_length(to); i++)
		json_add_text(old, json_text_at(to, i));
	json_put(state, "to", old);
	for (guint i = 0; i < G_N_ELEMENTS(kept); i++)
		json_put_text(state, kept[i], json_text(alarm->before, kept[i]));
	return state;
}

static GBytes *
mail_to(const Alarm *alarm, const Json *state, const char *address)
{
	g_autoptr(Letter) letter = letter_new();
	const char *from = json_text(state, "from");
	g_autofree char *word = seal_random_word(32);

	letter->from = g_strdup(from);
	letter->from_name = g_strdup("sluis");
	letter->to = g_strdup(address);
	letter->subject = g_strdup(alarm->subject);
	letter->date = alarm->now;
	letter->message_id = g_strconcat(word, strchr(from, '@'), NULL);
	letter->automatic = true;
	letter->body = g_strdup(alarm->lines->str);
	return compose_clear(letter);
}

static bool
send_all(const Alarm *alarm, const Json *state, GError **error)
{
	const Json *to = json_get(state, "to");

	for (guint i = 0; alarm->subject != NULL && i < json_length(to); i++) {
		const char *address = json_text_at(to, i);
		g_autoptr(GBytes) bytes = mail_to(alarm, state, address);
		const Delivery delivery = {
			.id = alarm->now + i, .sender = "", .address = address, .bytes = bytes,
		};
		g_autofree char *reason = NULL;

		if (deliver(json_text(state, "transport"), &delivery, &reason) != DELIVERY_SENT)
			return error_set(error, SLUIS_ERROR_RETRY, "the alarm did not leave: %s", reason);
	}
	return true;
}

/* What is remembered is written when people have been told: if they could not
 * be, the next look tries again. */
static bool
finish(Alarm *alarm, GError **error)
{
	g_autoptr(Json) state = state_new(alarm);
	g_autoptr(GBytes) bytes = NULL;

	if (alarm->subject != NULL && (!print_text(alarm->lines->str, error) ||
	    (json_text(state, "transport") != NULL && !send_all(alarm, state, error))))
		return false;
	json_put(state, "trouble", g_steal_pointer(&alarm->trouble));
	bytes = json_bytes(state);
	return file_write(alarm->path, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes), 0600,
	    error);
}

static bool
alarm_run(const Order *order, GError **error)
{
	g_auto(Alarm) alarm = { .now = g_get_real_time(), .lines = g_string_new(NULL) };

	mime_init();
	if (!seal_init(error))
		return false;
	alarm.checkup = checkup_new(order->file);
	alarm.trouble = json_new_object();
	read_state(&alarm);
	for (const Check *check = checkup_table(); check->name != NULL; check++)
		if (check->alarm != NULL)
			weigh(&alarm, check, checkup_look(alarm.checkup, check));
	return finish(&alarm, error);
}

const Verb alarm_verbs[] = {
	{ .noun = "alarm", .without_settings = true, .run = alarm_run,
	  .summary = "for a timer: mail a line when things stand still, and when they are mended" },
	{ 0 }
};
