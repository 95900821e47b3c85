/* feedbook - see feedbook.h */

#include "feedbook.h"

#include <string.h>

#include "conf.h"

#define ADVICE_MOST 2	/* more than that nobody reads */

static const char *const severities[] = { "critical", "high", "medium", "low", "none", NULL };
static const char *const proofs[] = { "signature", "dmarc", "none", NULL };

static const ConfRow kind_rows[] = {
	{ "types", CONF_TEXTS, offsetof(FeedKind, types), NULL, 0, 0, NULL, NULL, 0 },
	{ "severity", CONF_WORD, offsetof(FeedKind, severity), NULL, 0, 0, severities, NULL, 0 },
	{ "again", CONF_TIME, offsetof(FeedKind, again), "7d", 60, 366 * 24 * 60 * 60, NULL, NULL, 0 },
	{ "advice", CONF_TEXT, offsetof(FeedKind, advice), "other", 0, 0, NULL, NULL, 0 },
	{ 0 }
};

static const ConfRow source_rows[] = {
	{ "name", CONF_TEXT, offsetof(FeedSource, name), NULL, 0, 0, NULL, NULL, 0 },
	{ "from", CONF_TEXTS, offsetof(FeedSource, from), NULL, 0, 0, NULL, NULL, 0 },
	{ "proof", CONF_WORD, offsetof(FeedSource, proof), "dmarc", 0, 0, proofs, NULL, 0 },
	{ 0 }
};

static const ConfRow weakness_rows[] = {
	{ "words", CONF_TEXTS, offsetof(FeedWeakness, words), NULL, 0, 0, NULL, NULL, 0 },
	{ "advice", CONF_TEXT, offsetof(FeedWeakness, advice), NULL, 0, 0, NULL, NULL, 0 },
	{ "using", CONF_TEXT, offsetof(FeedWeakness, using), "", 0, 0, NULL, NULL, 0 },
	{ 0 }
};

static const ConfRow rows[] = {
	{ "types", CONF_LIST, offsetof(Feedbook, kinds), NULL, 0, 0, NULL, kind_rows, sizeof(FeedKind) },
	{ "sources", CONF_LIST, offsetof(Feedbook, sources), NULL, 0, 0, NULL, source_rows, sizeof(FeedSource) },
	{ "weaknesses", CONF_LIST, offsetof(Feedbook, weaknesses), NULL, 0, 0, NULL, weakness_rows, sizeof(FeedWeakness) },
	{ 0 }
};

Feedbook *
feedbook_load(const char *file, GError **error)
{
	g_autoptr(Tree) tree = tree_load(file, error);
	g_autofree Feedbook *book = g_new0(Feedbook, 1);

	return tree != NULL && conf_bind(tree, rows, book, error) ? g_steal_pointer(&book) : NULL;
}

void
feedbook_free(Feedbook *book)
{
	if (book == NULL)
		return;
	conf_clear(rows, book);
	g_free(book);
}

static bool
fits(char *const *patterns, const char *text)
{
	for (; *patterns != NULL; patterns++)
		if (g_pattern_match_simple(*patterns, text))
			return true;
	return false;
}

const FeedKind *
feedbook_kind(const Feedbook *book, const char *type)
{
	for (guint i = 0; book->kinds != NULL && i < book->kinds->len; i++) {
		const FeedKind *kind = g_ptr_array_index(book->kinds, i);

		if (fits(kind->types, type))
			return kind;
	}
	return NULL;
}

const FeedSource *
feedbook_source(const Feedbook *book, const char *address)
{
	g_autofree char *lower = g_ascii_strdown(address, -1);

	for (guint i = 0; book->sources != NULL && i < book->sources->len; i++) {
		const FeedSource *source = g_ptr_array_index(book->sources, i);

		if (fits(source->from, lower))
			return source;
	}
	return NULL;
}

/* "rce" is in "RCE:", and not in "force". */
static bool
has_word(const char *lower, const char *word)
{
	gsize length = strlen(word);

	for (const char *at = strstr(lower, word); at != NULL; at = strstr(at + 1, word))
		if ((at == lower || !g_ascii_isalnum(at[-1])) && !g_ascii_isalnum(at[length]))
			return true;
	return false;
}

static bool
tells_of(const FeedWeakness *weakness, const char *lower)
{
	for (char **word = weakness->words; *word != NULL; word++)
		if (**word != '\0' && has_word(lower, *word))
			return true;
	return false;
}

GPtrArray *
feedbook_advice(const Feedbook *book, const char *text, bool using)
{
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *lower = g_utf8_strdown(text, -1);

	for (guint i = 0; book->weaknesses != NULL && i < book->weaknesses->len; i++) {
		const FeedWeakness *weakness = g_ptr_array_index(book->weaknesses, i);
		const char *name = using ? weakness->using : weakness->advice;

		if (names->len < ADVICE_MOST && name[0] != '\0' && tells_of(weakness, lower) &&
		    !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, g_strdup(name));
	}
	return names;
}
