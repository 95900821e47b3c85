/* feedbook - see feedbook.h */

#include "feedbook.h"

#include "conf.h"

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

static const ConfRow rows[] = {
	{ "types", CONF_LIST, offsetof(Feedbook, kinds), NULL, 0, 0, NULL, kind_rows, sizeof(FeedKind) },
	{ "sources", CONF_LIST, offsetof(Feedbook, sources), NULL, 0, 0, NULL, source_rows, sizeof(FeedSource) },
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
