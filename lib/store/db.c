/* db - one PostgreSQL session; see db.h */

#include "db_private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "error.h"
#include "migrate.h"

/*
 * What a SQLSTATE means, by its beginning; the first row that fits. The words
 * of the server are passed on only where they cannot hold a value: those of
 * data exceptions (22) and violated constraints (23) quote the row.
 */
static const struct {
	const char *state;
	SluisError code;
	bool speak;
} meanings[] = {
	{ "SL001", SLUIS_ERROR_REFUSED, true },
	{ "SL002", SLUIS_ERROR_SETUP,   true },
	{ "SL003", SLUIS_ERROR_RETRY,   true },
	{ "08",    SLUIS_ERROR_RETRY,   true },		/* connection */
	{ "25006", SLUIS_ERROR_RETRY,   true },		/* read only: a standby */
	{ "25P03", SLUIS_ERROR_RETRY,   true },		/* idle in transaction too long */
	{ "40",    SLUIS_ERROR_RETRY,   false },	/* deadlock, serialization */
	{ "53",    SLUIS_ERROR_RETRY,   true },		/* resources */
	{ "55P03", SLUIS_ERROR_RETRY,   true },		/* lock timeout */
	{ "57",    SLUIS_ERROR_RETRY,   true },		/* cancelled, shutting down */
	{ "58",    SLUIS_ERROR_RETRY,   false },	/* the server's disk */
	{ "3D",    SLUIS_ERROR_SETUP,   true },		/* no such database */
	{ "3F",    SLUIS_ERROR_SETUP,   true },		/* no such schema */
	{ "42",    SLUIS_ERROR_SETUP,   true },		/* statement or rights wrong */
	{ "",      SLUIS_ERROR_SETUP,   false },
};

/* Every session is set up by its start packet, which outranks what PGOPTIONS
 * says and costs no round trip. The roles have the same settings of their own
 * for whoever comes by another way (schema/roles.sql). Statements are short, and
 * a child is a session of its own: compiling one takes a thousand times as long
 * as carrying it out. */
static const char options[] =
    "-c search_path= -c synchronous_commit=on -c statement_timeout=30s"
    " -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    " -c jit=off -c client_min_messages=error -c DateStyle=ISO -c TimeZone=UTC";

static void
be_silent(void *nothing, const char *notice)
{
	(void)nothing;
	(void)notice;
}

static bool
lost(Db *db, GError **error)
{
	g_autofree char *message = g_strdup(PQerrorMessage(db->connection));

	g_strdelimit(g_strchomp(message), "\r\n\t", ' ');
	return error_set(error, SLUIS_ERROR_RETRY, "no connection to the database: %s", message);
}

/* Gives a failed result its meaning. */
bool
db_failed(Db *db, const PGresult *result, GError **error)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
	guint i = 0;

	g_clear_pointer(&db->prepared, g_hash_table_unref);
	if (state == NULL)
		return lost(db, error);
	while (!g_str_has_prefix(state, meanings[i].state))
		i++;
	if (g_str_has_prefix(state, "SL"))
		return error_set(error, meanings[i].code, "%s", text);
	return error_set(error, meanings[i].code, "database: SQLSTATE %s%s%s", state,
	    meanings[i].speak || constraint != NULL ? ": " : "",
	    meanings[i].speak ? text : constraint != NULL ? constraint : "");
}

static bool
is_good(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);

	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

Db *
db_open_raw(const char *conninfo, const char *role, GError **error)
{
	/* A name of the schema's own, so that the log says who it was. */
	const char *const names[] = { "dbname", "client_encoding", "options",
	    "fallback_application_name", role != NULL ? "user" : NULL, NULL };
	const char *const values[] = { conninfo, "UTF8", options, "sluis", role, NULL };
	g_autoptr(Db) db = g_new0(Db, 1);

	db->connection = PQconnectdbParams(names, values, 1);
	if (PQstatus(db->connection) != CONNECTION_OK) {
		lost(db, error);
		return NULL;
	}
	PQsetNoticeProcessor(db->connection, be_silent, NULL);
	return g_steal_pointer(&db);
}

bool
db_server_answers(const char *conninfo)
{
	return PQping(conninfo) == PQPING_OK;
}

Db *
db_open(const char *conninfo, const char *role, GError **error)
{
	g_autoptr(Db) db = db_open_raw(conninfo, role, error);
	g_autoptr(Rows) row = NULL;
	gint64 version;

	if (db == NULL)
		return NULL;
	row = db_row(db, "select sluis.version() as version", NULL, error);
	if (row == NULL) {
		g_prefix_error(error, "cannot tell the version of the schema: ");
		return NULL;
	}
	version = rows_int(row, 0, "version");
	if (version != migrate_version()) {
		error_set(error, SLUIS_ERROR_SETUP, "the database has schema version %d, this "
		    "program needs %u: run \"sluis migrate\", or the program that fits",
		    (int)version, migrate_version());
		return NULL;
	}
	return g_steal_pointer(&db);
}

void
db_close(Db *db)
{
	if (db == NULL)
		return;
	PQfinish(db->connection);
	g_clear_pointer(&db->prepared, g_hash_table_unref);
	g_free(db);
}

/* PQfinish() would say good-bye for the parent; it may say so to nobody. */
void
db_forget(Db *db)
{
	int nobody = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nobody >= 0 && PQsocket(db->connection) >= 0)
		dup2(nobody, PQsocket(db->connection));
	if (nobody >= 0)
		close(nobody);
	db_close(db);
}

bool
db_inheritable(const Db *db)
{
	return !PQsslInUse(db->connection) && !PQgssEncInUse(db->connection);
}

bool
db_is_idle(const Db *db)
{
	struct pollfd file = { .fd = PQsocket(db->connection), .events = POLLIN };

	return PQstatus(db->connection) == CONNECTION_OK && !db->pipeline &&
	    PQtransactionStatus(db->connection) == PQTRANS_IDLE && poll(&file, 1, 0) == 0;
}

void
db_break(Db *db)
{
	if (PQsocket(db->connection) >= 0)
		shutdown(PQsocket(db->connection), SHUT_RDWR);
	db_close(db);
}

static bool
queue(Db *db, const char *sql, Params *params, GError **error)
{
	Bound bound;

	params_bind(params, &bound);
	if (!db_send(db, sql, &bound))
		return lost(db, error);
	db->queued++;
	return true;
}

/* Keeps the first failure, or the last result; takes result. */
static void
keep(PGresult **kept, PGresult *result)
{
	if (*kept != NULL && PQresultStatus(*kept) == PGRES_FATAL_ERROR) {
		PQclear(result);
		return;
	}
	PQclear(*kept);
	*kept = result;
}

/* Sends what is queued and reads all answers up to the sync point, behind
 * which the server has also committed what needed no "commit". */
static PGresult *
collect(Db *db)
{
	PGresult *kept = NULL, *result;
	bool ended = !PQpipelineSync(db->connection);
	guint nothing = 0;

	while (!ended && nothing < 2) {
		result = PQgetResult(db->connection);
		nothing = result == NULL ? nothing + 1 : 0;
		ended = result != NULL && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
		if (ended)
			PQclear(result);
		else if (result != NULL)
			keep(&kept, result);
	}
	db->queued = 0;
	if (ended && PQstatus(db->connection) == CONNECTION_OK)
		return kept;
	PQclear(kept);
	return NULL;
}

static PGresult *
execute(Db *db, const char *sql, Params *params, GError **error)
{
	Bound bound;

	if (db->pipeline)
		return queue(db, sql, params, error) ? collect(db) : NULL;
	params_bind(params, &bound);
	return db_carry_out(db, sql, &bound);
}

Rows *
db_query(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Params) owned = params;
	PGresult *result = execute(db, sql, owned, error);

	if (result != NULL && is_good(result))
		return rows_new(result);
	if (error == NULL || *error == NULL)
		db_failed(db, result, error);
	PQclear(result);
	return NULL;
}

Rows *
db_row(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, sql, params, error);

	if (rows == NULL)
		return NULL;
	if (rows_count(rows) == 1)
		return g_steal_pointer(&rows);
	error_set(error, SLUIS_ERROR_RETRY, "database: %u rows where one was expected",
	    rows_count(rows));
	return NULL;
}

bool
db_do(Db *db, const char *sql, Params *params, GError **error)
{
	g_autoptr(Params) owned = params;
	g_autoptr(Rows) rows = NULL;

	if (db->pipeline)
		return queue(db, sql, owned, error);
	rows = db_query(db, sql, g_steal_pointer(&owned), error);
	return rows != NULL;
}

/* Where in a script the server found fault, as a line counted from 1. */
static guint
line_of(const char *sql, const PGresult *result)
{
	const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
	guint line = 1;

	for (guint64 n = position != NULL ? g_ascii_strtoull(position, NULL, 10) : 0;
	    n > 1 && *sql != '\0'; n--, sql++)
		line += *sql == '\n';
	return line;
}

bool
db_script(Db *db, const char *sql, GError **error)
{
	PGresult *result = PQexec(db->connection, sql);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	bool good = is_good(result);

	if (!good && text != NULL)
		error_set(error, SLUIS_ERROR_SETUP, "line %u: %s", line_of(sql, result), text);
	else if (!good)
		lost(db, error);
	PQclear(result);
	return good;
}

bool
db_begin(Db *db, GError **error)
{
	return db_do(db, "begin", NULL, error);
}

/* "commit" of a transaction that has failed is a rollback, and no error. */
bool
db_commit(Db *db, GError **error)
{
	PGresult *result;
	bool good;

	if (db->pipeline)
		return queue(db, "commit", NULL, error);
	result = PQexec(db->connection, "commit");
	good = is_good(result);
	if (!good)
		db_failed(db, result, error);
	else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
		good = error_set(error, SLUIS_ERROR_RETRY, "database: rolled back, not committed");
	PQclear(result);
	return good;
}

void
db_rollback(Db *db)
{
	if (db->pipeline)
		db_pipeline_end(db, NULL);
	if (PQtransactionStatus(db->connection) != PQTRANS_IDLE)
		PQclear(PQexec(db->connection, "rollback"));
}

bool
db_in_transaction(const Db *db)
{
	PGTransactionStatusType status = PQtransactionStatus(db->connection);

	return status != PQTRANS_IDLE || db->pipeline;
}

void
db_pipeline_begin(Db *db)
{
	db->pipeline = PQenterPipelineMode(db->connection) != 0;
	g_assert(db->pipeline || PQstatus(db->connection) != CONNECTION_OK);
}

bool
db_pipeline_end(Db *db, GError **error)
{
	PGresult *result;
	bool good = true;

	if (!db->pipeline)
		return true;
	if (db->queued > 0) {
		result = collect(db);
		good = result != NULL && is_good(result);
		if (!good)
			db_failed(db, result, error);
		PQclear(result);
	}
	PQexitPipelineMode(db->connection);
	db->pipeline = false;
	return good;
}

bool
db_listen(Db *db, const char *channel, GError **error)
{
	char *name = PQescapeIdentifier(db->connection, channel, strlen(channel));
	g_autofree char *sql = g_strdup_printf("listen %s", name);

	PQfreemem(name);
	return db_do(db, sql, NULL, error);
}

static bool
take_notifications(Db *db)
{
	PGnotify *notify;
	bool any = false;

	while ((notify = PQnotifies(db->connection)) != NULL) {
		PQfreemem(notify);
		any = true;
	}
	return any;
}

bool
db_wait(Db *db, int fd, guint milliseconds, bool *notified, GError **error)
{
	struct pollfd files[] = {
		{ .fd = PQsocket(db->connection), .events = POLLIN },
		{ .fd = fd, .events = POLLIN },
	};

	*notified = take_notifications(db);
	if (*notified)
		return true;
	if (poll(files, G_N_ELEMENTS(files), (int)MIN(milliseconds, G_MAXINT)) < 0 && errno != EINTR)
		return error_errno(error, SLUIS_ERROR_RETRY, "poll");
	if (!PQconsumeInput(db->connection) || PQstatus(db->connection) != CONNECTION_OK)
		return lost(db, error);
	*notified = take_notifications(db);
	return true;
}

int
db_socket(const Db *db)
{
	return PQsocket(db->connection);
}
