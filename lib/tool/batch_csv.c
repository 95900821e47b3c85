/*
 * batch_csv - participants from a table: participants.yaml(5) says how
 *
 * The first line names the columns: fields of a participant, and "contact."
 * before those of a contact. Lists have ';' between their items. A further
 * line with the same name adds a contact.
 */

#include "batch_private.h"

#include <string.h>

#include "cells.h"
#include "error.h"

#define CONTACT "contact."

typedef struct {
	Batch *batch;
	const char *folder;
	const GPtrArray *titles, *cells;
	bool has_contacts;
} Line;

static GPtrArray *
items_of(const char *cell, bool list)
{
	GPtrArray *items = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) pieces = g_strsplit(cell, ";", list ? -1 : 1);

	for (char **piece = pieces; *piece != NULL; piece++)
		g_ptr_array_add(items, g_strdup(g_strstrip(*piece)));
	return items;
}

static const char *
title_at(const Line *line, guint column)
{
	return column < line->titles->len ? g_ptr_array_index(line->titles, column) : NULL;
}

/* Puts the cells of those columns whose title begins with prefix. An empty
 * cell says nothing. */
static bool
put_cells(const Line *line, const char *prefix, const Field *fields, Json *json, GError **error)
{
	for (guint i = 0; i < line->cells->len; i++) {
		const char *title = title_at(line, i), *cell = g_ptr_array_index(line->cells, i);
		const Field *field;
		g_autoptr(GPtrArray) items = NULL;

		if (*cell == '\0' || !g_str_has_prefix(title, prefix))
			continue;
		field = field_find(fields, title + strlen(prefix));
		if (field == NULL)
			continue;
		items = items_of(cell, field->kind == FIELD_TEXTS);
		if (!entry_set(json, field, items, error))
			return false;
	}
	return true;
}

static const char *
cell_of(const Line *line, const char *field)
{
	g_autofree char *title = g_strconcat(CONTACT, field, NULL);

	for (guint i = 0; i < line->cells->len; i++)
		if (strcmp(title_at(line, i), title) == 0)
			return g_ptr_array_index(line->cells, i);
	return "";
}

/* Whose word the n-th key has: lists beside that of the keys, or one for all. */
static bool
put_vouched(const Line *line, guint n, Json *vouched, GError **error)
{
	for (const Field *field = key_fields; field->name != NULL; field++) {
		g_autoptr(GPtrArray) items = items_of(cell_of(line, field->name), true);

		if (items->len > 0 && !entry_set_text(vouched, field,
		    g_ptr_array_index(items, MIN(n, items->len - 1)), error))
			return false;
	}
	return true;
}

static bool
put_keys(const Line *line, Json *contact, GError **error)
{
	g_autoptr(Json) keys = json_new_array();
	g_autoptr(GPtrArray) items = items_of(cell_of(line, "keys"), true);

	for (guint i = 0; i < items->len; i++) {
		g_autoptr(Json) vouched = json_new_object();
		g_autoptr(GPtrArray) one = g_ptr_array_new();

		g_ptr_array_add(one, g_ptr_array_index(items, i));
		if (!put_vouched(line, i, vouched, error) ||
		    !batch_keys(line->batch, keys, line->folder, one, vouched, error))
			return false;
	}
	if (items->len > 0)
		json_put(contact, "keys", g_steal_pointer(&keys));
	return true;
}

static bool
put_contact(const Line *line, Json *contacts, GError **error)
{
	g_autoptr(Json) contact = json_new_object();

	if (!put_cells(line, CONTACT, contact_fields, contact, error) ||
	    !put_keys(line, contact, error))
		return false;
	if (json_text(contact, "address") != NULL)
		json_add(contacts, g_steal_pointer(&contact));
	return true;
}

/* The entry of this name, with a list for its contacts if the file has any
 * column of them; without one the contacts that are there stay. */
static bool
put_line(const Line *line, GHashTable *contacts, GError **error)
{
	g_autoptr(Json) entry = json_new_object();
	const char *name;
	Json *known, *list;

	if (line->cells->len > line->titles->len)
		return error_set(error, SLUIS_ERROR_REFUSED, "more cells than titles");
	if (!put_cells(line, "", participant_fields, entry, error))
		return false;
	name = json_text(entry, "name");
	known = name != NULL ? batch_find(line->batch, name) : NULL;
	if (known == NULL) {
		known = entry;
		if (line->has_contacts) {
			list = json_new_array();
			json_put(known, "contacts", list);
			g_hash_table_insert(contacts, known, list);
		}
		if (!batch_add(line->batch, g_steal_pointer(&entry), error))
			return false;
	}
	list = g_hash_table_lookup(contacts, known);
	return list == NULL || put_contact(line, list, error);
}

static bool
check_titles(Line *line, GError **error)
{
	for (guint i = 0; i < line->titles->len; i++) {
		const char *title = title_at(line, i);
		bool of_contact = g_str_has_prefix(title, CONTACT);
		bool known = of_contact ?
		    field_find(contact_fields, title + strlen(CONTACT)) != NULL ||
		    field_find(key_fields, title + strlen(CONTACT)) != NULL :
		    field_find(participant_fields, title) != NULL;

		line->has_contacts |= of_contact;
		if (!known && strcmp(title, CONTACT "keys") != 0)
			return error_set(error, SLUIS_ERROR_REFUSED,
			    "unknown column \"%s\"; see participants.yaml(5)", title);
	}
	return true;
}

bool
batch_read_csv(Batch *batch, const char *file, GBytes *bytes, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(file);
	g_autoptr(GPtrArray) rows = cells_read(file, bytes, error);
	g_autoptr(GHashTable) contacts = g_hash_table_new(NULL, NULL);
	Line line = { .batch = batch, .folder = folder };

	if (rows == NULL)
		return false;
	if (rows->len == 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: is empty", file);
	line.titles = g_ptr_array_index(rows, 0);
	if (!check_titles(&line, error)) {
		g_prefix_error(error, "%s: row 1: ", file);
		return false;
	}
	for (guint i = 1; i < rows->len; i++) {
		line.cells = g_ptr_array_index(rows, i);
		if (!put_line(&line, contacts, error)) {
			g_prefix_error(error, "%s: row %u: ", file, i + 1);
			return false;
		}
	}
	return true;
}
