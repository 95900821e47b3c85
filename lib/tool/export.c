/* export - see export.h */

#include "export.h"

#include "cells.h"
#include "entry.h"

/* Always quoted: then no text of a person can be a number, a tag or a list. */
static void
add_quoted(GString *yaml, const char *text)
{
	g_string_append_c(yaml, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			g_string_append_c(yaml, '\'');
		g_string_append_c(yaml, *text);
	}
	g_string_append_c(yaml, '\'');
}

static void
add_list(GString *yaml, const Json *array)
{
	g_string_append_c(yaml, '[');
	for (guint i = 0; i < json_length(array); i++) {
		g_string_append(yaml, i > 0 ? ", " : "");
		add_quoted(yaml, json_text_at(array, i));
	}
	g_string_append_c(yaml, ']');
}

static void
add_value(GString *yaml, const Json *entry, const Field *field)
{
	if (field->kind == FIELD_TEXTS)
		add_list(yaml, json_get(entry, field->name));
	else if (field->kind == FIELD_FLAG)
		g_string_append(yaml, json_bool(entry, field->name) ? "yes" : "no");
	else
		add_quoted(yaml, json_text(entry, field->name));
}

static bool
has_value(const Json *entry, const Field *field)
{
	return field->kind == FIELD_TEXTS ? json_length(json_get(entry, field->name)) > 0 :
	    field->kind == FIELD_FLAG || json_text(entry, field->name) != NULL;
}

/* The first field, which is never missing, begins the item of the list. */
static void
add_fields(GString *yaml, const char *indent, const Json *entry, const Field *fields)
{
	for (const Field *field = fields; field->name != NULL; field++) {
		if (!has_value(entry, field))
			continue;
		g_string_append_printf(yaml, "%s%s%s: ", indent, field == fields ? "- " : "  ",
		    field->name);
		add_value(yaml, entry, field);
		g_string_append_c(yaml, '\n');
	}
}

static void
add_armour(GString *yaml, const char *armour)
{
	g_auto(GStrv) lines = g_strsplit(armour, "\n", -1);

	g_string_append(yaml, "            key: |\n");
	for (char **line = lines; *line != NULL; line++)
		if (**line != '\0')
			g_string_append_printf(yaml, "              %s\n", *line);
		else if (line[1] != NULL)
			g_string_append_c(yaml, '\n');
}

static void
add_keys(GString *yaml, const Json *keys)
{
	if (json_length(keys) > 0)
		g_string_append(yaml, "        keys:\n");
	for (guint i = 0; i < json_length(keys); i++) {
		add_fields(yaml, "          ", json_at(keys, i), key_fields);
		add_armour(yaml, json_text(json_at(keys, i), "armour"));
	}
}

char *
export_yaml(const Json *roll)
{
	GString *yaml = g_string_new("# participants.yaml(5)\nparticipants:\n");

	if (json_length(roll) == 0)
		g_string_assign(yaml, "participants: []\n");
	for (guint i = 0; i < json_length(roll); i++) {
		const Json *entry = json_at(roll, i), *contacts = json_get(entry, "contacts");

		add_fields(yaml, "  ", entry, participant_fields);
		if (json_length(contacts) > 0)
			g_string_append(yaml, "    contacts:\n");
		for (guint c = 0; c < json_length(contacts); c++) {
			add_fields(yaml, "      ", json_at(contacts, c), contact_fields);
			add_keys(yaml, json_get(json_at(contacts, c), "keys"));
		}
	}
	return g_string_free(yaml, FALSE);
}

static char *
cell_of(const Json *entry, const Field *field)
{
	GString *cell = g_string_new(NULL);
	const Json *array = json_get(entry, field->name);

	if (field->kind == FIELD_FLAG)
		g_string_append(cell, json_bool(entry, field->name) ? "yes" : "no");
	else if (field->kind == FIELD_TEXT && json_text(entry, field->name) != NULL)
		g_string_append(cell, json_text(entry, field->name));
	for (guint i = 0; field->kind == FIELD_TEXTS && i < json_length(array); i++)
		g_string_append_printf(cell, "%s%s", i > 0 ? ";" : "", json_text_at(array, i));
	return g_string_free(cell, FALSE);
}

/* Of all keys of a contact, in lists beside each other. */
static char *
keys_cell(const Json *contact, const char *field)
{
	GString *cell = g_string_new(NULL);
	const Json *keys = json_get(contact, "keys");

	for (guint i = 0; i < json_length(keys); i++)
		g_string_append_printf(cell, "%s%s", i > 0 ? ";" : "",
		    json_text(json_at(keys, i), field));
	return g_string_free(cell, FALSE);
}

static void
add_titles(GString *csv)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

	for (const Field *field = participant_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, g_strdup(field->name));
	for (const Field *field = contact_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, g_strconcat("contact.", field->name, NULL));
	g_ptr_array_add(cells, g_strdup("contact.keys"));
	for (const Field *field = key_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, g_strconcat("contact.", field->name, NULL));
	cells_append(csv, cells);
}

/* Of a participant's further lines only the name is repeated. */
static void
add_row(GString *csv, const Json *entry, const Json *contact, bool further)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

	for (const Field *field = participant_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, further && field != participant_fields ?
		    g_strdup("") : cell_of(entry, field));
	for (const Field *field = contact_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, contact != NULL ? cell_of(contact, field) : g_strdup(""));
	g_ptr_array_add(cells, contact != NULL ? keys_cell(contact, "armour") : g_strdup(""));
	for (const Field *field = key_fields; field->name != NULL; field++)
		g_ptr_array_add(cells, contact != NULL ? keys_cell(contact, field->name) : g_strdup(""));
	cells_append(csv, cells);
}

char *
export_csv(const Json *roll)
{
	GString *csv = g_string_new(NULL);

	add_titles(csv);
	for (guint i = 0; i < json_length(roll); i++) {
		const Json *entry = json_at(roll, i), *contacts = json_get(entry, "contacts");

		if (json_length(contacts) == 0)
			add_row(csv, entry, NULL, false);
		for (guint c = 0; c < json_length(contacts); c++)
			add_row(csv, entry, json_at(contacts, c), c > 0);
	}
	return g_string_free(csv, FALSE);
}
