/* stage - see stage.h */

#include "stage.h"

#include "feedmail.h"
#include "filing.h"

bool
stage_all(Run *run, const Stage *stages, GError **error)
{
	for (guint i = 0; stages[i] != NULL; i++)
		if (!stages[i](run, error))
			return false;
	return true;
}

bool
stage_reception(const Tools *tools, Db *db, Reception *reception, bool spent,
    const Stage *stages, GError **error)
{
	g_autoptr(Run) run = run_new(tools, db, reception, error);

	if (run == NULL)
		return false;
	run->parked = spent ? "tries" : NULL;
	if (!stage_all(run, stages, error) || !run_file(run, error))
		return false;
	feed_mail_tell(run);
	return true;
}
