/*
 * team - a letter to everybody of the team
 *
 * A template's words in the team's language, to each analyst one of its own,
 * signed and encrypted; to one without a usable key it is held.
 */

#ifndef SLUIS_STAGE_TEAM_H
#define SLUIS_STAGE_TEAM_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

typedef struct {
	const char *kind, *cause;	/* see outbox.h */
	const char *template;
	GHashTable *values;
	const char *inbox;		/* it comes from; NULL: the first */
	const char *outer_subject;	/* "[RD-2026-7K3QX] call"; NULL: "[...]" */
	guint case_no;			/* 0: none */
	int only;			/* this analyst; 0: each */
} TeamLetter;

/* Adds them, of Dispatch, to be made final and filed. */
bool team_tell(const Tools *tools, Db *db, const TeamLetter *told, GPtrArray *letters,
    GError **error);

#endif
