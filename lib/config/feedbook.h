/*
 * feedbook - how bad each type of finding is, whose word we take, and what we advise for
 * a weakness by the words it is told in: feeds.yaml(5)
 */

#ifndef SLUIS_CONFIG_FEEDBOOK_H
#define SLUIS_CONFIG_FEEDBOOK_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	char **types;		/* patterns with "*" and "?" */
	char *severity;		/* critical, high, medium, low, none */
	gint64 again;		/* seconds before it is told once more */
	char *advice;		/* advice-NAME.txt */
} FeedKind;

typedef struct {
	char *name;
	char **from;		/* patterns of addresses */
	char *proof;		/* signature, dmarc, none */
} FeedSource;

typedef struct {
	char **words;		/* in small letters */
	char *advice;		/* advice-NAME.txt, for whose system has it */
	char *using;		/* the same for who uses a product that has it; "": nothing
				 * besides what holds for all of them */
} FeedWeakness;

typedef struct {
	GPtrArray *kinds;	/* of FeedKind; the first that fits counts */
	GPtrArray *sources;	/* of FeedSource */
	GPtrArray *weaknesses;	/* of FeedWeakness, the worst first */
} Feedbook;

Feedbook *feedbook_load(const char *file, GError **error);
void feedbook_free(Feedbook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Feedbook, feedbook_free)

/* NULL: there is no row for it. */
const FeedKind *feedbook_kind(const Feedbook *book, const char *type);
const FeedSource *feedbook_source(const Feedbook *book, const char *address);

/* Names of advice for weaknesses a text tells of by any of their words, taken whole: the
 * first few, each once; none: it tells of none. using: for who uses a product that has
 * them. char *; the caller's. */
GPtrArray *feedbook_advice(const Feedbook *book, const char *text, bool using);

#endif
