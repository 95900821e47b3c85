/* db_rows - what a statement answers; see db.h */

#include "db_private.h"

#include <string.h>

/* Counted, since the bytes handed out are those of the result itself. */
struct Rows {
	PGresult *result;
};

static void
rows_clear(void *rows)
{
	PQclear(((Rows *)rows)->result);
}

Rows *
rows_new(PGresult *result)
{
	Rows *rows = g_atomic_rc_box_new0(Rows);

	rows->result = result;
	return rows;
}

void
rows_free(Rows *rows)
{
	if (rows != NULL)
		g_atomic_rc_box_release_full(rows, rows_clear);
}

guint
rows_count(const Rows *rows)
{
	return (guint)PQntuples(rows->result);
}

/* A column that is not there is a mistake of ours. */
static int
column_of(const Rows *rows, guint row, const char *column)
{
	int number = PQfnumber(rows->result, column);

	g_assert(number >= 0);
	g_assert(row < rows_count(rows));
	return number;
}

static Oid
type_of(const Rows *rows, int number)
{
	return PQftype(rows->result, number);
}

bool
rows_null(const Rows *rows, guint row, const char *column)
{
	return PQgetisnull(rows->result, (int)row, column_of(rows, row, column)) != 0;
}

const char *
rows_text(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);

	g_assert(type_of(rows, number) == TYPE_TEXT);
	if (PQgetisnull(rows->result, (int)row, number))
		return NULL;
	return PQgetvalue(rows->result, (int)row, number);	/* libpq ends it with a NUL */
}

static gint64
big_endian(const char *bytes, int length)
{
	gint64 number = (bytes[0] & 0x80) != 0 ? -1 : 0;

	for (int i = 0; i < length; i++)
		number = number * 256 + (unsigned char)bytes[i];
	return number;
}

gint64
rows_int(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);
	Oid type = type_of(rows, number);

	g_assert(type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2);
	if (PQgetisnull(rows->result, (int)row, number))
		return 0;
	return big_endian(PQgetvalue(rows->result, (int)row, number),
	    PQgetlength(rows->result, (int)row, number));
}

double
rows_real(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);
	gint64 bits;
	double real;

	g_assert(type_of(rows, number) == TYPE_FLOAT8);
	if (PQgetisnull(rows->result, (int)row, number))
		return 0;
	bits = big_endian(PQgetvalue(rows->result, (int)row, number), 8);
	memcpy(&real, &bits, sizeof(real));
	return real;
}

bool
rows_bool(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);

	g_assert(type_of(rows, number) == TYPE_BOOL);
	return !PQgetisnull(rows->result, (int)row, number) &&
	    PQgetvalue(rows->result, (int)row, number)[0] != 0;
}

gint64
rows_time(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);

	g_assert(type_of(rows, number) == TYPE_TIME);
	if (PQgetisnull(rows->result, (int)row, number))
		return 0;
	return big_endian(PQgetvalue(rows->result, (int)row, number), 8) + DB_EPOCH;
}

/* Not copied: the bytes keep the result they are in. */
GBytes *
rows_bytes(const Rows *rows, guint row, const char *column)
{
	int number = column_of(rows, row, column);

	g_assert(type_of(rows, number) == TYPE_BYTEA);
	if (PQgetisnull(rows->result, (int)row, number))
		return NULL;
	return g_bytes_new_with_free_func(PQgetvalue(rows->result, (int)row, number),
	    (gsize)PQgetlength(rows->result, (int)row, number), (GDestroyNotify)rows_free,
	    g_atomic_rc_box_acquire((Rows *)rows));
}

/* See params_texts(); the lengths are the server's, not a stranger's. */
GPtrArray *
rows_texts(const Rows *rows, guint row, const char *column)
{
	GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
	int number = column_of(rows, row, column);
	const char *wire = PQgetvalue(rows->result, (int)row, number);
	gint64 count;

	g_assert(type_of(rows, number) == TYPE_TEXTS);
	if (PQgetisnull(rows->result, (int)row, number) || big_endian(wire, 4) == 0)
		return texts;
	count = big_endian(wire + 12, 4);
	wire += 20;
	for (gint64 i = 0; i < count; i++) {
		gint64 length = big_endian(wire, 4);

		g_ptr_array_add(texts, g_strndup(wire + 4, (gsize)MAX(length, 0)));
		wire += 4 + MAX(length, 0);
	}
	return texts;
}
