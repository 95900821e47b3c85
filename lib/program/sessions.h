/*
 * sessions - database sessions the parent keeps for its children
 *
 * A fresh session costs a child more than all its questions: the server forks,
 * and reads its catalogs anew. So the parent opens it, a child inherits it, and
 * when that has come to a good end the next one does. No child gets what
 * another left behind: its locks are given back first, and a session whose
 * child was killed, or left something open, is ended at once. Two children
 * never share one, and each closes those that are not its own.
 */

#ifndef SLUIS_PROGRAM_SESSIONS_H
#define SLUIS_PROGRAM_SESSIONS_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"

typedef struct Sessions Sessions;

Sessions *sessions_new(const char *conninfo);
void sessions_free(Sessions *sessions);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sessions, sessions_free)

/* For a child that is about to be forked; to be given back. NULL where none
 * can be had, or be inherited, as with TLS: then the child opens its own. */
Db *sessions_lend(Sessions *sessions);

/* The child that had it has ended; well: of its own accord, and so that the
 * next may have it. NULL is nothing. */
void sessions_take_back(Sessions *sessions, Db *session, bool well);

/* Closes those nobody has: the database was away. */
void sessions_drop(Sessions *sessions);

/* In the child: only its own is left, if it has one. */
void sessions_enter(Sessions *sessions, const Db *own);

#endif
