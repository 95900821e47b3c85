/* byhand - see byhand.h */

#include "byhand.h"

#include "error.h"
#include "filing.h"

#define BUSY_PAUSE 100000	/* microseconds until whoever has it may be done */
#define TROUBLE_PAUSE 15	/* seconds until a tool may be well again */

/* Under the lock of the reception; the same steps as sluis-work takes. */
static bool
work_on(const Tools *tools, Db *db, Reception *reception, bool spent, const Stage *stages,
    GError **error)
{
	g_autoptr(Run) run = run_new(tools, db, reception, error);

	if (run == NULL)
		return false;
	run->parked = spent ? "tries" : NULL;
	return stage_all(run, stages, error) && run_file(run, error);
}

/* Trouble that is no fault of the mail does not count as a try. What cannot
 * even be written down is counted, and was tried in vain. */
static bool
try_it(const Tools *tools, Db *db, gint64 id, const Stage *stages, GError **error)
{
	g_autoptr(Reception) reception = NULL;
	g_autoptr(GError) because = NULL;
	TryOutcome outcome = reception_try(db, id, (guint)tools->settings->tries, &reception,
	    &because);

	if (because == NULL && outcome == TRY_BUSY)
		g_usleep(BUSY_PAUSE);
	if (because == NULL && (reception == NULL ||
	    work_on(tools, db, reception, outcome == TRY_SPENT, stages, &because)))
		return true;
	if (reception != NULL)
		reception_forgive(db, id, "trouble", TROUBLE_PAUSE, NULL);
	g_propagate_error(error, g_steal_pointer(&because));
	return false;
}

Accepted *
byhand_file(const Tools *tools, Db *db, const Envelope *envelope, GBytes *mail,
    const Stage *stages, GError **error)
{
	g_autoptr(GBytes) fingerprint = accept_fingerprint(tools->receipt, mail);
	bool again;

	if (!accept_mail(db, tools->storage_public, tools->receipt, envelope, mail, &again, error))
		return NULL;
	for (;;) {
		GError *because = NULL;
		g_autoptr(Accepted) accepted = reception_find(db, fingerprint, envelope->inbox,
		    &because);

		if (accepted != NULL && accepted->over)
			return g_steal_pointer(&accepted);
		if (accepted == NULL && because == NULL)
			error_set(&because, SLUIS_ERROR_RETRY, "an accepted mail is not there");
		if (accepted == NULL || !try_it(tools, db, accepted->id, stages, &because)) {
			g_propagate_error(error, because);
			return NULL;
		}
	}
}
