/*
 * program - the one main()
 *
 * Options, settings, deadline, verdict and exit status of every program, so
 * that a file in filters/ is a table and a few words. This is the only place
 * that prints a verdict and returns an exit status; nothing in lib/ exits.
 *
 *	PROGRAM_INTAKE	silent whatever happens; 0 or 75
 *	PROGRAM_FILTER	first line of stderr "4.3.0 text"; 0, 75 or 77
 *	PROGRAM_SERVICE	stays, or ends by itself with --once; logs; 0 or 75
 *	PROGRAM_TOOL	for people: "sluis: text" on stderr; 0, 1 (no), 2 (usage)
 *
 * Every program has -c FILE, --help and --version.
 */

#ifndef SLUIS_PROGRAM_PROGRAM_H
#define SLUIS_PROGRAM_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

#include "options.h"
#include "settings.h"

typedef enum { PROGRAM_INTAKE, PROGRAM_FILTER, PROGRAM_SERVICE, PROGRAM_TOOL } ProgramKind;

/* What a program's run function is called with. */
typedef struct {
	const Settings *settings;	/* NULL for a program without_settings */
	const char *settings_file;	/* -c, $SLUIS_CONF or the usual place */
	const void *options;		/* the struct the table fills */
	char *const *arguments;		/* what is no option; NULL-terminated */
	const struct Program *program;
} Call;

typedef struct Program {
	const char *name;		/* "sluis-work" */
	const char *summary;		/* "open, classify, thread and answer mails" */
	const char *arguments;		/* "FILE..." in --help; NULL: none allowed.
					 * A tool's may hold options of its nouns */
	ProgramKind kind;
	bool without_settings;		/* run loads settings_file itself, if at all */
	guint deadline;			/* seconds; 0: none. At it: 75 */
	const ProgramOption *options;	/* ended by a row without name; may be NULL */
	size_t options_size;
	bool (*run)(const Call *call, GError **error);
} Program;

int program_main(const Program *program, int argc, char *argv[]);

/* Seconds until the deadline; a very long time without one. */
guint program_left(void);

/* A core is never written, nobody may trace us, no file of ours is readable
 * by others (T-57). */
void program_harden(void);

#endif
