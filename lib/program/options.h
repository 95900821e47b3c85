/*
 * options - the words of a command line, by a table
 *
 * "--name VALUE", "--name=VALUE", "-n VALUE", flags; in any order with what
 * is no option, until "--". Bad usage is an error of a domain of its own,
 * since only the operator's tool has an exit status for it.
 */

#ifndef SLUIS_PROGRAM_OPTIONS_H
#define SLUIS_PROGRAM_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

#define PROGRAM_USAGE (program_usage_quark())

typedef enum { OPTION_FLAG, OPTION_TEXT, OPTION_TEXTS, OPTION_NUMBER } OptionType;

/* One row an option; offset is into the program's options struct: bool,
 * char *, GPtrArray * of char * (never NULL once parsed), gint64. */
typedef struct {
	const char *name;		/* "recipient" */
	char letter;			/* or 0 */
	OptionType type;
	size_t offset;
	const char *argument;		/* "ADDRESS" in --help; NULL for a flag */
	const char *help;
	bool required;
} ProgramOption;

GQuark program_usage_quark(void);

/* Sets a usage error and returns false: the tool ends with 2. */
bool program_usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/*
 * Parses options into a struct. *argc and *argv lose what was understood, in
 * place; all words are looked at, so a caller passes those behind its name,
 * noun and verb. A usage error with a sentence on bad usage.
 */
bool program_options(const ProgramOption *options, void *into, int *argc,
    char ***argv, GError **error);

/* The same, but what it does not know stays where it is, and nothing is
 * required: for what all nouns of a tool have in common. */
bool program_options_known(const ProgramOption *options, void *into, int *argc,
    char ***argv, GError **error);

void program_options_clear(const ProgramOption *options, void *into);

/* "  -c, --conf FILE   settings" a line, for --help. */
char *program_options_help(const ProgramOption *options);

#endif
