/*
 * checkup - what is looked at to see whether an installation is well
 *
 * A check is a function and a row of the table in doctor.c. It looks at one
 * thing and adds what it finds; a finding that is not good says what to type to
 * mend it. Finding nothing is good, and the row has the words for that.
 */

#ifndef SLUIS_TOOL_CHECKUP_H
#define SLUIS_TOOL_CHECKUP_H

#include <stdbool.h>
#include <glib.h>

#include "json.h"
#include "settings.h"

/* Soon: nothing is wrong yet. */
typedef enum { FINDING_GOOD, FINDING_SKIPPED, FINDING_SOON, FINDING_WRONG } FindingState;

typedef struct Checkup Checkup;

typedef struct {
	const char *name;
	void (*look)(Checkup *checkup);
	const char *good;		/* what is said when nothing was found */
	const char *user;		/* as whom root does it; NULL: as root */
	const char *alarm;		/* what is wrong then, for sluis alarm; NULL:
					 * nobody is to be woken by it */
	bool without_settings;
} Check;

struct Checkup {
	const char *file;		/* the settings' */
	Settings *settings;		/* NULL: not to be read, and why */
	GError *unread;
	const Check *check;		/* the one at work */
	Json *findings;			/* {check, state, text, remedy} */
};

Checkup *checkup_new(const char *file);
void checkup_free(Checkup *checkup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Checkup, checkup_free)

/* What a check says; remedy is what to type, or NULL with skipped. */
void checkup_skip(Checkup *checkup, const char *format, ...) G_GNUC_PRINTF(2, 3);
void checkup_add(Checkup *checkup, FindingState state, const char *remedy,
    const char *format, ...) G_GNUC_PRINTF(4, 5);

/* Does one check, as its user where there are such users; gives the worst it
 * found, or, skipped, that it could not look. */
FindingState checkup_look(Checkup *checkup, const Check *check);

/* The table, ended by a row without name; and the words for states. */
const Check *checkup_table(void);
const char *checkup_word(FindingState state);

/* Is this an installation in a folder? The folder, the caller's, or NULL. */
char *checkup_embedded(const Checkup *checkup);
/* Is there a user for each program, and are we root? */
bool checkup_has_users(const Checkup *checkup);

/* Was nothing made yet, no key file and no ring? Then nothing is lost either, and
 * what mends it is init. */
bool checkup_is_new(const Checkup *checkup);
/* What init is typed as here; the caller's. */
char *checkup_init(const Checkup *checkup);
/* In front of a command that may write into the key ring, which would else be
 * root's from then on; "" where it is the caller's. */
const char *checkup_as_work(const Checkup *checkup);

/* The checks, by the file they are in: check_host.c, check_keys.c,
 * check_postfix.c, check_store.c, check_texts.c, check_year.c. */
void check_settings(Checkup *checkup);
void check_folders(Checkup *checkup);
void check_units(Checkup *checkup);
void check_transport(Checkup *checkup);
void check_disk(Checkup *checkup);
void check_clock(Checkup *checkup);
void check_alarm(Checkup *checkup);
void check_key_files(Checkup *checkup);
void check_team_key(Checkup *checkup);
void check_year(Checkup *checkup);
void check_agent(Checkup *checkup);
void check_sheet(Checkup *checkup);
void check_pinned(Checkup *checkup);
void check_postfix(Checkup *checkup);
void check_database(Checkup *checkup);
void check_schema(Checkup *checkup);
void check_server(Checkup *checkup);
void check_queues(Checkup *checkup);
void check_night(Checkup *checkup);
void check_outgoing(Checkup *checkup);
void check_texts(Checkup *checkup);
void check_rules(Checkup *checkup);

#endif
