/*
 * learning - a mail is judged by what was decided before, and decisions are learnt
 *
 * Of a mail that begins a case the traits are kept, as keyed hashes: who has the
 * database alone reads no word in them. What analysts then make of the case is the
 * lesson.
 */

#ifndef SLUIS_STAGE_LEARNING_H
#define SLUIS_STAGE_LEARNING_H

#include "learner.h"
#include "run.h"

/* The traits of a mail, of gint64, under the index key; in *words what they were
 * (NULL: not asked), in *strong how many of the first are no words. */
GArray *learning_traits(const SealKey *index, const Mail *mail, const Verdict *verdict,
    GPtrArray **words, guint *strong);

/* Weighs what was learnt into the verdict of a run, and keeps its traits. Without an
 * index key nothing is done. */
bool learning_weigh(Run *run, const Mail *mail, GError **error);
/* A step of filing: the traits of a new case. */
bool learning_note(const Run *run, GError **error);

/* Learns everything anew, in one transaction; lessons and traits of each question. */
typedef struct Learned {
	guint classes, class_traits, motives, motive_traits;
} Learned;

bool learning_renew(Db *db, Learned *learned, GError **error);

#endif
