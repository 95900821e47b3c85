/* attempt - see attempt.h */

#include "attempt.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "error.h"
#include "log.h"

#if defined(__SANITIZE_ADDRESS__)
#define MOST_CPU 80			/* what is looked at so closely takes longer */
#else
#define MOST_CPU 20			/* seconds, of each process (T-14) */
#endif
#define TROUBLE_PAUSE 15		/* seconds until a tool may be well again */
#define AGENT_PATIENCE 5		/* seconds an agent has to answer */
#define BUSY_PAUSE 100000		/* microseconds until whoever has it may be done */

guint
attempt_pause(guint tries)
{
	return tries < 2 ? 5 : 60;
}

/* A mail that runs wild takes its own child down and nothing else. Memory is
 * counted as address space, which sanitizers use in terabytes. */
static void
limit_resources(const Settings *settings)
{
	const struct rlimit cpu = { MOST_CPU, MOST_CPU + 1 };
#if !defined(__SANITIZE_ADDRESS__)
	const rlim_t most = (rlim_t)(1024 * 1024 * 1024 + 8 * settings->most_size +
	    4 * settings->most_opened);
	const struct rlimit memory = { most, most };

	setrlimit(RLIMIT_AS, &memory);
#else
	(void)settings;
#endif
	setrlimit(RLIMIT_CPU, &cpu);
}

/* A tool's trouble is not the mail's: the try does not count (T-9). A tool that
 * died of the mail is (T-10), and what cannot be written down of that now is
 * counted already. */
static int
put_off(Db *db, const Reception *reception, const GError *why)
{
	g_autoptr(GError) again = NULL;

	log_warning("reception %" G_GINT64_FORMAT ": put off: %s", reception->id, why->message);
	if (!error_is(why, SLUIS_ERROR_HARM))
		return reception_forgive(db, reception->id, "trouble", TROUBLE_PAUSE, &again) ?
		    ATTEMPT_LATER : ATTEMPT_FORGIVE;
	if (!reception_blame(db, reception->id, "died", attempt_pause(reception->tries), &again))
		log_error(again);
	return ATTEMPT_LATER;
}

static int
work_on(const Attempt *attempt, Db *db, gint64 id)
{
	g_autoptr(Reception) reception = NULL;
	g_autoptr(GError) error = NULL;
	TryOutcome outcome = reception_try(db, id, (guint)attempt->settings->tries,
	    &reception, &error);

	if (error != NULL || outcome == TRY_BUSY)
		return ATTEMPT_BUSY;
	if (reception == NULL)
		return ATTEMPT_DONE;
	if (attempt->handle(attempt->context, db, reception, outcome == TRY_SPENT, &error))
		return ATTEMPT_DONE;
	return put_off(db, reception, error);
}

/* What has no tries of a mail's: a draft, a case. */
static int
work_beside(const Attempt *attempt, Db *db, AttemptKind kind, gint64 id)
{
	g_autoptr(GError) error = NULL;

	if (kind == ATTEMPT_DRAFT ? attempt->build(attempt->context, db, id, &error) :
	    attempt->verify(attempt->context, db, id, &error))
		return ATTEMPT_DONE;
	log_error(error);
	return ATTEMPT_BUSY;
}

static int
work(const Attempt *attempt, const Errand *errand, Db *db)
{
	int status = errand->kind == ATTEMPT_RECEPTION ? work_on(attempt, db, errand->id) :
	    work_beside(attempt, db, errand->kind, errand->id);

	pgp_leave(attempt->pgp);
	return status;
}

/* An inherited session is left for the parent as it was found, or it is ended. */
static int
child(const Attempt *attempt, const Errand *errand)
{
	g_autoptr(Db) own = NULL;
	g_autoptr(GError) error = NULL;
	int status;

	if (errand->session != NULL) {
		status = work(attempt, errand, errand->session);
		if (!db_is_idle(errand->session))
			db_break(errand->session);
		return status;
	}
	own = db_open_raw(attempt->settings->db_conninfo, "sluis_work", &error);
	return own != NULL ? work(attempt, errand, own) : ATTEMPT_AWAY;
}

/* The parent takes its signals from a descriptor; whatever runs in here is to
 * be ended by them again, and not to outlive it. */
static void
own_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGINT, SIG_IGN);	/* ^C is for the parent, who waits for us */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	setpgid(0, 0);			/* so that our gpg ends with us */
}

pid_t
attempt_start(const Attempt *attempt, const Errand *errand, Db *parents, Sessions *sessions,
    GError **error)
{
	pid_t pid = fork();

	if (pid < 0)
		error_errno(error, SLUIS_ERROR_RETRY, "fork");
	if (pid != 0)
		return pid;
	own_signals();			/* its slot is held by being open */
	if (parents != NULL)
		db_forget(parents);
	if (sessions != NULL)
		sessions_enter(sessions, errand->session);
	limit_resources(attempt->settings);
	_exit(child(attempt, errand));
}

void
attempt_end(pid_t pid)
{
	kill(-pid, SIGKILL);
	kill(pid, SIGKILL);
}

bool
attempt_blames(const Attempt *attempt, gint64 id, bool late)
{
	log_warning("reception %" G_GINT64_FORMAT ": its process %s", id,
	    late ? "passed the deadline" : "died");
	return !late || pgp_agent_answers(attempt->pgp, AGENT_PATIENCE);
}

/* True: it was ended by us. */
static bool
wait_for(pid_t pid, guint seconds, int *status)
{
	int fd = pidfd_open(pid, 0);
	struct pollfd ended = { .fd = fd, .events = POLLIN };
	bool late = poll(&ended, 1, (int)seconds * 1000) == 0;

	if (late)
		attempt_end(pid);
	close(fd);
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		continue;
	return late && WIFSIGNALED(*status);
}

/* What cannot be written down now stays counted, as the child left it. */
static void
judge_death(const Attempt *attempt, Db *db, gint64 id, bool late)
{
	pgp_sweep(attempt->pgp);
	if (attempt_blames(attempt, id, late))
		reception_blame(db, id, late ? "deadline" : "died", attempt_pause(1), NULL);
	else
		reception_forgive(db, id, "trouble", attempt_pause(1), NULL);
}

bool
attempt_once(const Attempt *attempt, const Errand *errand, Db *parents, guint seconds,
    GError **error)
{
	pid_t pid = attempt_start(attempt, errand, parents, NULL, error);
	bool late;
	int status;

	if (pid < 0)
		return false;
	late = wait_for(pid, seconds, &status);
	if (WIFEXITED(status) && WEXITSTATUS(status) == ATTEMPT_DONE)
		return true;
	if (WIFEXITED(status) && WEXITSTATUS(status) == ATTEMPT_BUSY) {
		g_usleep(BUSY_PAUSE);
		return true;
	}
	if (WIFSIGNALED(status))
		judge_death(attempt, parents, errand->id, late);
	else if (WEXITSTATUS(status) == ATTEMPT_FORGIVE)
		reception_forgive(parents, errand->id, "trouble", attempt_pause(1), NULL);
	return error_set(error, SLUIS_ERROR_RETRY, "reception %" G_GINT64_FORMAT
	    " is taken, and will be worked on later", errand->id);
}
