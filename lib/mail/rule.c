/* rule - the rules of rules.yaml, read and checked; see rule.h */

#include "rule.h"

#include <string.h>

#include "tree.h"

/* In this order a tie is decided: what must not be missed comes first. */
static const char *const classes[] = {
	"vulnerability", "leak", "incident", "extortion", "handover", "question", "media", "job",
	"acquisition", "feed", "bounce", "automatic", "spam", NULL
};
static const char *const motives[] = {
	"good-faith", "extortion", "reward", "attention", "job", "acquisition", "unknown", NULL
};
static const char *const severities[] = { "", "low", "medium", "high", "critical", NULL };

G_STATIC_ASSERT(G_N_ELEMENTS(classes) == RULE_CLASSES + 1);
G_STATIC_ASSERT(G_N_ELEMENTS(motives) == RULE_MOTIVES + 1);

static const char *const places[] = { "subject", "text", "from", "attachments", "url", "kind", NULL };

/* What can be said of a mail without a pattern. Kinds of mails and of
 * indicators are facts of their own name. */
static const char *const facts[] = {
	"personal", "automatic", "bounce", "list",
	"url", "domain", "ipv4", "ipv6", "cve", "cvss", "hash",
	"answer", "attachment", "empty", "html", "long", "malformed", "short", NULL
};

const char *const *
rules_classes(void)
{
	return classes;
}

const char *const *
rules_motives(void)
{
	return motives;
}

const char *const *
rule_severities(void)
{
	return severities;
}

static void
rule_free(Rule *rule)
{
	g_free(rule->name);
	pattern_free(rule->pattern);
	g_free(rule);
}

void
rules_free(Rules *rules)
{
	if (rules == NULL)
		return;
	g_ptr_array_unref(rules->rules);
	g_free(rules);
}

/* The place of a word in a list; complains with the list if it has none. */
static bool
word_index(const Tree *at, const char *word, const char *const *words, gsize *index, GError **error)
{
	g_autofree char *known = NULL;

	for (*index = 0; word != NULL && words[*index] != NULL; (*index)++)
		if (strcmp(words[*index], word) == 0)
			return true;
	known = g_strjoinv(", ", (char **)words);
	return tree_complain(at, error, "unknown word \"%s\"; one of: %s", word != NULL ? word : "", known);
}

/* A map of words to weights. */
static bool
load_weights(const Tree *map, const char *const *words, double *weights, GError **error)
{
	if (map != NULL && tree_kind(map) != TREE_MAP)
		return tree_complain(map, error, "expected a map of words to weights");
	for (guint i = 0; map != NULL && i < tree_length(map); i++) {
		const Tree *value = tree_at(map, i);
		const char *text = tree_text(value);
		char *end = NULL;
		gsize index;

		if (!word_index(value, tree_key_at(map, i), words, &index, error))
			return false;
		weights[index] = text != NULL ? g_ascii_strtod(text, &end) : 0;
		if (text == NULL || end == text || *end != '\0' || !(weights[index] >= -20 && weights[index] <= 20))
			return tree_complain(value, error, "expected a weight from -20 to 20");
	}
	return true;
}

static bool
load_places(const Tree *list, Rule *rule, GError **error)
{
	gsize index;

	if (list == NULL)
		rule->in[PLACE_SUBJECT] = rule->in[PLACE_TEXT] = true;
	else if (tree_kind(list) != TREE_LIST)
		return tree_complain(list, error, "expected a list of places");
	for (guint i = 0; list != NULL && i < tree_length(list); i++) {
		if (!word_index(tree_at(list, i), tree_text(tree_at(list, i)), places, &index, error))
			return false;
		rule->in[index] = true;
	}
	return true;
}

static bool
load_condition(const Tree *map, Rule *rule, GError **error)
{
	const Tree *match = tree_get(map, "match"), *fact = tree_get(map, "fact");
	g_autoptr(GError) bad = NULL;
	gsize index;

	if ((match == NULL) == (fact == NULL))
		return tree_complain(map, error, "expected one of match and fact");
	if (fact != NULL) {
		if (tree_get(map, "in") != NULL)
			return tree_complain(map, error, "a fact is not in a place");
		if (!word_index(fact, tree_text(fact), facts, &index, error))
			return false;
		rule->fact = facts[index];
		return true;
	}
	if (tree_text(match) == NULL || tree_text(match)[0] == '\0')
		return tree_complain(match, error, "expected a regular expression");
	rule->pattern = pattern_new(tree_text(match), &bad);
	if (rule->pattern == NULL)
		return tree_complain(match, error, "%s", bad->message);
	return load_places(tree_get(map, "in"), rule, error);
}

static bool
check_keys(const Tree *map, const char *const *known, GError **error)
{
	gsize index;

	if (tree_kind(map) != TREE_MAP)
		return tree_complain(map, error, "expected a map");
	for (guint i = 0; i < tree_length(map); i++)
		if (!word_index(tree_at(map, i), tree_key_at(map, i), known, &index, error))
			return false;
	return true;
}

static bool
load_rule(const Tree *map, Rule *rule, GError **error)
{
	static const char *const known[] = { "name", "in", "match", "fact", "class", "motive", "severity", NULL };
	const Tree *name, *severity;
	gsize index = 0;

	if (!check_keys(map, known, error))
		return false;
	name = tree_get(map, "name");
	if (name == NULL || tree_text(name) == NULL || tree_text(name)[0] == '\0')
		return tree_complain(map, error, "expected a name");
	rule->name = g_strdup(tree_text(name));
	severity = tree_get(map, "severity");
	if (severity != NULL) {
		if (!word_index(severity, tree_text(severity), severities + 1, &index, error))
			return false;
		rule->severity = (guint)index + 1;
	}
	return load_condition(map, rule, error) &&
	    load_weights(tree_get(map, "class"), classes, rule->class, error) &&
	    load_weights(tree_get(map, "motive"), motives, rule->motive, error);
}

static bool
load_all(const Tree *root, Rules *rules, GError **error)
{
	static const char *const known[] = { "class", "motive", "rules", NULL };
	const Tree *list;

	if (!check_keys(root, known, error))
		return false;
	list = tree_get(root, "rules");
	if (list == NULL || tree_kind(list) != TREE_LIST)
		return tree_complain(root, error, "expected a list of rules");
	for (guint i = 0; i < tree_length(list); i++) {
		Rule *rule = g_new0(Rule, 1);

		g_ptr_array_add(rules->rules, rule);
		if (!load_rule(tree_at(list, i), rule, error))
			return false;
	}
	return load_weights(tree_get(root, "class"), classes, rules->class, error) &&
	    load_weights(tree_get(root, "motive"), motives, rules->motive, error);
}

Rules *
rules_load(const char *file, GError **error)
{
	g_autoptr(Tree) root = tree_load(file, error);
	g_autoptr(Rules) rules = NULL;

	if (root == NULL)
		return NULL;
	rules = g_new0(Rules, 1);
	rules->rules = g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);
	return load_all(root, rules, error) ? g_steal_pointer(&rules) : NULL;
}
