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
#include "verdict.h"

typedef struct Rules Rules;

Rules *rules_load(const char *file, GError **error);
void rules_free(Rules *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rules, rules_free)

/* For who applies them to more than a mail or two; see pattern_hasten(). */
void rules_hasten(Rules *rules);

guint rules_count(const Rules *rules);
/* What was learnt speaks under that name, and with no more weight than this; 0: it
 * does not speak. */
const char *rules_learnt_name(const Rules *rules);
double rules_learnt_weight(const Rules *rules);

/* indicators: of Indicator, as indicator_find() gave them for this text. */
Verdict *rules_apply(const Rules *rules, const Mail *mail,
    const GPtrArray *indicators);

#endif
