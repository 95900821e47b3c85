/* duty_lessons - what analysts decided is learnt, once a day; see duty.h */

#include "duty.h"

#include "learning.h"
#include "lessons.h"
#include "log.h"

bool
duty_lessons(const Tools *tools, Db *db, gint64 now, GError **error)
{
	gint64 decisions = lessons_due(db, now, error);
	Learned learned = { 0 };

	(void)tools;
	if (decisions <= 0)
		return decisions == 0;
	if (!learning_renew(db, &learned, error))
		return false;
	log_info("learnt from %u classes and %u motives that were decided", learned.classes, learned.motives);
	return true;
}
