/*
 * exam - labelled mails are judged, and how often that was right
 *
 * Each is judged in four ways: by the rules alone; by them and what the lessons
 * teach that come with sluis, as a fresh installation would; by what these lessons and
 * the other mails teach; and by all of it. No mail is judged by what it taught, nor by
 * what another taught that is as good as the same letter.
 */

#ifndef SLUIS_TOOL_EXAM_H
#define SLUIS_TOOL_EXAM_H

#include "rating.h"
#include "rules.h"

typedef enum { EXAM_RULES, EXAM_SHIPPED, EXAM_LEARNT, EXAM_BOTH, EXAM_WAYS } ExamWay;

typedef struct {
	Rating class[EXAM_WAYS], motive[EXAM_WAYS];
	GPtrArray *wrong;	/* char *: "NAME: LABEL, taken for CLASS: because", by all of it */
} Exam;

Exam *exam_new(void);
void exam_free(Exam *exam);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Exam, exam_free)

/* mails are judged and teach, lessons only teach: both of Labelled. They are parted
 * into so many folds. */
void exam_hold(Exam *exam, const Rules *rules, const GPtrArray *mails, const GPtrArray *lessons, guint folds);

#endif
