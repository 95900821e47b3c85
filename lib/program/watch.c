/* watch - see watch.h */

#include "watch.h"

#include <errno.h>
#include <time.h>

#include "log.h"
#include "signals.h"

bool
watch_run(const Settings *settings, WatchLook look, GError **error)
{
	const struct timespec pause = { .tv_sec = (time_t)settings->sweep };
	sigset_t set;

	if (!signals_block(&set, error))
		return false;
	log_info("started");
	do {
		g_autoptr(GError) why = NULL;

		if (!look(settings, &why))
			log_error(why);
	} while (sigtimedwait(&set, NULL, &pause) < 0 && (errno == EAGAIN || errno == EINTR));
	log_info("ended");
	return true;
}
