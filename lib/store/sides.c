/* sides - see sides.h */

#include "sides.h"

#include <string.h>

#include "cases.h"
#include "directory.h"
#include "error.h"
#include "ids.h"

void
side_free(Side *side)
{
	if (side == NULL)
		return;
	g_free(side->role);
	g_free(side->name);
	g_free(side->title);
	g_free(side->language);
	g_free(side->asked);
	g_free(side->state);
	g_free(side->said_how);
	g_clear_pointer(&side->wrapped, g_bytes_unref);
	g_clear_pointer(&side->record, g_bytes_unref);
	g_clear_pointer(&side->number_wrapped, g_bytes_unref);
	g_clear_pointer(&side->own_number, g_bytes_unref);
	g_free(side);
}

/* Organisations have handles; who has none goes by the role, and the second of
 * a role by its number as well. */
static char *
name_of(const Rows *rows, guint row)
{
	const char *handle = rows_text(rows, row, "name");
	const char *role = rows_text(rows, row, "role");

	if (handle != NULL)
		return g_strdup(handle);
	for (guint i = 0; i < row; i++)
		if (rows_null(rows, i, "name") && strcmp(rows_text(rows, i, "role"), role) == 0)
			return g_strdup_printf("%s-%d", role, (int)rows_int(rows, row, "number"));
	return g_strdup(role);
}

static Side *
side_of_row(const Rows *rows, guint row, guint case_no)
{
	Side *side = g_new0(Side, 1);

	side->case_no = case_no;
	side->id = rows_int(rows, row, "id");
	side->number = (guint)rows_int(rows, row, "number");
	side->epoch = (guint)rows_int(rows, row, "epoch");
	side->role = g_strdup(rows_text(rows, row, "role"));
	side->participant = (int)rows_int(rows, row, "participant");
	side->reporter = rows_int(rows, row, "reporter");
	side->name = name_of(rows, row);
	side->title = g_strdup(rows_text(rows, row, "title"));
	side->language = g_strdup(rows_text(rows, row, "language"));
	side->told = rows_bool(rows, row, "told");
	side->wrapped = rows_bytes(rows, row, "wrapped");
	side->record = rows_bytes(rows, row, "record");
	side->number_wrapped = rows_bytes(rows, row, "number_wrapped");
	side->own_number = rows_bytes(rows, row, "own_number");
	side->direct = rows_bool(rows, row, "direct");
	side->hidden = rows_bool(rows, row, "hidden");
	side->bridge = rows_null(rows, row, "bridge") ? 0 : (int)rows_int(rows, row, "bridge");
	side->asked = g_strdup(rows_text(rows, row, "asked"));
	side->state = g_strdup(rows_text(rows, row, "state"));
	side->said = (guint)rows_int(rows, row, "said");
	side->said_how = g_strdup(rows_text(rows, row, "said_how"));
	return side;
}

GPtrArray *
sides_of(Db *db, guint case_no, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.sides_now($1)",
	    params_int(params_new(), case_no), error);
	GPtrArray *sides;

	if (rows == NULL)
		return NULL;
	sides = g_ptr_array_new_with_free_func((GDestroyNotify)side_free);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(sides, side_of_row(rows, i, case_no));
	return sides;
}

Side *
side_named(const GPtrArray *sides, const char *name)
{
	for (guint i = 0; i < sides->len; i++) {
		Side *side = g_ptr_array_index(sides, i);

		if (g_ascii_strcasecmp(side->name, name) == 0)
			return side;
	}
	return NULL;
}

Side *
side_of_id(const GPtrArray *sides, gint64 id)
{
	for (guint i = 0; i < sides->len; i++) {
		Side *side = g_ptr_array_index(sides, i);

		if (id != 0 && side->id == id)
			return side;
	}
	return NULL;
}

static guint
next_number(const GPtrArray *sides)
{
	const Side *last = sides->len > 0 ? g_ptr_array_index(sides, sides->len - 1) : NULL;

	return last != NULL ? last->number + 1 : 0;
}

Side *
side_add(GPtrArray *sides, Db *db, guint case_no, const char *handle, const char *role,
    GError **error)
{
	g_autoptr(Side) side = g_new0(Side, 1);
	Side *added;

	side->participant = directory_participant(db, handle, &side->title, &side->language, error);
	if (side->participant <= 0)
		return NULL;
	side->case_no = case_no;
	side->number = next_number(sides);
	side->role = g_strdup(role);
	side->name = g_strdup(handle);
	added = g_steal_pointer(&side);
	g_ptr_array_add(sides, added);
	return added;
}

bool
side_open(Db *db, Side *side, GError **error)
{
	guint number;

	if (side->id != 0)
		return true;
	side->id = case_add_party(db, side->case_no, side->role, side->participant,
	    side->reporter, side->language, &number, error);
	if (side->id == 0)
		return false;
	return number == side->number || error_set(error, SLUIS_ERROR_RETRY,
	    "another party was faster to take the number %u", side->number);
}

bool
side_put_number(Db *db, const Side *side, int analyst, GBytes *wrapped, GBytes *number,
    GError **error)
{
	Params *params = params_int(params_int(params_new(), side->id), analyst);

	return db_do(db, "select sluis.put_party_number($1, $2, $3, $4)",
	    params_bytes(params_bytes(params, wrapped), number), error);
}

bool
side_set_bridge(Db *db, const Side *side, int analyst, bool on, GError **error)
{
	Params *params = params_int(params_int(params_new(), side->id), analyst);

	return db_do(db, "select sluis.set_bridge($1, $2, $3)", params_bool(params, on), error);
}

bool
sides_mark_direct(Db *db, const GPtrArray *sides, GError **error)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < sides->len; i++) {
		const Side *side = g_ptr_array_index(sides, i);

		g_ptr_array_add(ids, g_strdup_printf("%" G_GINT64_FORMAT, side->id));
	}
	return db_do(db, "select sluis.mark_direct($1::bigint[])", params_texts(params_new(), ids), error);
}

void
waiting_free(Waiting *waiting)
{
	if (waiting == NULL)
		return;
	g_free(waiting->kind);
	g_free(waiting->hash);
	g_free(waiting->reason);
	g_clear_pointer(&waiting->wrapped, g_bytes_unref);
	g_clear_pointer(&waiting->record, g_bytes_unref);
	g_free(waiting);
}

static Waiting *
waiting_of_row(const Rows *rows, guint row)
{
	Waiting *waiting = g_new0(Waiting, 1);

	waiting->id = rows_int(rows, row, "id");
	waiting->party = rows_int(rows, row, "party");
	waiting->kind = g_strdup(rows_text(rows, row, "kind"));
	waiting->hash = g_strdup(rows_text(rows, row, "hash"));
	waiting->reason = g_strdup(rows_text(rows, row, "reason"));
	waiting->wrapped = rows_bytes(rows, row, "wrapped");
	waiting->record = rows_bytes(rows, row, "record");
	return waiting;
}

GPtrArray *
sides_waiting(Db *db, guint case_no, bool droppable, GError **error)
{
	g_autoptr(Rows) rows = db_query(db, "select * from sluis.to_confirm($1, $2)",
	    params_bool(params_int(params_new(), case_no), droppable), error);
	GPtrArray *all;

	if (rows == NULL)
		return NULL;
	all = g_ptr_array_new_with_free_func((GDestroyNotify)waiting_free);
	for (guint i = 0; i < rows_count(rows); i++)
		g_ptr_array_add(all, waiting_of_row(rows, i));
	return all;
}

Rows *
sides_waiting_rows(Db *db, guint case_no, GError **error)
{
	return db_query(db, "select * from sluis.to_confirm($1, true)",
	    params_int(params_new(), case_no), error);
}

Rows *
sides_held_cases(Db *db, int analyst, GError **error)
{
	return db_query(db, "select * from sluis.held_cases($1)", params_int(params_new(), analyst),
	    error);
}

bool
sides_ask_confirm(Db *db, gint64 outbox, guint case_no, int analyst, const char *hash,
    GError **error)
{
	Params *params = params_int(params_int(params_new(), outbox), case_no);

	return db_do(db, "select sluis.ask_confirm($1, $2, $3, $4)",
	    params_text(params_int(params, analyst), hash), error);
}

bool
sides_replace(Db *db, const Side *side, int analyst, GError **error)
{
	return db_do(db, "select sluis.replace_held($1, $2)",
	    params_int(params_int(params_new(), side->id), analyst), error);
}

bool
sides_confirm(Db *db, gint64 outbox, int analyst, gint64 delay, GError **error)
{
	Params *params = params_int(params_int(params_new(), outbox), analyst);

	return db_do(db, "select sluis.confirm_outgoing($1, $2, $3)", params_int(params, delay), error);
}

bool
sides_forget_progress(Db *db, guint case_no, GError **error)
{
	return db_do(db, "select sluis.forget_progress($1)", params_int(params_new(), case_no), error);
}

bool
sides_stop(Db *db, gint64 outbox, int analyst, GError **error)
{
	return db_do(db, "select sluis.stop_outgoing($1, $2)",
	    params_int(params_int(params_new(), outbox), analyst), error);
}
