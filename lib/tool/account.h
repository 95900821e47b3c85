/*
 * account - the users our programs run as, where each has its own
 *
 *	sluis-in	intake: may seal, and open nothing
 *	sluis-work	work: the team's keys, what came in
 *	sluis-out	send: what leaves, and no case
 *	sluis-adm	the operator's tool
 *
 * Who shares a key is in one group with it. pipe(8) gives a program the own
 * group of its user and no other, so it is sluis-work that is a member of the
 * groups sluis-in and sluis-adm, besides its own; nobody else is.
 *
 * Root gives its rights up before it does an operator's work, for good.
 */

#ifndef SLUIS_TOOL_ACCOUNT_H
#define SLUIS_TOOL_ACCOUNT_H

#include <stdbool.h>
#include <glib.h>

#define ACCOUNT_IN "sluis-in"
#define ACCOUNT_WORK "sluis-work"
#define ACCOUNT_OUT "sluis-out"
#define ACCOUNT_ADM "sluis-adm"
#define ACCOUNT_ROOT "root"
#define ACCOUNT_SUPERUSER ""		/* the one database.superuser names */

/* Is there a user of that name? */
bool account_exists(const char *name);

/* SETUP, with what to type, if one of the four is missing. */
bool account_all_exist(GError **error);

/* Root becomes that user with its groups, and cannot go back. */
bool account_become(const char *name, GError **error);

/* Does a job in a child process that has become that user. What the job says
 * (may be NULL) and why it failed come back as if it had been done here. */
typedef bool (*AccountJob)(void *data, char **said, GError **error);
bool account_run(const char *name, AccountJob job, void *data, char **said, GError **error);

/* Gives a file that owner, group and mode; name NULL: root. */
bool account_own(const char *path, const char *owner, const char *group, unsigned mode,
    GError **error);

#endif
