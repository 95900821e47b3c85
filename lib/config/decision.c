/* decision - see decision.h */

#include "decision.h"

#include <string.h>

#include "tree.h"

#define MOST_POINTS 10
#define MOST_ANSWERS 8		/* of a point; each is a bit */
#define MOST_RULES 500
#define MOST_WAYS 20000		/* to answer all of it */

typedef struct {
	guint outcome;
	guint8 fits[MOST_POINTS];	/* bit n: the n-th answer does */
} Rule;

struct Decision {
	char *name;
	GPtrArray *outcomes;			/* char * */
	GPtrArray *points;			/* char *, ends with NULL */
	GPtrArray *answers;			/* of GPtrArray of char *, each ends with NULL */
	GArray *rules;				/* of Rule */
};

void
decision_free(Decision *decision)
{
	if (decision == NULL)
		return;
	g_free(decision->name);
	g_ptr_array_unref(decision->outcomes);
	g_ptr_array_unref(decision->points);
	g_ptr_array_unref(decision->answers);
	g_array_unref(decision->rules);
	g_free(decision);
}

static guint
count_of(const GPtrArray *words)
{
	return words->len - (words->len > 0 && words->pdata[words->len - 1] == NULL);
}

/* G_MAXUINT: it is none of them. */
static guint
index_of(const GPtrArray *words, const char *word)
{
	for (guint i = 0; word != NULL && i < count_of(words); i++)
		if (g_ascii_strcasecmp(g_ptr_array_index(words, i), word) == 0)
			return i;
	return G_MAXUINT;
}

/* --- reading --- */

/* A list of words, each once. */
static bool
read_words(const Tree *list, guint most, GPtrArray *words, GError **error)
{
	if (tree_kind(list) != TREE_LIST || tree_length(list) == 0 || tree_length(list) > most)
		return tree_complain(list, error, "expected a list of 1 to %u words", most);
	for (guint i = 0; i < tree_length(list); i++) {
		const Tree *item = tree_at(list, i);
		const char *word = tree_text(item);

		if (word == NULL || word[0] == '\0' || index_of(words, word) != G_MAXUINT)
			return tree_complain(item, error, "expected a word that is not there yet");
		g_ptr_array_add(words, g_strdup(word));
	}
	return true;
}

static bool
read_points(Decision *decision, const Tree *map, GError **error)
{
	guint ways = 1;

	if (tree_kind(map) != TREE_MAP || tree_length(map) == 0 || tree_length(map) > MOST_POINTS)
		return tree_complain(map, error, "points: expected 1 to %u of them", MOST_POINTS);
	for (guint i = 0; i < tree_length(map); i++) {
		GPtrArray *answers = g_ptr_array_new_with_free_func(g_free);

		g_ptr_array_add(decision->points, g_strdup(tree_key_at(map, i)));
		g_ptr_array_add(decision->answers, answers);
		if (!read_words(tree_at(map, i), MOST_ANSWERS, answers, error))
			return false;
		ways *= answers->len;
		g_ptr_array_add(answers, NULL);
		if (ways > MOST_WAYS)
			return tree_complain(map, error, "points: too many ways to answer them");
	}
	g_ptr_array_add(decision->points, NULL);
	return true;
}

/* One answer or a list of them, as bits. */
static bool
read_answer(const GPtrArray *answers, const Tree *value, guint8 *bits, GError **error)
{
	bool is_list = tree_kind(value) == TREE_LIST;
	guint count = is_list ? tree_length(value) : 1;

	*bits = 0;
	for (guint i = 0; i < count; i++) {
		const Tree *item = is_list ? tree_at(value, i) : value;
		guint n = index_of(answers, tree_text(item));

		if (n == G_MAXUINT)
			return tree_complain(item, error, "no answer to this point");
		*bits |= (guint8)(1u << n);
	}
	return *bits != 0 || tree_complain(value, error, "no answer at all");
}

static bool
read_rule(Decision *decision, const Tree *map, GError **error)
{
	Rule rule = { .outcome = G_MAXUINT };

	if (tree_kind(map) != TREE_MAP)
		return tree_complain(map, error, "expected a rule");
	memset(rule.fits, 0xFF, sizeof(rule.fits));
	for (guint i = 0; i < tree_length(map); i++) {
		const char *key = tree_key_at(map, i);
		const Tree *value = tree_at(map, i);
		guint point = index_of(decision->points, key);

		if (strcmp(key, "outcome") == 0)
			rule.outcome = index_of(decision->outcomes, tree_text(value));
		else if (point == G_MAXUINT)
			return tree_complain(value, error, "\"%s\" is no point", key);
		else if (!read_answer(g_ptr_array_index(decision->answers, point), value,
		    &rule.fits[point], error))
			return false;
	}
	if (rule.outcome == G_MAXUINT)
		return tree_complain(map, error, "a rule has one of the outcomes");
	g_array_append_val(decision->rules, rule);
	return true;
}

static bool
read_rules(Decision *decision, const Tree *list, GError **error)
{
	if (tree_kind(list) != TREE_LIST || tree_length(list) > MOST_RULES)
		return tree_complain(list, error, "rules: expected a list of no more than %u", MOST_RULES);
	for (guint i = 0; i < tree_length(list); i++)
		if (!read_rule(decision, tree_at(list, i), error))
			return false;
	return true;
}

Decision *
decision_load(const char *file, GError **error)
{
	g_autoptr(Tree) tree = tree_load(file, error);
	g_autoptr(Decision) decision = NULL;
	const Tree *name, *outcomes, *points, *rules;

	if (tree == NULL)
		return NULL;
	name = tree_kind(tree) == TREE_MAP ? tree_get(tree, "name") : NULL;
	outcomes = name != NULL ? tree_get(tree, "outcomes") : NULL;
	points = name != NULL ? tree_get(tree, "points") : NULL;
	rules = name != NULL ? tree_get(tree, "rules") : NULL;
	if (outcomes == NULL || points == NULL || rules == NULL || tree_text(name) == NULL ||
	    tree_length(tree) != 4) {
		tree_complain(tree, error, "expected name, outcomes, points and rules");
		return NULL;
	}
	decision = g_new0(Decision, 1);
	decision->name = g_strdup(tree_text(name));
	decision->outcomes = g_ptr_array_new_with_free_func(g_free);
	decision->points = g_ptr_array_new_with_free_func(g_free);
	decision->answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	decision->rules = g_array_new(FALSE, FALSE, sizeof(Rule));
	return read_words(outcomes, MOST_ANSWERS, decision->outcomes, error) &&
	    read_points(decision, points, error) && read_rules(decision, rules, error) ?
	    g_steal_pointer(&decision) : NULL;
}

const char *
decision_name(const Decision *decision)
{
	return decision->name;
}

const char *const *
decision_points(const Decision *decision)
{
	return (const char *const *)decision->points->pdata;
}

const char *const *
decision_answers(const Decision *decision, const char *point)
{
	guint n = index_of(decision->points, point);
	const GPtrArray *answers = n != G_MAXUINT ? g_ptr_array_index(decision->answers, n) : NULL;

	return answers != NULL ? (const char *const *)answers->pdata : NULL;
}

/* --- what follows --- */

static guint
outcome_of(const Decision *decision, const guint8 *chosen)
{
	for (guint i = 0; i < decision->rules->len; i++) {
		const Rule *rule = &g_array_index(decision->rules, Rule, i);
		bool fits = true;

		for (guint p = 0; fits && p < count_of(decision->points); p++)
			fits = (rule->fits[p] & chosen[p]) != 0;
		if (fits)
			return rule->outcome;
	}
	return 0;
}

/* Bits of all outcomes, where a point may have each of its bits. */
static guint
outcomes_of(const Decision *decision, guint8 *may, guint point)
{
	guint8 all = may[point];
	guint found = 0;

	if (point == count_of(decision->points))
		return 1u << outcome_of(decision, may);
	for (guint bit = 0; bit < MOST_ANSWERS; bit++) {
		if ((all >> bit & 1) == 0)
			continue;
		may[point] = (guint8)(1u << bit);
		found |= outcomes_of(decision, may, point + 1);
	}
	may[point] = all;
	return found;
}

/* Would any answer to an open point leave less to follow? */
static bool
matters(const Decision *decision, guint8 *may, guint point, guint found)
{
	guint8 all = may[point];
	bool does = false;

	for (guint bit = 0; bit < MOST_ANSWERS && !does; bit++) {
		if ((all >> bit & 1) == 0)
			continue;
		may[point] = (guint8)(1u << bit);
		does = outcomes_of(decision, may, 0) != found;
	}
	may[point] = all;
	return does;
}

GPtrArray *
decision_make(const Decision *decision, GHashTable *answers, GPtrArray **open)
{
	guint8 may[MOST_POINTS + 1] = { 0 };
	guint count = count_of(decision->points), found;
	GPtrArray *possible = g_ptr_array_new();

	for (guint i = 0; i < count; i++) {
		const GPtrArray *words = g_ptr_array_index(decision->answers, i);
		guint n = index_of(words, g_hash_table_lookup(answers, g_ptr_array_index(decision->points, i)));

		may[i] = (guint8)(n != G_MAXUINT ? 1u << n : (1u << count_of(words)) - 1);
	}
	found = outcomes_of(decision, may, 0);
	for (guint i = 0; i < decision->outcomes->len; i++)
		if (found >> i & 1)
			g_ptr_array_add(possible, g_ptr_array_index(decision->outcomes, i));
	if (open == NULL)
		return possible;
	*open = g_ptr_array_new();
	for (guint i = 0; i < count && possible->len > 1; i++)
		if ((may[i] & (may[i] - 1)) != 0 && matters(decision, may, i, found))
			g_ptr_array_add(*open, g_ptr_array_index(decision->points, i));
	return possible;
}
