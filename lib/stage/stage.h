/*
 * stage - what happens to a mail, one function a stage
 *
 * Each takes what the ones before it found and adds its own. False means that
 * somebody must act (GError); what a mail turned out to be is never an error.
 */

#ifndef SLUIS_STAGE_STAGE_H
#define SLUIS_STAGE_STAGE_H

#include "run.h"

typedef bool (*Stage)(Run *run, GError **error);

bool stage_open(Run *run, GError **error);
bool stage_read(Run *run, GError **error);	/* instead of open: as it is, closed */
bool stage_classify(Run *run, GError **error);
bool stage_thread(Run *run, GError **error);
bool stage_answer(Run *run, GError **error);

/* What was found out by classify is that of another mail, which it hands over. */
bool classify_again(Run *run, const Mail *mail, GError **error);

/* One after the other, up to the first that fails; ended by NULL. */
bool stage_all(Run *run, const Stage *stages, GError **error);

/* A reception under its lock: unsealed, through the stages, and filed in one
 * transaction. spent: its tries are used up, and it is only parked. */
bool stage_reception(const Tools *tools, Db *db, Reception *reception, bool spent,
    const Stage *stages, GError **error);

#endif
