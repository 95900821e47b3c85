/*
 * folds - what was learnt is judged on what it was not learnt from
 *
 * Lessons are parted into as many parts as there are folds, or each for itself;
 * each part is judged by what all others teach. Two that share most of their
 * traits are one letter sent twice: they are never on both sides.
 */

#ifndef SLUIS_TOOL_FOLDS_H
#define SLUIS_TOOL_FOLDS_H

#include <glib.h>

#include "learner.h"

/* The part each lesson is in, of guint; from 0 on, less than most. */
GArray *folds_part(const Lesson *lessons, guint count, guint most);

/* What all parts but one teach, of the lessons from a first one on; a label that is
 * none teaches nothing. *taught: of how many. */
Learner *folds_train_without(const Lesson *lessons, const GArray *parts, guint first, guint part,
    guint *taught);

#endif
