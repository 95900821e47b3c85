/* migration - the schema brought up to this program: sluis migrate */

#include "nouns.h"

#include "account.h"
#include "file.h"
#include "migrate.h"
#include "print.h"

static bool
migrate(const Order *order, GError **error)
{
	g_autofree char *folder = file_installed("share/sluis/schema");
	g_autoptr(Db) db = db_open_raw(order->settings->db_conninfo,
	    order->settings->db_superuser, error);
	guint from, to;

	if (db == NULL || !migrate_run(db, folder, &from, &to, error))
		return false;
	if (from == to)
		return print_line(error, "the schema is version %u, as it should be", to);
	if (from == 0)
		return print_line(error, "made the schema, version %u", to);
	return print_line(error, "brought the schema from version %u to %u", from, to);
}

const Verb migrate_verbs[] = {
	{ .noun = "migrate", .user = ACCOUNT_SUPERUSER, .run = migrate,
	  .summary = "make the schema, or bring it to this program's version" },
	{ 0 }
};
