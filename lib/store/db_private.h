/*
 * db_private - what the halves of the fence around libpq share
 *
 * db.c has the session, db_params.c what goes in, db_rows.c what comes out,
 * db_prepared.c what is asked again and again, db_copy.c what goes in by the
 * thousand. All but the last use the binary format: nothing large is ever copied as hex.
 */

#ifndef SLUIS_STORE_DB_PRIVATE_H
#define SLUIS_STORE_DB_PRIVATE_H

#include <libpq-fe.h>

#include "db.h"

/* Types by their fixed numbers (pg_type.dat); these never change. */
typedef enum {
	TYPE_INFERRED = 0,	/* from the function it is passed to */
	TYPE_BOOL = 16,
	TYPE_BYTEA = 17,
	TYPE_INT8 = 20,
	TYPE_INT2 = 21,
	TYPE_INT4 = 23,
	TYPE_TEXT = 25,
	TYPE_FLOAT8 = 701,
	TYPE_TEXTS = 1009,
	TYPE_TIME = 1184,
} DbType;

/* Seconds from 1970 to 2000, where PostgreSQL's clock begins. */
#define DB_EPOCH (G_GINT64_CONSTANT(946684800) * G_USEC_PER_SEC)

/* The arrays libpq wants; they live as long as params. */
typedef struct {
	int count;
	const Oid *types;
	const char *const *values;
	const int *lengths, *formats;
} Bound;

void params_bind(Params *params, Bound *bound);	/* NULL: none */
void params_free(Params *params);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Params, params_free)

struct Db {
	PGconn *connection;
	guint queued;		/* answers of a pipeline not read yet */
	bool pipeline;
	GHashTable *prepared;	/* names of statements the session has; NULL: none are kept */
};

/* Gives a failed result its meaning, NULL a lost connection; false. Which of the
 * statements sent with it were prepared is not known, so that from here on none goes
 * by name. */
bool db_failed(Db *db, const PGresult *result, GError **error);

/* Sends a statement, or carries it out: by name in a session that keeps them, into
 * which it is put the first time. */
bool db_send(Db *db, const char *sql, const Bound *bound);
PGresult *db_carry_out(Db *db, const char *sql, const Bound *bound);

Rows *rows_new(PGresult *result);	/* takes result */

#endif
