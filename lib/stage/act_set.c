/* act_set - what a case is: the acts that set something in it; see act.h */

#include "act.h"

#include <math.h>
#include <string.h>

#include "choices.h"
#include "cvss.h"
#include "directory.h"
#include "progress.h"
#include "rules.h"
#include "times.h"
#include "triage.h"

typedef struct {
	const char *field;
	char *value;
} Setting;

static void
setting_free(gpointer data)
{
	Setting *setting = data;

	g_free(setting->value);
	g_free(setting);
}

static bool
file_setting(const Acting *acting, gconstpointer what, GError **error)
{
	const Setting *setting = what;

	return acts_set(acting->run->db, acting->now->case_no, acting->authority->analyst,
	    setting->field, setting->value, error);
}

/* What is sent further on in the same answer already says it. */
static void
foresee(CaseNow *now, const char *field, const char *value)
{
	char **seen = strcmp(field, "tlp") == 0 ? &now->tlp :
	    strcmp(field, "severity") == 0 ? &now->severity : NULL;

	if (seen == NULL)
		return;
	g_free(*seen);
	*seen = g_strdup(value);
}

/* field is a column of cases; "did-FIELD" is the word for it. */
static bool
set(Acting *acting, const char *field, const char *value)
{
	Setting *setting = g_new0(Setting, 1);
	g_autofree char *key = g_strconcat("did-", field, NULL);

	setting->field = field;
	setting->value = g_strdup(value);
	acting_step(acting, file_setting, setting, setting_free);
	acting_did(acting, key, value);
	foresee(acting->now, field, value);
	return true;
}

static const char *
first_word(const Command *command)
{
	return g_ptr_array_index(command->words, 0);
}

/* One of a list, in whatever capitals; NULL if it is none. */
static const char *
among(const char *const *words, const char *word)
{
	for (guint i = 0; words[i] != NULL; i++)
		if (g_ascii_strcasecmp(words[i], word) == 0)
			return words[i];
	return NULL;
}

/* Refused, with what it could have been. */
static bool
refuse_among(Acting *acting, const char *word, const char *const *words)
{
	g_autofree char *all = g_strjoinv(", ", (char **)words);
	g_autofree char *more = g_strdup_printf("%s (%s)", word, all);

	return acting_refuse(acting, "refused-value", more);
}

static bool
set_among(Acting *acting, const Command *command, const char *field, const char *const *words)
{
	const char *word = among(words, first_word(command));

	if (!acting_has_case(acting))
		return true;
	return word != NULL ? set(acting, field, word) :
	    refuse_among(acting, first_word(command), words);
}

bool
act_class(Acting *acting, const Command *command, GError **error)
{
	(void)error;
	return set_among(acting, command, "class", verdict_classes());
}

bool
act_motive(Acting *acting, const Command *command, GError **error)
{
	(void)error;
	return set_among(acting, command, "motive", verdict_motives());
}

bool
act_tlp(Acting *acting, const Command *command, GError **error)
{
	static const char *const labels[] = {	/* TLP 2.0 */
		"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", NULL
	};

	(void)error;
	return set_among(acting, command, "tlp", labels);
}

/* A word, or a base score, also that of a vector of CVSS. NULL: it is none. */
static char *
severity_of(const char *word)
{
	static const char *const words[] = { "critical", "high", "medium", "low", NULL };
	char text[G_ASCII_DTOSTR_BUF_SIZE], *end;
	double score = g_ascii_strtod(word, &end);

	if (among(words, word) != NULL)
		return g_strdup(among(words, word));
	if (end != word && *end == '\0' && isfinite(score) && score >= 0 && score <= 10)
		return g_strdup(word);
	return cvss_base(word, &score) ? g_strdup(g_ascii_formatd(text, sizeof(text), "%.1f", score)) : NULL;
}

bool
act_severity(Acting *acting, const Command *command, GError **error)
{
	const char *word = first_word(command);
	g_autofree char *severity = severity_of(word);

	(void)error;
	if (!acting_has_case(acting))
		return true;
	return severity != NULL ? set(acting, "severity", severity) :
	    acting_refuse(acting, "refused-severity", word);
}

bool
act_assign(Acting *acting, const Command *command, GError **error)
{
	const Correspondent *analyst;

	(void)error;
	if (!acting_has_case(acting))
		return true;
	analyst = acting_analyst(acting, first_word(command));
	return analyst == NULL || set(acting, "owner", analyst->name);
}

/* Nothing is public before the embargo is over. */
static bool
too_early(Acting *acting, const char *to)
{
	const Settings *settings = acting->run->tools->settings;
	g_autofree char *until = NULL;

	if (strcmp(to, "disclosed") != 0 || acting->now->embargo <= acting->run->reception->received)
		return false;
	until = times_long(acting->now->embargo, settings->team_zone, settings->team_language);
	return acting_refuse(acting, "refused-embargo", until);
}

/* Only such moves as are lawful; the store has the table and looks again. */
static bool
move(Acting *acting, const char *to)
{
	GPtrArray *moves = acting->now->moves;
	g_autofree char *more = NULL;
	g_autofree char *all = NULL;

	if (too_early(acting, to))
		return true;
	if (g_ptr_array_find_with_equal_func(moves, to, g_str_equal, NULL))
		return set(acting, "status", to);
	g_ptr_array_add(moves, NULL);
	all = g_strjoinv(", ", (char **)moves->pdata);
	g_ptr_array_set_size(moves, (gint)moves->len - 1);
	more = g_strdup_printf("%s -> %s (%s)", acting->now->status, to, all);
	return acting_refuse(acting, "refused-move", more);
}

/* Where an organisation is with the matter. */
typedef struct {
	gint64 party;
	const char *state;
} SideState;

static bool
file_side_state(const Acting *acting, gconstpointer what, GError **error)
{
	const SideState *set_to = what;

	return choices_set(acting->run->db, set_to->party, acting->authority->analyst, set_to->state,
	    error);
}

/* Only what an analyst can know better; "none" is an answer that was none. */
static bool
set_side(Acting *acting, const char *name, const char *word, GError **error)
{
	static const char *const states[] = {
		"none", "told", "acked", "own", "affected", "fixed", "silent", "not-ours", NULL
	};
	const char *state = among(states, word);
	g_autofree char *more = NULL;
	SideState *set_to;
	const Side *side;

	if (!acting_has_sides(acting, error))
		return acting->refusal != NULL;
	side = side_named(acting->sides, name);
	if (side == NULL || side->participant == 0)
		return acting_refuse(acting, "refused-no-party", name);
	if (state == NULL)
		return refuse_among(acting, word, states);
	set_to = g_new(SideState, 1);
	*set_to = (SideState){ side->id, state };
	acting_step(acting, file_side_state, set_to, g_free);
	more = g_strdup_printf("%s %s", side->name, state);
	acting_did(acting, "did-status", more);
	return true;
}

bool
act_status(Acting *acting, const Command *command, GError **error)
{
	g_autofree char *to = g_ascii_strdown(first_word(command), -1);

	if (command->words->len > 1)
		return set_side(acting, first_word(command), g_ptr_array_index(command->words, 1), error);
	if (!acting_has_case(acting))
		return true;
	move(acting, to);
	return acting->refusal != NULL || progress_prepare(acting, to, error);
}

bool
act_reopen(Acting *acting, const Command *command, GError **error)
{
	(void)command;
	(void)error;
	if (!acting_has_case(acting))
		return true;
	progress_forget(acting);
	return strcmp(acting->now->status, "closed") == 0 ? move(acting, "triage") :
	    acting_refuse(acting, "refused-not-closed", acting->now->status);
}

/* A note of the case's own, in fixed words. */
static bool
file_reason(const Acting *acting, gconstpointer what, GError **error)
{
	return acts_note(acting->run->db, acting->now->case_no, acting->authority->analyst,
	    "closed because", what, error);
}

/* A participant whose system it is, and who was never told of it, is a reason
 * to give one. */
bool
act_close(Acting *acting, const Command *command, GError **error)
{
	const char *word = command->words->len > 0 ? first_word(command) : "";
	g_autoptr(GPtrArray) untold = NULL;

	if (!acting_has_case(acting))
		return true;
	if (word[0] != '\0' && (!g_str_has_prefix(word, "reason=") || word[7] == '\0'))
		return acting_refuse(acting, "refused-reason", word);
	untold = acts_untold(acting->run->db, acting->now->case_no, error);
	if (untold == NULL)
		return false;
	if (untold->len > 0 && word[0] == '\0')
		return acting_refuse(acting, "refused-untold", g_ptr_array_index(untold, 0));
	if (word[0] != '\0')
		acting_step(acting, file_reason, g_strdup(word + 7), g_free);
	move(acting, "closed");
	return acting->refusal != NULL || progress_prepare(acting, "closed", error);
}

static bool
file_title(const Acting *acting, gconstpointer what, GError **error)
{
	const Run *run = acting->run;
	g_autoptr(GBytes) wrapped = NULL;
	g_autoptr(GBytes) sealed = tools_seal_text(run->tools, what, "title", &wrapped);

	return acts_set_title(run->db, acting->now->case_no, acting->authority->analyst, wrapped,
	    sealed, error);
}

bool
act_title(Acting *acting, const Command *command, GError **error)
{
	(void)error;
	if (!acting_has_case(acting))
		return true;
	acting_step(acting, file_title, g_strdup(command->rest), g_free);
	acting_did(acting, "did-title", NULL);
	return true;
}

/* "confirmed=yes": a question of the record, and what was found. */
static bool
take_finding(Acting *acting, const Decision *decision, Json *answers, const char *word)
{
	const char *equals = strchr(word, '=');
	g_autofree char *question = equals != NULL ? g_ascii_strdown(word, equals - word) : NULL;
	bool known = false;
	const char *const *may = question != NULL ? triage_answers(decision, question, &known) : NULL;
	const char *answer = may != NULL ? among(may, equals + 1) : known ? equals + 1 : NULL;

	if (known && answer != NULL && answer[0] != '\0') {
		json_put_text(answers, question, answer);
		return true;
	}
	if (may == NULL) {
		g_autoptr(GPtrArray) all = triage_questions(decision);

		g_ptr_array_add(all, NULL);
		return refuse_among(acting, word, (const char *const *)all->pdata);
	}
	return refuse_among(acting, word, may);
}

/* "SSVC: track, coordinate, open: utility" once a point of the table is answered. */
static bool
tell_decision(Acting *acting, const Decision *decision, const Json *answers, GError **error)
{
	g_autoptr(Json) record = triage_read(acting->run->tools, acting->run->db, acting->now->case_no, error);
	g_autoptr(Json) decided = NULL;
	g_autoptr(GString) more = g_string_new(NULL);

	if (record == NULL)
		return false;
	json_lay_over(record, answers);
	decided = triage_decide(decision, record);
	if (decided == NULL)
		return true;
	for (guint i = 0; i < json_length(json_get(decided, "possible")); i++)
		g_string_append_printf(more, "%s%s", i > 0 ? " / " : "",
		    json_text_at(json_get(decided, "possible"), i));
	for (guint i = 0; i < json_length(json_get(decided, "open")); i++)
		g_string_append_printf(more, "%s %s", i > 0 ? " /" : acting_word(acting, "did-ssvc-open"),
		    json_text_at(json_get(decided, "open"), i));
	acting_did(acting, "did-ssvc", more->str);
	return true;
}

static bool
file_triage(const Acting *acting, gconstpointer what, GError **error)
{
	return triage_write(acting->run->tools, acting->run->db, acting->now->case_no,
	    acting->authority->analyst, what, error);
}

bool
act_triage(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(Decision) decision = NULL;
	Json *answers;

	if (!acting_has_case(acting))
		return true;
	decision = decision_load(acting->run->tools->settings->ssvc_file, error);
	if (decision == NULL)
		return false;
	answers = json_new_object();
	for (guint i = 0; i < command->words->len; i++)
		take_finding(acting, decision, answers, g_ptr_array_index(command->words, i));
	acting_step(acting, file_triage, answers, (GDestroyNotify)json_free);
	acting->found = answers;
	acting_did(acting, "did-triage", NULL);
	return tell_decision(acting, decision, answers, error);
}

static bool
file_watch(const Acting *acting, gconstpointer what, GError **error)
{
	(void)what;
	return acts_watch(acting->run->db, acting->now->case_no, acting->authority->analyst, error);
}

bool
act_watch(Acting *acting, const Command *command, GError **error)
{
	(void)command;
	(void)error;
	if (!acting_has_case(acting))
		return true;
	acting_step(acting, file_watch, NULL, NULL);
	acting_did(acting, "did-watch", NULL);
	return true;
}

static bool
file_duty(const Acting *acting, gconstpointer what, GError **error)
{
	const Correspondent *analyst = what;

	return acts_set_duty(acting->run->db, analyst->id, error);
}

bool
act_duty(Acting *acting, const Command *command, GError **error)
{
	const Correspondent *analyst = acting_analyst(acting, first_word(command));

	(void)error;
	if (analyst == NULL)
		return true;
	acting_step(acting, file_duty, (gpointer)analyst, NULL);
	acting_did(acting, "did-duty", analyst->name);
	return true;
}

bool
act_note(Acting *acting, const Command *command, GError **error)
{
	(void)error;
	if (!acting_has_case(acting))
		return true;
	return acting_keep_text(acting, "note", command->text);
}

static bool
file_undo(const Acting *acting, gconstpointer what, GError **error)
{
	const LastAct *last = what;

	return acts_undo(acting->run->db, last->id, acting->authority->analyst, error);
}

bool
act_undo(Acting *acting, const Command *command, GError **error)
{
	g_autoptr(LastAct) last = NULL;
	g_autofree char *more = NULL;

	(void)command;
	if (!acting_has_case(acting))
		return true;
	last = acts_last(acting->run->db, acting->now->case_no, error);
	if (last == NULL)
		return false;
	if (last->id == 0)
		return acting_refuse(acting, "refused-undo", NULL);
	more = g_strdup_printf("%s %s -> %s", last->field, last->new, last->old != NULL ? last->old : "-");
	acting_did(acting, "did-undo", more);
	if (strcmp(last->field, "status") == 0)
		progress_forget(acting);
	acting_step(acting, file_undo, g_steal_pointer(&last), (GDestroyNotify)last_act_free);
	return true;
}
