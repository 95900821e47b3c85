/*
 * db_place - a database before it is ours: made, and who may enter
 *
 * What a superuser does once, on the server's own host: see whether the
 * database of a conninfo is there and make it, and where the server keeps the
 * files that say who may be whom.
 */

#ifndef SLUIS_STORE_DB_PLACE_H
#define SLUIS_STORE_DB_PLACE_H

#include "db.h"

/* The database a conninfo names; SETUP if it names none. */
char *db_place_name(const char *conninfo, GError **error);

/* Makes it, in UTF-8 and empty, unless it is there. */
bool db_place_make(const char *conninfo, const char *superuser, GError **error);

/* A setting of the server, such as hba_file; and have it read its files. */
char *db_place_setting(Db *superuser, const char *name, GError **error);
bool db_place_reload(Db *superuser, GError **error);

#endif
