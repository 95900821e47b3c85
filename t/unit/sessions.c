/* sessions - what a child inherits, and what the next one never sees of it */

#include "cluster.h"

#include "sessions.h"

#define LOCK "4711"

static Cluster *cluster;

static gint64
number(Db *db, const char *sql)
{
	GError *error = NULL;
	g_autoptr(Rows) row = db_row(db, sql, NULL, &error);

	g_assert_no_error(error);
	return rows_int(row, 0, "n");
}

static gint64
backend(Db *db)
{
	return number(db, "select pg_backend_pid() as n");
}

static gint64
locked(void)
{
	return cluster_number(cluster, "select count(*) as n from pg_locks "
	    "where locktype = 'advisory' and objid = " LOCK);
}

/* A child that does what it is told in its session, and ends or stays. */
static pid_t
child(Sessions *sessions, Db *own, const char *sql, bool stays)
{
	int pipes[2];
	pid_t pid;
	char byte;

	g_assert_cmpint(pipe(pipes), ==, 0);
	pid = fork();
	if (pid == 0) {
		sessions_enter(sessions, own);
		if (!db_do(own, sql, NULL, NULL) || write(pipes[1], "x", 1) != 1)
			_exit(1);
		while (stays)
			pause();
		_exit(0);
	}
	close(pipes[1]);
	g_assert_cmpint(read(pipes[0], &byte, 1), ==, 1);
	close(pipes[0]);
	return pid;
}

static void
await(pid_t pid)
{
	int status;

	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
}

static void
test_again(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *session = sessions_lend(sessions), *other;
	gint64 pid = backend(session);

	await(child(sessions, session, "select pg_advisory_lock(" LOCK ")", false));
	g_assert_cmpint(locked(), ==, 1);
	other = sessions_lend(sessions);
	g_assert_cmpint(backend(other), !=, pid);
	sessions_take_back(sessions, session, true);
	g_assert_cmpint(locked(), ==, 0);
	g_assert_true(sessions_lend(sessions) == session);
	g_assert_cmpint(backend(session), ==, pid);
}

/* What one child prepared is there for the next, and known to it. */
static void
test_prepared(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *session = sessions_lend(sessions);

	for (int i = 0; i < 3; i++) {
		await(child(sessions, session, "select 4711", false));
		sessions_take_back(sessions, session, true);
		g_assert_true(sessions_lend(sessions) == session);
	}
	g_assert_cmpint(number(session, "select count(*) as n from pg_catalog.pg_prepared_statements "
	    "where statement = 'select 4711'"), ==, 1);
}

/* Each child closed what is not its own, so that the other can go on. */
static void
test_others(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *one = sessions_lend(sessions), *two = sessions_lend(sessions);

	await(child(sessions, one, "select 1", false));
	await(child(sessions, two, "select 1", false));
	sessions_take_back(sessions, one, true);
	await(child(sessions, two, "select 2", false));
	g_assert_cmpint(number(one, "select 1 as n"), ==, 1);
}

/* Its descriptor lives on in a sibling that does not end and has not even
 * closed it: the lock is free all the same. */
static void
test_killed(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *one = sessions_lend(sessions), *two = sessions_lend(sessions);
	gint64 pid = backend(one);
	pid_t killed = child(sessions, one, "select pg_advisory_lock(" LOCK ")", true);
	pid_t sibling = fork();

	while (sibling == 0)
		pause();
	kill(killed, SIGKILL);
	await(killed);
	g_assert_cmpint(locked(), ==, 1);
	sessions_take_back(sessions, one, false);
	for (int tries = 0; tries < 200 && locked() != 0; tries++)
		g_usleep(10000);
	g_assert_cmpint(locked(), ==, 0);
	g_assert_cmpint(backend(sessions_lend(sessions)), !=, pid);
	g_assert_cmpint(number(two, "select 1 as n"), ==, 1);
	kill(sibling, SIGKILL);
	await(sibling);
}

/* What a child left open is undone, and the session not used any more. */
static void
test_left_open(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *session = sessions_lend(sessions);
	gint64 pid = backend(session);

	await(child(sessions, session, "begin", false));
	sessions_take_back(sessions, session, true);
	g_assert_cmpint(backend(sessions_lend(sessions)), !=, pid);
}

static void
test_server_ended_it(void)
{
	g_autoptr(Sessions) sessions = sessions_new(cluster->conninfo);
	Db *session = sessions_lend(sessions);
	gint64 pid = backend(session);
	g_autofree char *end = g_strdup_printf("select pg_terminate_backend(%" G_GINT64_FORMAT
	    ", 10000)", pid);

	sessions_take_back(sessions, session, true);
	cluster_do(cluster, end);
	g_assert_cmpint(backend(sessions_lend(sessions)), !=, pid);
	sessions_drop(sessions);
}

static void
test_none(void)
{
	g_autoptr(Sessions) sessions = sessions_new("host=/nonexistent dbname=sluis");

	g_assert_null(sessions_lend(sessions));
	sessions_take_back(sessions, NULL, true);
}

int
main(int argc, char *argv[])
{
	static const ClusterTest tests[] = {
		{ "/sessions/again", test_again }, { "/sessions/others", test_others },
		{ "/sessions/prepared", test_prepared },
		{ "/sessions/killed", test_killed }, { "/sessions/left-open", test_left_open },
		{ "/sessions/server-ended-it", test_server_ended_it },
		{ "/sessions/none", test_none },
		{ 0 }
	};

	return cluster_prove(argc, argv, &cluster, NULL, tests);
}
