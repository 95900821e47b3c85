/* duty - see duty.h */

#include "duty.h"

#include "error.h"
#include "expiry.h"
#include "log.h"

static bool
run_one(const Tools *tools, Db *db, const DutyRow *row, GError **error)
{
	g_autoptr(GError) why = NULL;

	if (row->run(tools, db, g_get_real_time(), &why))
		return true;
	db_rollback(db);
	log_error(why);
	if (error != NULL && *error == NULL) {
		g_prefix_error(&why, "%s: ", row->name);
		g_propagate_error(error, g_steal_pointer(&why));
	}
	return false;
}

bool
duties_run(const Tools *tools, const DutyRow *rows, GError **error)
{
	g_autoptr(Db) db = db_open(tools->settings->db_conninfo, "sluis_work", error);
	bool taken, good = true;

	if (db == NULL || !expiry_take_clock(db, &taken, error))
		return false;
	for (; taken && rows->name != NULL; rows++)
		good = run_one(tools, db, rows, error) && good;
	return good;
}
