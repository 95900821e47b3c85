/*
 * db - one PostgreSQL session; the one fence around libpq
 *
 * Every program connects as the role of its work and may execute functions of
 * the schema, nothing else. Parameters are always bound. A session has an
 * empty search_path, synchronous_commit on and time limits (THREATS section
 * 4); server notices go nowhere.
 *
 * SQLSTATEs get their meaning by a table here: 08*, 40*, 53*, 55P03, 57* are
 * RETRY; the schema's own SQLSTATEs are SL001 (REFUSED: the message is for
 * people), SL002 (SETUP) and SL003 (RETRY); the rest is SETUP. The server's
 * words are passed on only where they cannot hold a value.
 */

#ifndef SLUIS_STORE_DB_H
#define SLUIS_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>
#include <glib.h>

typedef struct Db Db;
typedef struct Rows Rows;	/* a result */

/* role: "sluis_work"; conninfo without user. Checks that the schema's version
 * is the one this program was built for (T-11): SETUP if not. */
Db *db_open(const char *conninfo, const char *role, GError **error);
/* The same without the check, for migrate and intake. */
Db *db_open_raw(const char *conninfo, const char *role, GError **error);
/* Is there a server that takes connections, whoever may connect, and to what? */
bool db_server_answers(const char *conninfo);
void db_close(Db *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Db, db_close)

/* Bound parameters: built with the functions below, freed by the call. */
typedef struct Params Params;
Params *params_new(void);
Params *params_text(Params *params, const char *text);		/* NULL: null */
Params *params_int(Params *params, gint64 number);
Params *params_bool(Params *params, bool value);
Params *params_bytes(Params *params, GBytes *bytes);		/* NULL: null; copied by reference */
Params *params_time(Params *params, gint64 time);		/* 0: null */
Params *params_real(Params *params, double number);
Params *params_texts(Params *params, const GPtrArray *texts);	/* text[] */
Params *params_null(Params *params);

/* Takes params. NULL with an error. */
Rows *db_query(Db *db, const char *sql, Params *params, GError **error);
/* The same where exactly one row is expected; RETRY if not. */
Rows *db_row(Db *db, const char *sql, Params *params, GError **error);
/* The same where no result is wanted. */
bool db_do(Db *db, const char *sql, Params *params, GError **error);
/* Several statements, no parameters: only for schema files. */
bool db_script(Db *db, const char *sql, GError **error);

void rows_free(Rows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Rows, rows_free)
guint rows_count(const Rows *rows);
bool rows_null(const Rows *rows, guint row, const char *column);
const char *rows_text(const Rows *rows, guint row, const char *column);	/* NULL if null */
gint64 rows_int(const Rows *rows, guint row, const char *column);
double rows_real(const Rows *rows, guint row, const char *column);
bool rows_bool(const Rows *rows, guint row, const char *column);
gint64 rows_time(const Rows *rows, guint row, const char *column);
GBytes *rows_bytes(const Rows *rows, guint row, const char *column);	/* NULL if null */
GPtrArray *rows_texts(const Rows *rows, guint row, const char *column);	/* of text[] */

bool db_begin(Db *db, GError **error);
bool db_commit(Db *db, GError **error);
void db_rollback(Db *db);
bool db_in_transaction(const Db *db);	/* or in a pipeline */

/* Pipelining: between begin and end, db_do() only queues; db_pipeline_end()
 * sends what is left, reads all answers, and fails as the first that failed.
 * db_query() and db_row() in between do the same and give their own answer.
 * Outside a transaction all that is sent at once is one. */
void db_pipeline_begin(Db *db);
bool db_pipeline_end(Db *db, GError **error);

/* COPY ... FROM STDIN: rows in the server's text form, as many as one likes, in
 * pieces of any size. After begin nothing else goes before end. */
bool db_copy_begin(Db *db, const char *sql, GError **error);
bool db_copy_put(Db *db, const char *bytes, gsize length, GError **error);
bool db_copy_end(Db *db, GError **error);

/* LISTEN; waits until a notification, readable input on fd (-1: none) or the
 * time is over. True with *notified set; false with RETRY when the
 * connection is gone. */
bool db_listen(Db *db, const char *channel, GError **error);
bool db_wait(Db *db, int fd, guint milliseconds, bool *notified, GError **error);
int db_socket(const Db *db);

/* In a forked child: forget the parent's connection without closing it. */
void db_forget(Db *db);

/*
 * A session may be opened by a parent and used by a forked child, one at a
 * time, so that its catalog caches and plans serve many; not where encryption
 * keeps a state in this process. It is idle when nothing is under way in it
 * and the server has nothing to say: only so may it change hands.
 */
bool db_inheritable(const Db *db);
bool db_is_idle(const Db *db);

/*
 * For a session that is asked the same again and again: the server keeps each
 * statement by a name made of its text, parsed and planned, so that whoever has the
 * session next may use it. After a failure none goes by name any more.
 */
void db_keep_statements(Db *db);

/* A session comes back: gives up all its advisory locks, and learns which
 * statements it has been given meanwhile. */
bool db_give_back(Db *db, GError **error);

/* Ends a session, also where other processes have its descriptor: the server
 * lets go of its locks now and not when the last of them has ended. */
void db_break(Db *db);

#endif
