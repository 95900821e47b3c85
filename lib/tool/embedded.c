/* embedded - an embedded installation's servers: sluis embedded DIR
 * start|stop|status|run */

#include "nouns.h"

#include <stdio.h>
#include <string.h>

#include "agent.h"
#include "cluster.h"
#include "error.h"
#include "file.h"
#include "options.h"
#include "place.h"
#include "print.h"
#include "supervise.h"

static bool
embedded_start(const Place *place, GError **error)
{
	return cluster_start(place, error) && agent_start(place, error);
}

/* Both are tried, and the first trouble told. */
static bool
embedded_stop(const Place *place, GError **error)
{
	bool agent = agent_stop(place, error);

	return cluster_stop(place, agent ? error : NULL) && agent;
}

static bool
embedded_status(const Place *place, GError **error)
{
	bool cluster = cluster_runs(place), agent = agent_runs(place);

	if (!print_line(error, "PostgreSQL  %s\ngpg-agent   %s",
	    cluster ? "runs" : "stopped", agent ? "runs" : "stopped"))
		return false;
	return (cluster && agent) || error_set(error, SLUIS_ERROR_RETRY,
	    "not all runs: sluis embedded %s start", place->folder);
}

/* What was not running before does not stay behind. */
static bool
embedded_run(const Place *place, GError **error)
{
	g_autofree char *settings = place_path(place, "sluis.yaml");
	g_autofree char *work = file_installed("bin/sluis-work");
	g_autofree char *send = file_installed("bin/sluis-send");
	g_autofree char *clock = file_installed("bin/sluis-clock");
	g_autofree char *digest = file_installed("bin/sluis-digest");
	const char *work_argv[] = { work, "-c", settings, NULL };
	const char *send_argv[] = { send, "-c", settings, NULL };
	const char *clock_argv[] = { clock, "-c", settings, NULL };
	const char *digest_argv[] = { digest, "-c", settings, NULL };
	const char *const *programs[] = { work_argv, send_argv, clock_argv, digest_argv };
	bool ran = cluster_runs(place), ok;

	supervise_hold_signals();
	if (!embedded_start(place, error))
		return false;
	if (!print_line(error, "sluis-work, sluis-send, sluis-clock and sluis-digest run; Ctrl-C ends them"))
		return false;
	fflush(stdout);
	ok = supervise(programs, G_N_ELEMENTS(programs), error);
	return (ran || embedded_stop(place, ok ? error : NULL)) && ok;
}

static const struct {
	const char *name;
	bool (*run)(const Place *, GError **);
} actions[] = {
	{ "start",  embedded_start },
	{ "stop",   embedded_stop },
	{ "status", embedded_status },
	{ "run",    embedded_run },
};

static bool
embedded(const Order *order, GError **error)
{
	const char *action = order_word(order, 1);
	g_autoptr(Place) place = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(actions); i++) {
		if (strcmp(actions[i].name, action) != 0)
			continue;
		place = place_open(order_word(order, 0), error);
		return place != NULL && actions[i].run(place, error);
	}
	return program_usage(error, "\"%s\" is none of start, stop, status, run", action);
}

const Verb embedded_verbs[] = {
	{ .noun = "embedded", .words = "DIR start|stop|status|run", .least = 2, .most = 2,
	  .without_settings = true, .run = embedded,
	  .summary = "the servers of such an installation" },
	{ 0 }
};
