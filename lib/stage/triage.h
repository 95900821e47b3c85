/*
 * triage - what analysts found about a report
 *
 * A record of a few fixed questions and what was answered to each, kept sealed;
 * a later answer takes the place of an earlier one to the same question.
 */

#ifndef SLUIS_STAGE_TRIAGE_H
#define SLUIS_STAGE_TRIAGE_H

#include "db.h"
#include "json.h"
#include "tools.h"

/* confirmed, abuse, impact, found, conduct, extent; ends with NULL. */
const char *const *triage_questions(void);

/* Does an answer to that question make sense? "confirmed" is yes, no or partly. */
bool triage_accepts(const char *question, const char *answer);

/* The record, an object; empty if there is none. */
Json *triage_read(const Tools *tools, Db *db, guint case_no, GError **error);

/* A step: answers (an object) are laid over the record there is. */
bool triage_write(const Tools *tools, Db *db, guint case_no, int analyst, const Json *answers,
    GError **error);

#endif
