/*
 * rules - which class and motive a mail has, and because of what
 *
 * conf/rules.yaml is a list of rules one can read: a name, where to look, a
 * pattern or a fact, and what it adds to which class or motive. A rule whose
 * pattern is over its budget is skipped and told (T-19).
 */

#ifndef SLUIS_MAIL_RULES_H
#define SLUIS_MAIL_RULES_H

#include <stdbool.h>
#include <glib.h>

#include "mail.h"

typedef struct Rules Rules;

typedef struct {
	const char *class;	/* static words of DESIGN section 1 */
	const char *motive;
	double score;		/* of the class, 0.00 to 1.00 */
	double motive_score;
	char *severity;		/* "", or low, medium, high, critical */
	double claimed;		/* the base score of its CVSS vector, the highest if there
				 * are several, which then is the severity; -1: none */
	GPtrArray *reasons;	/* char *: names of the rules that fired, best first */
	GPtrArray *skipped;	/* char *: rules over budget */
} Verdict;

Rules *rules_load(const char *file, GError **error);
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* indicators: of Indicator, as indicator_find() gave them for this text. */
Verdict *rules_apply(const Rules *rules, const Mail *mail,
    const GPtrArray *indicators);
void verdict_free(Verdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Verdict, verdict_free)

/* The words a class or motive may be, NULL-terminated. */
const char *const *rules_classes(void);
const char *const *rules_motives(void);

#endif
