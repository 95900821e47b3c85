/*
 * migrate - the schema brought to the version this program was built for
 *
 * In one transaction and under a lock: a new database gets roles and tables,
 * an older one its numbered upgrades (upgrade/NNNN.sql, 0002 the first), and
 * every time functions, views and rights are put down as this program knows
 * them. Running it twice changes nothing; running it while others work is
 * harmless.
 */

#ifndef SLUIS_STORE_MIGRATE_H
#define SLUIS_STORE_MIGRATE_H

#include "db.h"

/* The version this program was built for. */
guint migrate_version(void);

/* superuser: of db_open_raw(). *from is 0 for a new database. A schema newer
 * than this program is refused (SETUP), and nothing is changed. */
bool migrate_run(Db *superuser, const char *schema_folder, guint *from, guint *to,
    GError **error);

/* The same for a version of the caller's choice: a test has upgrades of its own. */
bool migrate_to(Db *superuser, const char *schema_folder, guint *from, guint to,
    GError **error);

#endif
