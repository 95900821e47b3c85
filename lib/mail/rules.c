/* rules - which class and motive a mail has, and because of what; see rules.h */

#include "rules.h"

#include <string.h>

#include "cvss.h"
#include "indicator.h"
#include "rule.h"

#define TEXT_MOST (128 * 1024)
#define LINE_MOST 4000
#define DOUBT 2.0

/* A mail as the patterns see it, and what they made of it. */
typedef struct {
	const Mail *mail;
	const GPtrArray *indicators;
	char *texts[PLACES];
	double class[RULE_CLASSES], motive[RULE_MOTIVES];
	GPtrArray *fired;	/* of const Rule */
	GPtrArray *skipped;	/* char *: names */
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

/* An answer that only quotes is judged by what it quotes. */
static char *
judged_text(const Mail *mail)
{
	g_autofree char *fresh = mail_new_text(mail);

	return bounded(fresh[0] != '\0' ? fresh : mail->text);
}

static void
case_open(Case *one, const Rules *rules, const Mail *mail, const GPtrArray *indicators)
{
	one->mail = mail;
	one->indicators = indicators;
	one->texts[PLACE_SUBJECT] = bounded(mail->subject);
	one->texts[PLACE_TEXT] = judged_text(mail);
	one->texts[PLACE_FROM] = senders_text(mail);
	one->texts[PLACE_ATTACHMENTS] = attachments_text(mail);
	one->texts[PLACE_URL] = urls_text(indicators);
	one->texts[PLACE_KIND] = g_strdup_printf("%s %s", mail_kind_word(mail->kind), mail->kind_because);
	memcpy(one->class, rules->class, sizeof(one->class));
	memcpy(one->motive, rules->motive, sizeof(one->motive));
	one->fired = g_ptr_array_new();
	one->skipped = g_ptr_array_new_with_free_func(g_free);
}

static void
case_close(Case *one)
{
	for (gsize i = 0; i < PLACES; i++)
		g_free(one->texts[i]);
	g_ptr_array_unref(one->fired);
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

static PatternResult
rule_holds(const Rule *rule, const Case *one)
{
	PatternResult result = PATTERN_NO;

	if (rule->pattern == NULL)
		return fact_holds(one, rule->fact) ? PATTERN_YES : PATTERN_NO;
	for (gsize i = 0; i < PLACES && result == PATTERN_NO; i++)
		if (rule->in[i])
			result = pattern_match(rule->pattern, one->texts[i], strlen(one->texts[i]), NULL, NULL, NULL);
	return result;
}

static void
apply_rule(const Rule *rule, Case *one)
{
	PatternResult result = rule_holds(rule, one);

	if (result == PATTERN_OVER_BUDGET)
		g_ptr_array_add(one->skipped, g_strdup(rule->name));
	if (result != PATTERN_YES)
		return;
	for (gsize i = 0; i < RULE_CLASSES; i++)
		one->class[i] += rule->class[i];
	for (gsize i = 0; i < RULE_MOTIVES; i++)
		one->motive[i] += rule->motive[i];
	g_ptr_array_add(one->fired, (gpointer)rule);
}

/* The word with the greatest sum, and its share: its square in the sum of all
 * squares and of some doubt, so that one weak sign alone gives no certainty. */
static gsize
winner(const double *sums, gsize count, double *share)
{
	double all = DOUBT;
	gsize best = 0;

	for (gsize i = 1; i < count; i++)
		if (sums[i] > sums[best])
			best = i;
	for (gsize i = 0; i < count; i++)
		all += sums[i] > 0 ? sums[i] * sums[i] : 0;
	*share = sums[best] > 0 ? sums[best] * sums[best] / all : 0;
	return best;
}

typedef struct {
	const Rule *rule;
	double weight;
	guint order;
} Reason;

static gint
reason_compare(gconstpointer a, gconstpointer b)
{
	const Reason *one = a, *other = b;

	if (one->weight != other->weight)
		return one->weight > other->weight ? -1 : 1;
	return one->order < other->order ? -1 : 1;
}

/* The rules that spoke for what was found, the loudest first; what speaks for
 * the motive only comes behind. */
static GArray *
reasons(const Case *one, gsize class, gsize motive)
{
	GArray *found = g_array_new(FALSE, FALSE, sizeof(Reason));

	for (guint i = 0; i < one->fired->len; i++) {
		const Rule *rule = g_ptr_array_index(one->fired, i);
		Reason reason = { rule, MAX(rule->class[class], 0) + MAX(rule->motive[motive], 0) / 10, i };

		if (reason.weight > 0)
			g_array_append_val(found, reason);
	}
	g_array_sort(found, reason_compare);
	return found;
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

/* A vector says more than words do, in what somebody is to act on. */
static void
set_severity(Verdict *verdict, const Case *one, guint by_words)
{
	static const char *const acted_on[] = { "vulnerability", "leak", "incident", "handover", NULL };

	verdict->claimed = g_strv_contains(acted_on, verdict->class) ? claimed_score(one->indicators) : -1;
	verdict->severity = g_strdup(verdict->claimed >= 0 ? cvss_word(verdict->claimed) :
	    rule_severities()[by_words]);
}

static void
set_reasons(Verdict *verdict, const Case *one, gsize class, gsize motive)
{
	g_autoptr(GArray) found = reasons(one, class, motive);
	guint severity = 0;

	verdict->reasons = g_ptr_array_new_with_free_func(g_free);
	for (guint i = 0; i < found->len; i++) {
		const Rule *rule = g_array_index(found, Reason, i).rule;

		g_ptr_array_add(verdict->reasons, g_strdup(rule->name));
		if (rule->class[class] > 0)
			severity = MAX(severity, rule->severity);
	}
	set_severity(verdict, one, severity);
}

Verdict *
rules_apply(const Rules *rules, const Mail *mail, const GPtrArray *indicators)
{
	Verdict *verdict = g_new0(Verdict, 1);
	Case one = { 0 };
	gsize class, motive;

	case_open(&one, rules, mail, indicators);
	for (guint i = 0; i < rules->rules->len; i++)
		apply_rule(g_ptr_array_index(rules->rules, i), &one);
	class = winner(one.class, RULE_CLASSES, &verdict->score);
	motive = winner(one.motive, RULE_MOTIVES, &verdict->motive_score);
	verdict->class = rules_classes()[class];
	verdict->motive = rules_motives()[motive];
	set_reasons(verdict, &one, class, motive);
	verdict->skipped = one.skipped;
	case_close(&one);
	return verdict;
}

void
verdict_free(Verdict *verdict)
{
	if (verdict == NULL)
		return;
	g_free(verdict->severity);
	g_ptr_array_unref(verdict->reasons);
	g_ptr_array_unref(verdict->skipped);
	g_free(verdict);
}
