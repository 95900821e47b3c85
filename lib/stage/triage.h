/*
 * triage - what analysts found about a report
 *
 * A record of questions and what was answered to each, kept sealed; a later answer
 * takes the place of an earlier one to the same question. The team's own questions
 * are whether it is as stated, how it can be abused, with what impact, which data it
 * concerns and how far they go, how it was found, how its sender behaved, who that
 * is, which policy is in force and whether it leaves this out. Beside them stand the
 * points of a decision table (see decision.h), which says what may follow.
 */

#ifndef SLUIS_STAGE_TRIAGE_H
#define SLUIS_STAGE_TRIAGE_H

#include "db.h"
#include "decision.h"
#include "json.h"
#include "tools.h"

/* The team's questions, then the points; char *, the caller's. */
GPtrArray *triage_questions(const Decision *decision);

/* What may be answered: ends with NULL; NULL where any words may. *known: it is a
 * question at all. Borrowed. */
const char *const *triage_answers(const Decision *decision, const char *question, bool *known);

/* The record, an object; empty if there is none. */
Json *triage_read(const Tools *tools, Db *db, guint case_no, GError **error);

/* A step: answers (an object) are laid over the record there is. */
bool triage_write(const Tools *tools, Db *db, guint case_no, int analyst, const Json *answers,
    GError **error);

/* {model, decision (null while several may follow), possible, open} of a record; NULL
 * if no point is answered. */
Json *triage_decide(const Decision *decision, const Json *record);

#endif
