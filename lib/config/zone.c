/* zone - see zone.h */

#include "zone.h"

#include "conf.h"

typedef struct {
	char *zone;
	char **days;
} Entry;

typedef struct {
	GPtrArray *entries;	/* of Entry */
} File;

static const ConfRow entry_rows[] = {
	{ "zone", CONF_TEXT, offsetof(Entry, zone), NULL, 0, 0, NULL, NULL, 0 },
	{ "days", CONF_TEXTS, offsetof(Entry, days), NULL, 0, 0, NULL, NULL, 0 },
	{ 0 }
};

static const ConfRow rows[] = {
	{ "holidays", CONF_LIST, offsetof(File, entries), NULL, 0, 0, NULL, entry_rows, sizeof(Entry) },
	{ 0 }
};

/* Days are looked at whichever zone they are for, so that a slip shows at once. */
static bool
add_entry(const Tree *tree, const Entry *entry, const char *zone, Holidays *holidays, GError **error)
{
	g_autoptr(Holidays) other = holidays_new();
	Holidays *into = g_str_equal(entry->zone, zone) ? holidays : other;

	for (char *const *day = entry->days; *day != NULL; day++)
		if (!holidays_add(into, *day))
			return tree_complain(tree, error, "holidays: expected a day such as 12-25, "
			    "2026-12-24 or easter+39, not '%s'", *day);
	return true;
}

static bool
add_all(const Tree *tree, const File *file, const char *zone, Holidays *holidays, GError **error)
{
	const Tree *list = tree_find(tree, "holidays");

	for (guint i = 0; i < file->entries->len; i++)
		if (!add_entry(tree_at(list, i), g_ptr_array_index(file->entries, i), zone, holidays, error))
			return false;
	return true;
}

Holidays *
zone_holidays(const char *path, const char *zone, GError **error)
{
	g_autoptr(Tree) tree = tree_load(path, error);
	g_autoptr(Holidays) holidays = holidays_new();
	File file = { 0 };
	bool good;

	if (tree == NULL || !conf_bind(tree, rows, &file, error))
		return NULL;
	good = add_all(tree, &file, zone, holidays, error);
	conf_clear(rows, &file);
	return good ? g_steal_pointer(&holidays) : NULL;
}
