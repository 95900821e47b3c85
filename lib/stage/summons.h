/*
 * summons - who is asked to call us, and whom the team has to call
 *
 * Nothing can be encrypted to a contact. A note in clear, with no word of the
 * matter (T-31), asks it to call a number it has of us already; so are asked its
 * deputies, or those at the organisation it takes part through. It goes by a
 * template that may leave in clear, and says neither whom else we write to nor
 * for whom. The team reads the whole: names, telephones, hours, and until when.
 */

#ifndef SLUIS_STAGE_SUMMONS_H
#define SLUIS_STAGE_SUMMONS_H

#include "directory.h"
#include "dispatch.h"
#include "phone.h"

typedef struct {
	const Tools *tools;		/* borrowed */
	guint case_no;			/* 0: a mail that belongs to no case */
	gint64 party;
	gint64 call_by;			/* the caller's to set */
	bool silent;			/* they do not answer; false: they have no key */
	PhoneFacts *facts;
	Correspondent *contact;		/* NULL: it receives no cases any more */
	GPtrArray *deputies, *umbrella;	/* of Correspondent */
} Summons;

Summons *summons_new(const Tools *tools, Db *db, guint case_no, gint64 party, int contact,
    GError **error);
void summons_free(Summons *summons);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Summons, summons_free)

/* Until when somebody has to have called: critical within two hours, high the
 * same day, all else within two working days. severity is a word or a CVSS
 * score; NULL: not known. */
gint64 summons_call_by(const char *severity, gint64 now, const char *zone,
    const Holidays *holidays);

/* "Tuesday 1 December", or with the hour where it is not the end of a day. */
char *summons_moment(gint64 time, const char *zone, const char *language);

/* The note to the contact: once a day. */
Dispatch *summons_note(const Summons *summons, GError **error);

/* The note to who stands in, role "deputy" or "umbrella": once a case. */
Dispatch *summons_stand_in(const Summons *summons, const char *role,
    const Correspondent *stand_in, GError **error);

/* Whom to call, for the team, a line each. */
char *summons_lines(const Summons *summons, GHashTable *words);

/* A row of phone_tasks() as a line: whom, until when, and how many mails wait. */
char *summons_task(const Settings *settings, const Rows *tasks, guint row, GHashTable *words);

/* Those that are open in a case, a line each. */
char *summons_open(const Tools *tools, Db *db, guint case_no, GHashTable *words, GError **error);

/* "RD-2026-7K3QX", or the team's name where there is no case. */
const char *summons_name(const Summons *summons);

#endif
