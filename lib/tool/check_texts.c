/* check_texts - are the texts of mails whole, and do the rules load? see checkup.h */

#include "checkup.h"

#include <string.h>

#include "decision.h"
#include "error.h"
#include "file.h"
#include "rules.h"

#define MOST (1024 * 1024)
#define REINSTALL "apt-get install --reinstall ./sluis_*.deb"

/* What a text asks for, or a list of words explains, sorted: two files that
 * ask for the same give the same. */
static char *
asked_for(const char *path, bool is_words, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(path, MOST, error);
	g_autofree char *text = NULL;
	g_autoptr(GRegex) regex = g_regex_new(is_words ? "^[^#:\n]+(?=: )" : "\\$\\{[a-z0-9_]*\\}",
	    G_REGEX_MULTILINE, 0, NULL);
	g_autoptr(GMatchInfo) match = NULL;
	g_autoptr(GTree) names = g_tree_new_full((GCompareDataFunc)(void *)strcmp, NULL, g_free, NULL);
	GString *all;

	if (bytes == NULL)
		return NULL;
	text = g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
	all = g_string_new(NULL);
	for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match);
	    g_match_info_next(match, NULL))
		g_tree_insert(names, g_match_info_fetch(match, 0), NULL);
	for (GTreeNode *node = g_tree_node_first(names); node != NULL; node = g_tree_node_next(node))
		g_string_append_printf(all, "%s ", (const char *)g_tree_node_key(node));
	return g_string_free(all, FALSE);
}

/* One text in one language, beside the one that was installed. */
static void
look_at_text(Checkup *checkup, const char *installed, const char *language, const char *name)
{
	bool is_words = strcmp(name, "words.txt") == 0;
	g_autofree char *ours = g_build_filename(checkup->settings->text_folder, language, name, NULL);
	g_autofree char *model = g_build_filename(installed, "en", name, NULL);
	g_autofree char *source = g_build_filename(installed, language, name, NULL);
	g_autofree char *copy = g_strcmp0(source, ours) == 0 ? g_strdup(REINSTALL) :
	    g_strdup_printf("cp %s %s", source, ours);
	g_autoptr(GError) why = NULL;
	g_autofree char *have = asked_for(ours, is_words, &why);
	g_autofree char *wanted = asked_for(model, is_words, NULL);

	if (have == NULL)
		checkup_add(checkup, FINDING_WRONG, copy, "%s", why->message);
	else if (wanted != NULL && strcmp(have, wanted) != 0)
		checkup_add(checkup, FINDING_WRONG, copy, "%s: %s other %s than the one installed",
		    ours, is_words ? "has" : "asks for", is_words ? "words" : "names");
}

/* The names that stand in any of the languages: each is to have all. */
static GTree *
names_of(const char *installed)
{
	GTree *names = g_tree_new_full((GCompareDataFunc)(void *)strcmp, NULL, g_free, NULL);
	g_autoptr(GDir) dir = g_dir_open(installed, 0, NULL);
	const char *language, *name;

	while (dir != NULL && (language = g_dir_read_name(dir)) != NULL) {
		g_autofree char *folder = g_build_filename(installed, language, NULL);
		g_autoptr(GDir) texts = g_dir_open(folder, 0, NULL);

		while (texts != NULL && (name = g_dir_read_name(texts)) != NULL)
			if (g_str_has_suffix(name, ".txt"))
				g_tree_insert(names, g_strdup(name), NULL);
	}
	return names;
}

void
check_texts(Checkup *checkup)
{
	g_autofree char *installed = file_installed("share/sluis/conf/mail");
	g_autoptr(GTree) names = names_of(installed);
	g_autoptr(GDir) dir = g_dir_open(installed, 0, NULL);
	const char *language;

	if (dir == NULL)
		checkup_add(checkup, FINDING_WRONG, REINSTALL,
		    "%s: the installed texts are gone", installed);
	while (dir != NULL && (language = g_dir_read_name(dir)) != NULL)
		for (GTreeNode *node = g_tree_node_first(names); node != NULL;
		    node = g_tree_node_next(node))
			look_at_text(checkup, installed, language, g_tree_node_key(node));
}

static void
check_decision(Checkup *checkup)
{
	g_autofree char *remedy = g_strdup_printf("editor %s, or folders.ssvc: \"\"",
	    checkup->settings->ssvc_file);
	g_autoptr(GError) why = NULL;
	g_autoptr(Decision) decision = decision_load(checkup->settings->ssvc_file, &why);

	if (decision == NULL)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s", why->message);
}

void
check_rules(Checkup *checkup)
{
	g_autofree char *installed = file_installed("share/sluis/conf/rules.yaml");
	const char *file = checkup->settings->rules_file;
	g_autofree char *remedy = strcmp(installed, file) == 0 ?
	    g_strdup(REINSTALL) :
	    g_strdup_printf("editor %s, or: cp %s %s", file, installed, file);
	g_autoptr(GError) why = NULL;
	g_autoptr(Rules) rules = rules_load(file, &why);

	if (rules == NULL)
		checkup_add(checkup, FINDING_WRONG, remedy, "%s", why->message);
	check_decision(checkup);
}
