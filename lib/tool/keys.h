/*
 * keys - the key files of an installation: which there are, and whose
 *
 * With a user for each program a key file is its one owner's, 0400; what two
 * share is root's and of the group both are in, 0440; public halves are root's,
 * 0444 (T-61). See account.h for the users.
 */

#ifndef SLUIS_TOOL_KEYS_H
#define SLUIS_TOOL_KEYS_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	const char *name;	/* a first one; "token.key.1" stands for all its kind */
	const char *owner, *group;
	unsigned mode;
} KeyFile;

/* Ended by a row without name. */
const KeyFile *keys_table(void);

/* Makes those that are missing, ours and 0400; never overwrites. A public half
 * is made from its secret one; SETUP where that is missing. */
bool keys_make(const char *folder, GError **error);

/* Gives each that is there its owner, group and mode. */
bool keys_own(const char *folder, GError **error);

#endif
