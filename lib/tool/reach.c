/* reach - see reach.h */

#include "reach.h"

#include <string.h>

#include "admin.h"

static void
reach_free(gpointer data)
{
	Reach *reach = data;

	g_free(reach->name);
	g_free(reach->address);
	g_free(reach->deputy_of);
	g_free(reach->fingerprint);
	g_free(reach->unusable);
	g_free(reach->returned);
	g_free(reach);
}

/* Its owner's number, apart from those of the other kind. */
static gpointer
owner_of(bool analyst, gint64 id)
{
	return GINT_TO_POINTER(analyst ? -(int)id : (int)id);
}

static Reach *
reach_add(GPtrArray *list, GHashTable *by_owner, bool analyst, gint64 id)
{
	Reach *reach = g_new0(Reach, 1);

	reach->analyst = analyst;
	reach->unusable = g_strdup("no key");
	g_ptr_array_add(list, reach);
	g_hash_table_insert(by_owner, owner_of(analyst, id), reach);
	return reach;
}

static bool
add_contacts(GPtrArray *list, GHashTable *by_owner, Db *db, GError **error)
{
	g_autoptr(Rows) rows = admin_contacts(db, 0, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		Reach *reach = reach_add(list, by_owner, false, rows_int(rows, i, "id"));
		g_autoptr(GPtrArray) receives = rows_texts(rows, i, "receives");

		reach->name = g_strdup(rows_text(rows, i, "participant_name"));
		reach->address = g_strdup(rows_text(rows, i, "address"));
		reach->deputy_of = g_strdup(rows_text(rows, i, "deputy_of"));
		reach->returned = g_strdup(rows_text(rows, i, "unreachable_status"));
		reach->receives = g_ptr_array_find_with_equal_func(receives, "cases", g_str_equal, NULL);
	}
	return rows != NULL;
}

static bool
add_analysts(GPtrArray *list, GHashTable *by_owner, Db *db, GError **error)
{
	g_autoptr(Rows) rows = admin_analysts(db, error);

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++) {
		Reach *reach;

		if (!rows_bool(rows, i, "active"))
			continue;
		reach = reach_add(list, by_owner, true, rows_int(rows, i, "id"));
		reach->name = g_strdup(rows_text(rows, i, "name"));
		reach->address = g_strdup(rows_text(rows, i, "address"));
		reach->returned = g_strdup(rows_text(rows, i, "unreachable_status"));
		reach->receives = true;
	}
	return rows != NULL;
}

/* Of the keys of one owner the one that is usable and lasts longest. */
static bool
is_better(const Reach *reach, bool usable, gint64 until)
{
	if (reach->fingerprint == NULL)
		return true;
	if (usable != (reach->unusable == NULL))
		return usable;
	return reach->until != 0 && (until == 0 || until > reach->until);
}

static void
take_key(Reach *reach, const Rows *keys, guint row)
{
	gint64 until = rows_time(keys, row, "expires");
	const char *unusable = rows_text(keys, row, "unusable");

	if (unusable == NULL && until != 0 && until <= g_get_real_time())
		unusable = "expired";
	if (unusable == NULL && rows_null(keys, row, "encryption"))
		unusable = "no encryption key";
	if (!is_better(reach, unusable == NULL, until))
		return;
	g_free(reach->fingerprint);
	g_free(reach->unusable);
	reach->fingerprint = g_strdup(rows_text(keys, row, "fingerprint"));
	reach->unusable = g_strdup(unusable);
	reach->until = until;
}

static int
by_end(gconstpointer a, gconstpointer b)
{
	const Reach *one = *(Reach *const *)a, *other = *(Reach *const *)b;
	gint64 first = one->unusable != NULL ? G_MININT64 : one->until != 0 ? one->until : G_MAXINT64;
	gint64 second = other->unusable != NULL ? G_MININT64 :
	    other->until != 0 ? other->until : G_MAXINT64;

	if (first != second)
		return first < second ? -1 : 1;
	return g_ascii_strcasecmp(one->name, other->name);
}

GPtrArray *
reach_list(Db *db, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(reach_free);
	g_autoptr(GHashTable) by_owner = g_hash_table_new(NULL, NULL);
	g_autoptr(Rows) keys = NULL;

	if (!add_analysts(list, by_owner, db, error) || !add_contacts(list, by_owner, db, error))
		return NULL;
	keys = admin_certificates(db, error);
	if (keys == NULL)
		return NULL;
	for (guint i = 0; i < rows_count(keys); i++) {
		bool analyst = strcmp(rows_text(keys, i, "owner"), "analyst") == 0;
		Reach *reach = g_hash_table_lookup(by_owner, owner_of(analyst,
		    rows_int(keys, i, analyst ? "analyst" : "contact")));

		if (reach != NULL)
			take_key(reach, keys, i);
	}
	g_ptr_array_sort(list, by_end);
	return g_steal_pointer(&list);
}

bool
reach_lasts(const Reach *reach, gint64 time)
{
	return reach->unusable == NULL && (reach->until == 0 || reach->until > time);
}
