/*
 * mapping - which user of the host is which role of the database
 *
 * PostgreSQL asks the kernel who connects (peer) and looks up in pg_ident.conf
 * whom that may be. Two pieces of text, put where they work and only if they
 * are not there: a line of pg_hba.conf before all others, since the first that
 * fits decides, and a few lines at the end of pg_ident.conf.
 */

#ifndef SLUIS_TOOL_MAPPING_H
#define SLUIS_TOOL_MAPPING_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"

/* The new text, or NULL if ours is in it already. */
char *mapping_hba(const char *text, const char *database);
char *mapping_ident(const char *text);

/* Both, in the files of that server, which must be ours to write, and the
 * server told. *changed (may be NULL) says whether anything was. */
bool mapping_put(Db *superuser, const char *database, bool *changed, GError **error);

#endif
