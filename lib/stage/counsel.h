/*
 * counsel - what a lawyer wrote to the team is for the team
 *
 * Advice is passed on in the team's own words, never as a quotation: so a text
 * for anybody but counsel is read against all that counsel wrote in its case, by
 * runs of words, whatever the lines and marks of quotation.
 */

#ifndef SLUIS_STAGE_COUNSEL_H
#define SLUIS_STAGE_COUNSEL_H

#include "gate.h"

/* Holds it, and shows the line, if it has words of counsel's. sides: all parties
 * of the case, to among them. */
bool counsel_search(const Tools *tools, Db *db, const GPtrArray *sides, const Side *to,
    const char *text, GateFinding *finding, GError **error);

/* Is the party counsel? */
bool counsel_is(const Side *side);

#endif
