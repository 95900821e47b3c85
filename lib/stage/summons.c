/* summons - see summons.h */

#include "summons.h"

#include <stdlib.h>
#include <string.h>

#include "letterform.h"
#include "template.h"
#include "times.h"

#define SOON (2 * G_TIME_SPAN_HOUR)
#define WORKING_DAYS 2
#define CVSS_CRITICAL 9.0
#define CVSS_HIGH 7.0

void
summons_free(Summons *summons)
{
	if (summons == NULL)
		return;
	phone_facts_free(summons->facts);
	correspondent_free(summons->contact);
	g_clear_pointer(&summons->deputies, g_ptr_array_unref);
	g_clear_pointer(&summons->umbrella, g_ptr_array_unref);
	g_free(summons);
}

static bool
look_up(Summons *summons, Db *db, int contact, GError **error)
{
	g_autofree char *target = g_strdup_printf("contact %d", contact);
	GError *because = NULL;

	summons->facts = phone_facts(db, summons->case_no, summons->party, contact, error);
	if (summons->facts == NULL)
		return false;
	summons->contact = directory_correspondent(db, target, &because);
	if (because != NULL) {
		g_propagate_error(error, because);
		return false;
	}
	summons->deputies = directory_stand_ins(db, contact, "deputy", error);
	if (summons->deputies != NULL)
		summons->umbrella = directory_stand_ins(db, contact, "umbrella", error);
	return summons->umbrella != NULL;
}

Summons *
summons_new(const Tools *tools, Db *db, guint case_no, gint64 party, int contact,
    GError **error)
{
	g_autoptr(Summons) summons = g_new0(Summons, 1);

	summons->tools = tools;
	summons->case_no = case_no;
	summons->party = party;
	return look_up(summons, db, contact, error) ? g_steal_pointer(&summons) : NULL;
}

static bool
is_at_least(const char *severity, const char *word, double score)
{
	return g_strcmp0(severity, word) == 0 ||
	    (severity != NULL && g_ascii_strtod(severity, NULL) >= score);
}

gint64
summons_call_by(const char *severity, gint64 now, const char *zone, const Holidays *holidays)
{
	if (is_at_least(severity, "critical", CVSS_CRITICAL))
		return now + SOON;
	if (is_at_least(severity, "high", CVSS_HIGH))
		return times_working_days(now, 0, zone, holidays);
	return times_working_days(now, WORKING_DAYS, zone, holidays);
}

char *
summons_moment(gint64 time, const char *zone, const char *language)
{
	g_autofree char *clock = times_clock(time, zone);

	return strcmp(clock, "23:59") == 0 ? times_day(time, zone, language) :
	    times_long(time, zone, language);
}

const char *
summons_name(const Summons *summons)
{
	return summons->facts->tag != NULL ? summons->facts->tag :
	    summons->tools->settings->team_name;
}

static const Inbox *
inbox_of(const Summons *summons)
{
	return tools_inbox(summons->tools, summons->facts->inbox);
}

/* Bounces belong to the case, if there is one. */
static char *
bounce_address(const Summons *summons)
{
	const Token token = { summons->case_no, summons->facts->number, summons->facts->epoch };
	const char *inbox = inbox_of(summons)->address;
	g_autofree char *word = NULL;

	if (summons->case_no == 0)
		return g_strdup(inbox);
	word = token_write(summons->tools->tokens, TOKEN_BOUNCE, token);
	return token_address(inbox, word);
}

static GHashTable *
values_of(const Summons *summons, const char *language)
{
	GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

	g_hash_table_insert(values, (gpointer)"tag", g_strdup(summons_name(summons)));
	g_hash_table_insert(values, (gpointer)"day", summons_moment(summons->call_by,
	    summons->tools->settings->team_zone, language));
	return values;
}

/* In clear, by a template, to one of them. It is automatic: no robot answers. */
static Dispatch *
clear_letter(const Summons *summons, const Correspondent *to, const char *template,
    GError **error)
{
	g_autoptr(Dispatch) dispatch = dispatch_new("keyless");
	const Settings *settings = summons->tools->settings;
	const char *inbox = inbox_of(summons)->address;
	Letter *letter = dispatch->letter;

	dispatch->target = g_strdup_printf("contact %d", to->id);
	dispatch->case_no = summons->case_no;
	dispatch->party = summons->party;
	dispatch->envelope_sender = bounce_address(summons);
	dispatch->template = template;
	dispatch->language = g_strdup(to->language != NULL ? to->language : settings->team_language);
	dispatch->values = values_of(summons, dispatch->language);
	dispatch->event = "asked";
	letter->from = g_strdup(inbox);
	letter->from_name = g_strdup(settings->team_name);
	letter->to = g_strdup(to->address);
	letter->date = g_get_real_time() / G_USEC_PER_SEC * G_USEC_PER_SEC;
	letter->message_id = token_message_id(summons->tools->tokens, tools_domain(inbox));
	letter->automatic = true;
	return letterform_fill(letter, settings->text_folder, dispatch->language, template,
	    dispatch->values, error) ? g_steal_pointer(&dispatch) : NULL;
}

Dispatch *
summons_note(const Summons *summons, GError **error)
{
	Dispatch *note = clear_letter(summons, summons->contact, "keyless", error);
	g_autoptr(GDateTime) now = g_date_time_new_now(summons->tools->zone);
	g_autofree char *day = g_date_time_format(now, "%F");

	if (note == NULL)
		return NULL;
	note->cause = g_strdup_printf("keyless %s %s", summons_name(summons), day);
	note->is_message = summons->case_no != 0;
	note->event_about = g_strdup(note->target);
	return note;
}

Dispatch *
summons_stand_in(const Summons *summons, const char *role, const Correspondent *stand_in,
    GError **error)
{
	Dispatch *note = clear_letter(summons, stand_in,
	    summons->silent ? "standin-silent" : "standin", error);

	if (note == NULL)
		return NULL;
	note->cause = g_strdup_printf("%s %s for contact %d", summons->silent ? "silent" : "keyless",
	    summons_name(summons), summons->contact->id);
	note->event_about = g_strdup_printf("%s %d", role, stand_in->id);
	return note;
}

static void
add_line(GString *lines, const char *role, const Correspondent *who)
{
	g_string_append_printf(lines, "%s   %s <%s>  %s%s%s\n", role,
	    who->name != NULL ? who->name : "-", who->address,
	    who->hours != NULL ? who->hours : "", who->hours != NULL ? "  " : "",
	    who->phone != NULL ? who->phone : "-");
}

char *
summons_lines(const Summons *summons, GHashTable *words)
{
	GString *lines = g_string_new(NULL);

	if (summons->contact != NULL)
		add_line(lines, template_word(words, "call"), summons->contact);
	for (guint i = 0; i < summons->deputies->len; i++)
		add_line(lines, template_word(words, "deputy"), g_ptr_array_index(summons->deputies, i));
	for (guint i = 0; i < summons->umbrella->len; i++)
		add_line(lines, template_word(words, "umbrella"), g_ptr_array_index(summons->umbrella, i));
	return g_string_free(lines, FALSE);
}

/* What is the matter with them: mails that wait for a key are counted. */
static char *
reason_of(const Rows *tasks, guint row, GHashTable *words)
{
	const char *why = rows_text(tasks, row, "why");
	g_autofree char *key = g_strconcat("why-", why, NULL);

	return strcmp(why, "key") != 0 ? g_strdup(template_word(words, key)) :
	    g_strdup_printf("%" G_GINT64_FORMAT " %s", rows_int(tasks, row, "mails"),
	    template_word(words, "mails-wait"));
}

char *
summons_task(const Settings *settings, const Rows *tasks, guint row, GHashTable *words)
{
	const char *name = rows_text(tasks, row, "name");
	const char *hours = rows_text(tasks, row, "hours"), *phone = rows_text(tasks, row, "phone");
	g_autofree char *reason = reason_of(tasks, row, words);
	g_autofree char *until = summons_moment(rows_time(tasks, row, "due"), settings->team_zone,
	    settings->team_language);

	if (name == NULL)
		name = rows_text(tasks, row, "address");
	return g_strdup_printf("%s   %s%s%s %s. %s %s; %s\n",
	    template_word(words, "call"), name != NULL ? name : "-", hours != NULL ? " " : "",
	    hours != NULL ? hours : "", phone != NULL ? phone : "-", template_word(words, "until"), until,
	    reason);
}

char *
summons_open(const Tools *tools, Db *db, guint case_no, GHashTable *words, GError **error)
{
	g_autoptr(Rows) tasks = phone_tasks(db, case_no, error);
	GString *lines;

	if (tasks == NULL)
		return NULL;
	lines = g_string_new(NULL);
	for (guint i = 0; i < rows_count(tasks); i++) {
		g_autofree char *line = !rows_null(tasks, i, "closed") ? NULL :
		    summons_task(tools->settings, tasks, i, words);

		if (line != NULL)
			g_string_append(lines, line);
	}
	return g_string_free(lines, FALSE);
}
