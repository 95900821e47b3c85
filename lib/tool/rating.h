/*
 * rating - how often it is right: a table of what mails are and what they were
 * taken for
 *
 * Of each class: precision, how many of those taken for it are of it; recall, how
 * many of it were taken for it; F1, the harmonic mean of both. The macro-F1 is the
 * mean over the classes there are mails of, so that a rare class counts like a
 * frequent one. Motives are rated in the same way.
 */

#ifndef SLUIS_TOOL_RATING_H
#define SLUIS_TOOL_RATING_H

#include "json.h"
#include "labelled.h"

typedef struct {
	const char *const *words;	/* verdict_classes(), or verdict_motives() */
	guint seen[16][16];		/* [what it is][what it was taken for] */
	guint reports, lost;		/* true reports, and those taken for spam or acquisition */
	guint worth[2][2];		/* [of low value][taken for it] */
	guint all, right;
} Rating;

/* Indices into words. A mail that may be of several classes is right with each of
 * them. One of which nobody said what its sender wants is not rated for that. */
void rating_class(Rating *rating, const Labelled *labelled, guint class);
void rating_motive(Rating *rating, const Labelled *labelled, guint motive);
void rating_worth(Rating *rating, const Labelled *labelled, bool low_value);

/* Of the word at that index. */
double rating_precision(const Rating *rating, guint word);
double rating_recall(const Rating *rating, guint word);
double rating_f1(const Rating *rating, guint word);	/* 0 to 1 */
double rating_macro_f1(const Rating *rating);

/* For people, and {classes: {CLASS: {count, precision, recall, f1, as: {}}}, ...};
 * several names what classes are. */
char *rating_table(const Rating *rating);
Json *rating_json(const Rating *rating, const char *several);

#endif
