/*
 * lessons - what decisions teach, and what was learnt of them
 *
 * A lesson has the traits of a mail as keyed hashes, and what people decided it is.
 * All lessons are read when something is to be learnt anew; of what was learnt each
 * mail asks for the rows of its own traits.
 */

#ifndef SLUIS_STORE_LESSONS_H
#define SLUIS_STORE_LESSONS_H

#include "db.h"

/* A step of filing: the traits of the mail a new case begins with, of gint64; the
 * first strong of them are no words. */
bool lessons_note(Db *db, guint case_no, const GArray *traits, guint strong, GError **error);
/* adm: a text that is of that class, and of that motive (NULL: nobody said); source is
 * its keyed hash. */
bool lessons_give(Db *db, GBytes *source, const char *class, const char *motive, const GArray *traits,
    guint strong, GError **error);

/* What people decided: class, motive (text; null), traits (text[]), strong (int). */
Rows *lessons_list(Db *db, guint most, GError **error);
/* How many decisions there are to learn from at that time; -1 with an error. */
gint64 lessons_due(Db *db, gint64 now, GError **error);

/* question is "class" or "motive"; traits of gint64, and for each of them weights as
 * text, "{0.5,...}". */
bool lessons_replace(Db *db, const char *question, guint lessons, const GArray *traits,
    const GPtrArray *weights, GError **error);
/* For these traits: question, lessons (int), trait (int), weights (an array as text). */
Rows *lessons_learnt(Db *db, const GArray *traits, GError **error);

#endif
