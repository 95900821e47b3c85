/*
 * opinion - what classify thinks of a mail, for the next program and for people
 *
 * The same findings in three forms: as marks on the mail, as one JSON object,
 * and in words with the reasons. A mail over a limit was not looked into:
 * nothing is thought of it, and the limit is the reason.
 */

#ifndef SLUIS_STAGE_OPINION_H
#define SLUIS_STAGE_OPINION_H

#include "json.h"
#include "mark.h"
#include "run.h"

void opinion_mark(const Run *run, Marks *marks);

/* {file, class, motive, score, language, participants, indicators, reasons} */
Json *opinion_json(const Run *run, const char *file);

/* A few lines, for people. */
char *opinion_words(const Run *run, const char *file);

#endif
