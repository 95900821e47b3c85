/*
 * decision - a table of questions, and what follows from the answers
 *
 * conf/ssvc.yaml: "points" with their answers, "outcomes", and "rules" of which the
 * first that fits counts. Not all need be answered: what follows is then all that
 * still may, and one outcome is a decision where the open questions change nothing.
 */

#ifndef SLUIS_CONFIG_DECISION_H
#define SLUIS_CONFIG_DECISION_H

#include <stdbool.h>
#include <glib.h>

typedef struct Decision Decision;

/* SETUP, "FILE: line N: ...", if it is no such table. */
Decision *decision_load(const char *file, GError **error);
void decision_free(Decision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decision, decision_free)

const char *decision_name(const Decision *decision);

/* The questions in their order, each ends with NULL; the answers to one, NULL if it is
 * none. Borrowed. */
const char *const *decision_points(const Decision *decision);
const char *const *decision_answers(const Decision *decision, const char *point);

/* answers: char * -> char *, of some points; what is no answer counts as none. In
 * *open, if not NULL, the points without an answer that matter still, char *. Outcomes
 * that may follow, in their order, of const char *. */
GPtrArray *decision_make(const Decision *decision, GHashTable *answers, GPtrArray **open);

#endif
