/*
 * rating - how often it is right: a table of what mails are and what they were
 * taken for
 *
 * Of each class: precision, how many of those taken for it are of it; recall, how
 * many of it were taken for it; F1, the harmonic mean of both. The macro-F1 is the
 * mean over the classes there are mails of, so that a rare class counts like a
 * frequent one.
 */

#ifndef SLUIS_TOOL_RATING_H
#define SLUIS_TOOL_RATING_H

#include "json.h"
#include "labelled.h"

typedef struct {
	guint seen[16][16];		/* [what it is][what it was taken for] */
	guint reports, lost;		/* true reports, and those taken for spam or acquisition */
	guint worth[2][2];		/* [of low value][taken for it] */
	guint all, right;
} Rating;

/* class: an index into verdict_classes(). One that may be several is right with
 * each of them. */
void rating_add(Rating *rating, const Labelled *labelled, guint class);
void rating_worth(Rating *rating, const Labelled *labelled, bool low_value);

double rating_precision(const Rating *rating, guint class);
double rating_recall(const Rating *rating, guint class);
double rating_f1(const Rating *rating, guint class);	/* 0 to 1 */
double rating_macro_f1(const Rating *rating);

/* For people, and {classes: {CLASS: {count, precision, recall, f1, as: {}}}, ...}. */
char *rating_table(const Rating *rating);
Json *rating_json(const Rating *rating);

#endif
