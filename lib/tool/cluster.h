/*
 * cluster - the PostgreSQL of an embedded installation
 *
 * A cluster of its own on a Unix socket, run by PostgreSQL's own programs. Its
 * settings are files of ours in DIR/server, written anew at every start, so
 * that a cluster made by an older version runs with the settings of this one;
 * DIR/postgres is PostgreSQL's alone. No value of a statement reaches its log.
 */

#ifndef SLUIS_TOOL_CLUSTER_H
#define SLUIS_TOOL_CLUSTER_H

#include <stdbool.h>
#include <glib.h>

#include "place.h"

/* initdb, unless there is a cluster; nothing half made is left. */
bool cluster_make(const Place *place, GError **error);

/* Fine if it runs, or does not, already. */
bool cluster_start(const Place *place, GError **error);
bool cluster_stop(const Place *place, GError **error);
bool cluster_runs(const Place *place);

/* How to reach a database of it, for a database.conninfo. */
char *cluster_conninfo(const Place *place, const char *database);

/* An empty database "sluis", unless there is one. */
bool cluster_make_database(const Place *place, GError **error);

#endif
