/* rule - the rules of rules.yaml, read and checked; see rule.h */

#include "rule.h"

#include <string.h>

#include "tree.h"

static const char *const places[] = { "subject", "text", "from", "attachments", "url", "kind", NULL };

/* What can be said of a mail without a pattern. Kinds of mails and of
 * indicators are facts of their own name. */
static const char *const facts[] = {
	"personal", "automatic", "bounce", "list",
	"url", "domain", "ipv4", "ipv6", "cve", "cvss", "hash",
	"answer", "attachment", "empty", "html", "long", "malformed", "short", NULL
};

static void
rule_free(Rule *rule)
{
	g_free(rule->name);
	pattern_free(rule->pattern);
	g_ptr_array_unref(rule->with);
	g_ptr_array_unref(rule->without);
	g_free(rule);
}

void
rules_free(Rules *rules)
{
	if (rules == NULL)
		return;
	g_ptr_array_unref(rules->rules);
	g_free(rules->learnt_name);
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

/* A number from -20 to 20. */
static bool
load_weight(const Tree *value, double *weight, GError **error)
{
	const char *text = tree_text(value);
	char *end = NULL;

	*weight = text != NULL ? g_ascii_strtod(text, &end) : 0;
	if (text == NULL || end == text || *end != '\0' || !(*weight >= -20 && *weight <= 20))
		return tree_complain(value, error, "expected a weight from -20 to 20");
	return true;
}

/* A map of words to weights. */
static bool
load_weights(const Tree *map, const char *const *words, double *weights, GError **error)
{
	if (map != NULL && tree_kind(map) != TREE_MAP)
		return tree_complain(map, error, "expected a map of words to weights");
	for (guint i = 0; map != NULL && i < tree_length(map); i++) {
		const Tree *value = tree_at(map, i);
		gsize index;

		if (!word_index(value, tree_key_at(map, i), words, &index, error) ||
		    !load_weight(value, &weights[index], error))
			return false;
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

static Pattern *
load_pattern(const Tree *value, GError **error)
{
	g_autoptr(GError) bad = NULL;
	Pattern *pattern;

	if (tree_text(value) == NULL || tree_text(value)[0] == '\0') {
		tree_complain(value, error, "expected a regular expression");
		return NULL;
	}
	pattern = pattern_new(tree_text(value), &bad);
	if (pattern == NULL)
		tree_complain(value, error, "%s", bad->message);
	return pattern;
}

/* One expression, or a list of them. */
static bool
load_patterns(const Tree *value, GPtrArray *patterns, GError **error)
{
	bool list = value != NULL && tree_kind(value) == TREE_LIST;

	for (guint i = 0; value != NULL && i < (list ? tree_length(value) : 1); i++) {
		Pattern *pattern = load_pattern(list ? tree_at(value, i) : value, error);

		if (pattern == NULL)
			return false;
		g_ptr_array_add(patterns, pattern);
	}
	return true;
}

static bool
load_condition(const Tree *map, Rule *rule, GError **error)
{
	const Tree *match = tree_get(map, "match"), *fact = tree_get(map, "fact");
	gsize index;

	if ((match == NULL) == (fact == NULL))
		return tree_complain(map, error, "expected one of match and fact");
	if (fact != NULL) {
		if (tree_get(map, "in") != NULL || tree_get(map, "with") != NULL || tree_get(map, "without") != NULL)
			return tree_complain(map, error, "a fact is not in a place");
		if (!word_index(fact, tree_text(fact), facts, &index, error))
			return false;
		rule->fact = facts[index];
		return true;
	}
	rule->pattern = load_pattern(match, error);
	if (rule->pattern == NULL || !load_patterns(tree_get(map, "with"), rule->with, error) ||
	    !load_patterns(tree_get(map, "without"), rule->without, error))
		return false;
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
	static const char *const known[] = {
		"name", "in", "match", "with", "without", "fact", "class", "motive", "severity", "worth", NULL
	};
	const Tree *name, *severity, *worth;
	gsize index = 0;

	if (!check_keys(map, known, error))
		return false;
	name = tree_get(map, "name");
	if (name == NULL || tree_text(name) == NULL || tree_text(name)[0] == '\0')
		return tree_complain(map, error, "expected a name");
	rule->name = g_strdup(tree_text(name));
	severity = tree_get(map, "severity");
	if (severity != NULL) {
		if (!word_index(severity, tree_text(severity), verdict_severities() + 1, &index, error))
			return false;
		rule->weights.severity = (guint)index + 1;
	}
	worth = tree_get(map, "worth");
	if (worth != NULL && !load_weight(worth, &rule->weights.worth, error))
		return false;
	return load_condition(map, rule, error) &&
	    load_weights(tree_get(map, "class"), verdict_classes(), rule->weights.class, error) &&
	    load_weights(tree_get(map, "motive"), verdict_motives(), rule->weights.motive, error);
}

/* How much what was learnt may say, and under which name. */
static bool
load_learnt(const Tree *map, Rules *rules, GError **error)
{
	static const char *const known[] = { "name", "weight", NULL };
	const Tree *name;

	if (map == NULL)
		return true;
	if (!check_keys(map, known, error))
		return false;
	name = tree_get(map, "name");
	if (name == NULL || tree_text(name) == NULL || tree_get(map, "weight") == NULL)
		return tree_complain(map, error, "expected a name and a weight");
	g_free(rules->learnt_name);
	rules->learnt_name = g_strdup(tree_text(name));
	return load_weight(tree_get(map, "weight"), &rules->learnt_weight, error);
}

static bool
load_all(const Tree *root, Rules *rules, GError **error)
{
	static const char *const known[] = { "class", "motive", "learnt", "rules", NULL };
	const Tree *list;

	if (!check_keys(root, known, error))
		return false;
	list = tree_get(root, "rules");
	if (list == NULL || tree_kind(list) != TREE_LIST)
		return tree_complain(root, error, "expected a list of rules");
	for (guint i = 0; i < tree_length(list); i++) {
		Rule *rule = g_new0(Rule, 1);

		rule->with = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
		rule->without = g_ptr_array_new_with_free_func((GDestroyNotify)pattern_free);
		g_ptr_array_add(rules->rules, rule);
		if (!load_rule(tree_at(list, i), rule, error))
			return false;
	}
	return load_learnt(tree_get(root, "learnt"), rules, error) &&
	    load_weights(tree_get(root, "class"), verdict_classes(), rules->before.class, error) &&
	    load_weights(tree_get(root, "motive"), verdict_motives(), rules->before.motive, error);
}

Rules *
rules_load(const char *file, GError **error)
{
	g_autoptr(Tree) root = tree_load(file, error);
	g_autoptr(Rules) rules = NULL;

	if (root == NULL)
		return NULL;
	rules = g_new0(Rules, 1);
	rules->learnt_name = g_strdup("");
	rules->rules = g_ptr_array_new_with_free_func((GDestroyNotify)rule_free);
	return load_all(root, rules, error) ? g_steal_pointer(&rules) : NULL;
}

guint
rules_count(const Rules *rules)
{
	return rules->rules->len;
}

const char *
rules_learnt_name(const Rules *rules)
{
	return rules->learnt_name;
}

double
rules_learnt_weight(const Rules *rules)
{
	return rules->learnt_weight;
}
