/* watch - see watch.h */

#include "watch.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "error.h"
#include "log.h"

bool
watch_run(const Settings *settings, WatchLook look, GError **error)
{
	const struct timespec pause = { .tv_sec = (time_t)settings->sweep };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return error_errno(error, SLUIS_ERROR_RETRY, "sigprocmask");
	log_info("started");
	do {
		g_autoptr(GError) why = NULL;

		if (!look(settings, &why))
			log_error(why);
	} while (sigtimedwait(&set, NULL, &pause) < 0 && (errno == EAGAIN || errno == EINTR));
	log_info("ended");
	return true;
}
