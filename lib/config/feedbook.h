/*
 * feedbook - how bad each type of finding is, and whose word we take: feeds.yaml(5)
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
	GPtrArray *kinds;	/* of FeedKind; the first that fits counts */
	GPtrArray *sources;	/* of FeedSource */
} Feedbook;

Feedbook *feedbook_load(const char *file, GError **error);
void feedbook_free(Feedbook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Feedbook, feedbook_free)

/* NULL: there is no row for it. */
const FeedKind *feedbook_kind(const Feedbook *book, const char *type);
const FeedSource *feedbook_source(const Feedbook *book, const char *address);

#endif
