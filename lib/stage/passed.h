/*
 * passed - what one party wrote, as another one reads it
 *
 * Only what was written now, without what it quotes, each line marked as foreign, with
 * who writes in the words of whom it goes to: "The reporter writes:". Nothing else of
 * the mail is in it (T-43).
 */

#ifndef SLUIS_STAGE_PASSED_H
#define SLUIS_STAGE_PASSED_H

#include <stdbool.h>

#include "sides.h"
#include "tools.h"

/* subject, answers: of the mail, see quote.h. ours: what we add; "". */
char *passed_text(const Tools *tools, const Side *from, const Side *to, const char *text,
    const char *subject, bool answers, const char *ours, GError **error);

#endif
