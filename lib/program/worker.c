/* worker - see worker.h */

#include "worker.h"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "error.h"
#include "log.h"
#include "outbox.h"
#include "signals.h"
#include "verdicts.h"

#define BATCH 200
#define LONGEST_PAUSE 60	/* seconds between two looks for the database */
#define SLOT_PAUSE 50		/* milliseconds until a slot of another parent may be free */

/* A child and the mail it has. */
typedef struct {
	pid_t pid;
	AttemptKind kind;
	gint64 id;
	Db *session;		/* lent to it; NULL: it has its own */
	gint64 deadline;	/* monotonic, microseconds */
	bool late;		/* ended by us at its deadline */
} Job;

static guint
job_hash(gconstpointer data)
{
	return g_int64_hash(&((const Job *)data)->id);
}

static gboolean
job_equal(gconstpointer a, gconstpointer b)
{
	const Job *one = a, *other = b;

	return one->kind == other->kind && one->id == other->id;
}

typedef struct {
	const Worker *worker;
	Db *db;			/* NULL while it is away */
	Sessions *sessions;	/* for the children */
	int signals;
	bool ends;		/* we are asked to end */
	bool more;		/* a slot was missing, or a child has just ended */
	bool hastened;		/* see AttemptHasten */
	guint started;		/* children so far */
	GArray *jobs;		/* of Job */
	GArray *forgive;	/* of gint64: tries still to be uncounted */
	GHashTable *skip;	/* of Job: what was found busy in this sweep */
} State;

static void
state_clear(State *state)
{
	g_clear_pointer(&state->db, db_close);
	g_clear_pointer(&state->sessions, sessions_free);
	g_clear_pointer(&state->jobs, g_array_unref);
	g_clear_pointer(&state->forgive, g_array_unref);
	g_clear_pointer(&state->skip, g_hash_table_unref);
	if (state->signals >= 0)
		close(state->signals);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(State, state_clear)

static bool
prepare(State *state, GError **error)
{
	state->sessions = sessions_new(state->worker->attempt.settings->db_conninfo);
	state->jobs = g_array_new(FALSE, FALSE, sizeof(Job));
	state->forgive = g_array_new(FALSE, FALSE, sizeof(gint64));
	state->skip = g_hash_table_new_full(job_hash, job_equal, g_free, NULL);
	state->signals = signals_open(true, error);
	return state->signals >= 0;
}

static bool
connect_again(State *state, GError **error)
{
	if (state->db != NULL)
		return true;
	state->db = db_open(state->worker->attempt.settings->db_conninfo, "sluis_work", error);
	if (state->db != NULL)
		db_keep_statements(state->db);
	return state->db != NULL && db_listen(state->db, "sluis_reception", error);
}

static bool
in_hand(const State *state, const Job *job)
{
	for (guint i = 0; i < state->jobs->len; i++)
		if (job_equal(&g_array_index(state->jobs, Job, i), job))
			return true;
	return g_hash_table_contains(state->skip, job);
}

static pid_t
start_child(State *state, Job *job, int slot, GError **error)
{
	const Attempt *attempt = &state->worker->attempt;
	const Errand errand = { .kind = job->kind, .id = job->id, .slot = slot,
	    .session = sessions_lend(state->sessions) };

	job->session = errand.session;
	job->deadline = g_get_monotonic_time() + attempt->settings->deadline * G_USEC_PER_SEC;
	job->pid = attempt_start(attempt, &errand, state->db, state->sessions, error);
	if (job->pid < 0)
		sessions_take_back(state->sessions, job->session, true);
	return job->pid;
}

/* False when there is no slot, or no process, to start it with. */
static bool
start(State *state, Job job)
{
	g_autoptr(GError) error = NULL;
	int slot = pgp_slot(state->worker->attempt.pgp, &error);
	bool started = slot >= 0 && start_child(state, &job, slot, &error) > 0;

	if (slot >= 0)
		close(slot);
	if (error != NULL)
		log_error(error);
	if (started)
		g_array_append_val(state->jobs, job);
	state->started += started;
	return started;
}

/* As many of those that are due as there are slots. */
static void
start_some(State *state, AttemptKind kind, const GArray *due)
{
	const Settings *settings = state->worker->attempt.settings;

	for (guint i = 0; i < due->len && !state->more; i++) {
		const Job job = { .kind = kind, .id = g_array_index(due, gint64, i) };

		if (!in_hand(state, &job))
			state->more = state->jobs->len >= settings->workers || !start(state, job);
	}
}

/* Not for a single mail, which would only come later. */
static void
hasten(State *state, guint due)
{
	const Attempt *attempt = &state->worker->attempt;

	if (state->hastened || due == 0 || state->started + due < 2)
		return;
	attempt->hasten(attempt->context);
	state->hastened = true;
}

/* Where it fails, the children have the keys of before. */
static void
refresh_keys(const State *state)
{
	g_autoptr(GError) error = NULL;

	if (!pgp_refresh(state->worker->attempt.pgp, &error))
		log_error(error);
}

static bool
start_due(State *state, GError **error)
{
	g_autoptr(GArray) receptions = reception_due(state->db, BATCH, error);
	g_autoptr(GArray) drafts = receptions != NULL ?
	    outbox_due_drafts(state->db, BATCH, error) : NULL;
	g_autoptr(GArray) verdicts = drafts != NULL ?
	    verdicts_due(state->db, BATCH, error) : NULL;

	if (verdicts == NULL)
		return false;
	state->more = false;
	refresh_keys(state);
	hasten(state, receptions->len + drafts->len);
	start_some(state, ATTEMPT_RECEPTION, receptions);
	start_some(state, ATTEMPT_DRAFT, drafts);
	start_some(state, ATTEMPT_VERIFY, verdicts);
	return true;
}

static bool
uncount(State *state, GError **error)
{
	while (state->forgive->len > 0) {
		if (!reception_forgive(state->db, g_array_index(state->forgive, gint64, 0),
		    "trouble", attempt_pause(1), error))
			return false;
		g_array_remove_index(state->forgive, 0);
	}
	return true;
}

/* A child that died, or had to be ended: whose fault was it? */
static bool
judge_death(State *state, const Job *job, GError **error)
{
	const Attempt *attempt = &state->worker->attempt;

	if (!attempt_blames(attempt, job->id, job->late)) {
		g_array_append_val(state->forgive, job->id);
		return true;
	}
	return reception_blame(state->db, job->id, job->late ? "deadline" : "died",
	    attempt_pause(1), error);
}

static bool
job_ended(State *state, const Job *job, int status, GError **error)
{
	if (WIFSIGNALED(status)) {
		pgp_sweep(state->worker->attempt.pgp);
		return job->kind != ATTEMPT_RECEPTION || state->db == NULL ||
		    judge_death(state, job, error);
	}
	switch (WEXITSTATUS(status)) {
	case ATTEMPT_AWAY:
		return error_set(error, SLUIS_ERROR_RETRY,
		    "reception %" G_GINT64_FORMAT ": no connection to the database", job->id);
	case ATTEMPT_BUSY:
		g_hash_table_add(state->skip, g_memdup2(job, sizeof *job));
		break;
	case ATTEMPT_FORGIVE:
		g_array_append_val(state->forgive, job->id);
		break;
	}
	return true;
}

/* After these, a mail has nothing under way any more. */
static bool
ended_well(int status)
{
	return WIFEXITED(status) && (WEXITSTATUS(status) == ATTEMPT_DONE ||
	    WEXITSTATUS(status) == ATTEMPT_BUSY || WEXITSTATUS(status) == ATTEMPT_LATER);
}

static bool
reap(State *state, GError **error)
{
	int status;

	for (guint i = state->jobs->len; i > 0; i--) {
		Job job = g_array_index(state->jobs, Job, i - 1);

		if (waitpid(job.pid, &status, WNOHANG) != job.pid)
			continue;
		g_array_remove_index_fast(state->jobs, i - 1);
		sessions_take_back(state->sessions, job.session, ended_well(status));
		if (!job_ended(state, &job, status, error))
			return false;
	}
	return true;
}

static void
end_late(State *state)
{
	gint64 now = g_get_monotonic_time();

	for (guint i = 0; i < state->jobs->len; i++) {
		Job *job = &g_array_index(state->jobs, Job, i);

		if (job->late || job->deadline > now)
			continue;
		job->late = true;
		attempt_end(job->pid);
	}
}

static void
read_signals(State *state)
{
	struct signalfd_siginfo info;

	while (read(state->signals, &info, sizeof info) == sizeof info)
		if (info.ssi_signo != SIGCHLD)
			state->ends = true;
}

/* Until the next sweep, the next deadline, or a slot may be free. */
static guint
patience(const State *state)
{
	gint64 wait = state->worker->attempt.settings->sweep * 1000;
	gint64 now = g_get_monotonic_time();

	if (state->more && state->jobs->len == 0)
		return SLOT_PAUSE;
	for (guint i = 0; i < state->jobs->len; i++) {
		gint64 left = g_array_index(state->jobs, Job, i).deadline - now;

		wait = MIN(wait, MAX(left / 1000 + 1, 1));
	}
	return (guint)wait;
}

/* What was busy is looked at again after news or a whole sweep, not each time
 * a child ends: somebody else has it. */
static bool
wait_for_news(State *state, GError **error)
{
	struct pollfd fd = { .fd = state->signals, .events = POLLIN };
	bool notified = false;

	if (state->more && state->jobs->len > 0) {
		poll(&fd, 1, (int)patience(state));
		return true;
	}
	if (!db_wait(state->db, state->signals, patience(state), &notified, error))
		return false;
	if (notified || poll(&fd, 1, 0) == 0)
		g_hash_table_remove_all(state->skip);
	return true;
}

static bool
turn(State *state, GError **error)
{
	read_signals(state);
	end_late(state);
	return reap(state, error) && connect_again(state, error) && uncount(state, error) &&
	    (state->ends || start_due(state, error));
}

/* What is in hand is finished, also when the database is away. */
static void
finish_jobs(State *state)
{
	while (state->jobs->len > 0) {
		struct pollfd fd = { .fd = state->signals, .events = POLLIN };
		g_autoptr(GError) error = NULL;

		poll(&fd, 1, 1000);
		read_signals(state);
		end_late(state);
		if (!reap(state, &error))
			log_error(error);
	}
}

static bool
run_once(State *state, GError **error)
{
	do {
		if (!turn(state, error))
			return false;
		if ((state->jobs->len > 0 || state->more) && !wait_for_news(state, error))
			return false;
	} while (state->jobs->len > 0 || state->more);
	return uncount(state, error);
}

static void
stay(State *state)
{
	guint pause = 0;

	while (!state->ends) {
		g_autoptr(GError) error = NULL;

		if (turn(state, &error) && (state->ends || wait_for_news(state, &error))) {
			pause = 0;
			continue;
		}
		if (pause == 0)
			log_error(error);
		g_clear_pointer(&state->db, db_close);
		sessions_drop(state->sessions);
		pause = pause == 0 ? 1 : MIN(pause * 2, LONGEST_PAUSE);
		poll(&(struct pollfd){ .fd = state->signals, .events = POLLIN }, 1, (int)pause * 1000);
		read_signals(state);
	}
}

bool
worker_run(const Worker *worker, GError **error)
{
	g_auto(State) state = { .worker = worker, .signals = -1 };
	bool done = true;

	if (!prepare(&state, error))
		return false;
	pgp_sweep(worker->attempt.pgp);
	if (worker->once) {
		done = run_once(&state, error);
	} else {
		log_info("started");
		stay(&state);
		log_info("ended");
	}
	finish_jobs(&state);
	return done;
}
