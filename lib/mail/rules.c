/* rules - which class and motive a mail has, and because of what; see rules.h */

#include "rules.h"

#include <string.h>

#include "cvss.h"
#include "indicator.h"
#include "rule.h"

#define TEXT_MOST (128 * 1024)
#define LINE_MOST 4000

/* A mail as the patterns see it, and what they made of it. */
typedef struct {
	const Mail *mail;
	const GPtrArray *indicators;
	char *texts[PLACES];
	Verdict *verdict;
} Case;

/* A text of bounded length in lines of bounded length, so that no pattern
 * that keeps to its line can take long. */
static char *
bounded(const char *text)
{
	GString *out = g_string_new(NULL);
	gsize column = 0;

	while (*text != '\0' && out->len < TEXT_MOST) {
		gsize width = (gsize)(g_utf8_next_char(text) - text);

		if (column + width > LINE_MOST) {
			g_string_append_c(out, '\n');
			column = 0;
		}
		g_string_append_len(out, text, (gssize)width);
		column = *text == '\n' ? 0 : column + width;
		text += width;
	}
	return g_string_free(out, FALSE);
}

static char *
senders_text(const Mail *mail)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < mail->senders->len; i++) {
		const Mailbox *one = g_ptr_array_index(mail->senders, i);

		g_string_append_printf(text, "%s <%s>\n", one->name, one->address);
	}
	return g_string_free(text, FALSE);
}

static char *
attachments_text(const Mail *mail)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(mail->attachments, i);

		g_string_append_printf(text, "%s %s\n", part->type, part->name);
	}
	return g_string_free(text, FALSE);
}

static char *
urls_text(const GPtrArray *indicators)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; indicators != NULL && i < indicators->len; i++) {
		const Indicator *one = g_ptr_array_index(indicators, i);

		if (one->kind == INDICATOR_URL)
			g_string_append_printf(text, "%s\n", one->value);
	}
	return g_string_free(text, FALSE);
}

static void
case_open(Case *one, const Mail *mail, const GPtrArray *indicators)
{
	g_autofree char *own = mail_own_text(mail);

	one->mail = mail;
	one->indicators = indicators;
	one->texts[PLACE_SUBJECT] = bounded(mail->subject);
	one->texts[PLACE_TEXT] = bounded(own);
	one->texts[PLACE_FROM] = senders_text(mail);
	one->texts[PLACE_ATTACHMENTS] = attachments_text(mail);
	one->texts[PLACE_URL] = urls_text(indicators);
	one->texts[PLACE_KIND] = g_strdup_printf("%s %s", mail_kind_word(mail->kind), mail->kind_because);
}

static void
case_close(Case *one)
{
	for (gsize i = 0; i < PLACES; i++)
		g_free(one->texts[i]);
}

static bool
has_indicator(const GPtrArray *indicators, const char *word)
{
	for (guint i = 0; indicators != NULL && i < indicators->len; i++) {
		const Indicator *one = g_ptr_array_index(indicators, i);

		if (strcmp(indicator_word(one->kind), word) == 0)
			return true;
	}
	return false;
}

static bool
fact_holds(const Case *one, const char *fact)
{
	const Mail *mail = one->mail;
	const struct { const char *fact; bool holds; } others[] = {
		{ "answer", mail->references->len > 0 },
		{ "attachment", mail->attachments->len > 0 },
		{ "empty", one->texts[PLACE_TEXT][0] == '\0' },
		{ "html", mail->text_from_html },
		{ "long", strlen(one->texts[PLACE_TEXT]) > 2000 },
		{ "malformed", mail->malformed },
		{ "short", strlen(one->texts[PLACE_TEXT]) < 200 },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(others[i].fact, fact) == 0)
			return others[i].holds;
	return strcmp(mail_kind_word(mail->kind), fact) == 0 || has_indicator(one->indicators, fact);
}

static void
hasten(gpointer pattern, gpointer nothing)
{
	(void)nothing;
	pattern_hasten(pattern);
}

void
rules_hasten(Rules *rules)
{
	for (guint i = 0; i < rules->rules->len; i++) {
		const Rule *rule = g_ptr_array_index(rules->rules, i);

		if (rule->pattern == NULL)
			continue;
		pattern_hasten(rule->pattern);
		g_ptr_array_foreach(rule->with, hasten, NULL);
		g_ptr_array_foreach(rule->without, hasten, NULL);
	}
}

/* In one of the rule's places. */
static PatternResult
is_found(const Rule *rule, const Pattern *pattern, const Case *one)
{
	PatternResult result = PATTERN_NO;

	for (gsize i = 0; i < PLACES && result == PATTERN_NO; i++)
		if (rule->in[i])
			result = pattern_match(pattern, one->texts[i], strlen(one->texts[i]), NULL, NULL, NULL);
	return result;
}

static PatternResult
rule_holds(const Rule *rule, const Case *one)
{
	PatternResult result;

	if (rule->pattern == NULL)
		return fact_holds(one, rule->fact) ? PATTERN_YES : PATTERN_NO;
	result = is_found(rule, rule->pattern, one);
	for (guint i = 0; i < rule->with->len && result == PATTERN_YES; i++)
		result = is_found(rule, g_ptr_array_index(rule->with, i), one);
	for (guint i = 0; i < rule->without->len && result == PATTERN_YES; i++) {
		PatternResult other = is_found(rule, g_ptr_array_index(rule->without, i), one);

		result = other == PATTERN_YES ? PATTERN_NO : other == PATTERN_NO ? PATTERN_YES : other;
	}
	return result;
}

static void
apply_rule(const Rule *rule, Case *one)
{
	PatternResult result = rule_holds(rule, one);

	if (result == PATTERN_OVER_BUDGET)
		g_ptr_array_add(one->verdict->skipped, g_strdup(rule->name));
	else if (result == PATTERN_YES)
		verdict_add(one->verdict, rule->name, &rule->weights);
}

/* The worst of the vectors it names; -1: none. */
static double
claimed_score(const GPtrArray *indicators)
{
	double most = -1, score;

	for (guint i = 0; indicators != NULL && i < indicators->len; i++) {
		const Indicator *one = g_ptr_array_index(indicators, i);

		if (one->kind == INDICATOR_CVSS && cvss_base(one->value, &score))
			most = MAX(most, score);
	}
	return most;
}

Verdict *
rules_apply(const Rules *rules, const Mail *mail, const GPtrArray *indicators)
{
	Case one = { .verdict = verdict_new(&rules->before, claimed_score(indicators)) };

	case_open(&one, mail, indicators);
	for (guint i = 0; i < rules->rules->len; i++)
		apply_rule(g_ptr_array_index(rules->rules, i), &one);
	case_close(&one);
	verdict_decide(one.verdict);
	return one.verdict;
}
