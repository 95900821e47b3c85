/*
 * duty - what is due by the clock, and not by a mail
 *
 * A duty is a row of a table: a name and a function that does all that is due at
 * that time, and nothing if it runs again. What it did is written down together
 * with the letters it leads to, so that it may be ended anywhere, and run twice,
 * and find the clock moved, and yet nobody is told twice; what was missed is
 * made up for once.
 */

#ifndef SLUIS_STAGE_DUTY_H
#define SLUIS_STAGE_DUTY_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

typedef bool (*Duty)(const Tools *tools, Db *db, gint64 now, GError **error);

typedef struct {
	const char *name;
	Duty run;
} DutyRow;

/* Does all of the table, ended by a row without name, if nobody else is at it.
 * Trouble with one is no reason to leave the others; the first is told. */
bool duties_run(const Tools *tools, const DutyRow *rows, GError **error);

/* Whom nothing can be encrypted to any more soon: warned 60, 30, 14, 7 and 1
 * days before, and the team with one letter about all. */
bool duty_keys(const Tools *tools, Db *db, gint64 now, GError **error);

/* Whom somebody should have called by now: the team is told, once a day, and
 * those behind the contact are asked to call us. */
bool duty_calls(const Tools *tools, Db *db, gint64 now, GError **error);

/* Who was forwarded a report and does not answer is reminded, and so are those who
 * stand in; then the team is told to call. */
bool duty_silence(const Tools *tools, Db *db, gint64 now, GError **error);

/* What is owed in a case without anybody's word gets its clock: an acknowledgement, an
 * assessment, a repair. */
bool duty_owed(const Tools *tools, Db *db, gint64 now, GError **error);

/* A deadline, an end of an embargo, a reminder, what is owed has come: the owner is
 * told, and a working day later who has duty; of an embargo everybody. */
bool duty_clocks(const Tools *tools, Db *db, gint64 now, GError **error);

/* What analysts decided since is learnt, once a day. */
bool duty_lessons(const Tools *tools, Db *db, gint64 now, GError **error);

/* What was found about participants' systems and is severe: those who are still to be
 * told at once, since whoever read the feed was ended. */
bool duty_hits(const Tools *tools, Db *db, gint64 now, GError **error);

/* The step that is due so many microseconds before the end, of the days above;
 * 0: none yet. */
int duty_step(gint64 left);

#endif
