/*
 * verdict - what is thought of a mail, and because of what
 *
 * A sum for each class and each motive: what it has before anything is known, and
 * what each sign adds. A sign is a rule that held, or what was learnt from
 * decisions; it has a name people read. The greatest sum wins, and the signs
 * that spoke for it are the reasons. So nothing is decided that could not be
 * added up by hand.
 */

#ifndef SLUIS_MAIL_VERDICT_H
#define SLUIS_MAIL_VERDICT_H

#include <stdbool.h>
#include <glib.h>

#define VERDICT_CLASSES 13
#define VERDICT_MOTIVES 7

/* The words a class or motive may be (DESIGN section 1), NULL-terminated. In this
 * order a tie is decided: what must not be missed comes first. */
const char *const *verdict_classes(void);
const char *const *verdict_motives(void);
/* "", "low", "medium", "high", "critical". */
const char *const *verdict_severities(void);

/* Weights that are added; severity is an index into verdict_severities(). worth
 * says whether a finding is one that helps: missing headers have a negative one. */
typedef struct {
	double class[VERDICT_CLASSES], motive[VERDICT_MOTIVES];
	double worth;
	guint severity;
} Weights;

typedef struct {
	const char *class;	/* static words */
	const char *motive;
	double score;		/* of the class, 0.00 to 1.00 */
	double motive_score;
	char *severity;		/* "", or low, medium, high, critical */
	double claimed;		/* the base score of its CVSS vector, which then is the
				 * severity; -1: none, or nothing anybody acts on */
	bool low_value;		/* a vulnerability, but of those that help nobody */
	GPtrArray *reasons;	/* char *: names of the signs for it, heaviest first */
	GPtrArray *skipped;	/* char *: rules over budget */
	GArray *signs;		/* its own */
	Weights before;		/* any sign */
	double vector;
} Verdict;

/* vector: the base score of the worst CVSS vector in it, or -1. Nothing is
 * decided yet. */
Verdict *verdict_new(const Weights *before, double vector);
void verdict_free(Verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)

void verdict_add(Verdict *verdict, const char *name, const Weights *weights);
/* Adds up, and fills in all above from class on; may be done again after more was
 * added. */
void verdict_decide(Verdict *verdict);

/* One that may be added to apart from this one. */
Verdict *verdict_copy(const Verdict *verdict);

/* The names of all signs, for whom they may have spoken; borrowed. */
guint verdict_count(const Verdict *verdict);
const char *verdict_sign(const Verdict *verdict, guint sign);

#endif
