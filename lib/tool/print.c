/* print - see print.h */

#include "print.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "text.h"

/* A column no wider than this pushes the next ones away. */
#define WIDEST 60

/* Whoever reads no further has seen enough. */
static bool
put(const void *bytes, gsize length, GError **error)
{
	return fwrite(bytes, 1, length, stdout) == length || errno == EPIPE ||
	    error_errno(error, SLUIS_ERROR_RETRY, "cannot write");
}

bool
print_text(const char *text, GError **error)
{
	return put(text, strlen(text), error);
}

bool
print_bytes(GBytes *bytes, GError **error)
{
	gsize length;
	const void *data = g_bytes_get_data(bytes, &length);

	return put(data, length, error);
}

bool
print_line(GError **error, const char *format, ...)
{
	g_autofree char *text = NULL;
	g_autofree char *clean = NULL;
	g_autofree char *line = NULL;
	va_list args;

	va_start(args, format);
	text = g_strdup_vprintf(format, args);
	va_end(args);
	clean = text_clean(text, -1, NULL);
	line = g_strconcat(clean, "\n", NULL);
	return print_text(line, error);
}

static char *
texts_joined(const Json *array)
{
	GString *joined = g_string_new(NULL);

	for (guint i = 0; i < json_length(array); i++)
		g_string_append_printf(joined, "%s%s", i > 0 ? ", " : "",
		    json_text_at(array, i));
	return g_string_free(joined, FALSE);
}

/* What stands in a cell: one printable line; "" if there is nothing. */
static char *
cell_text(const Json *object, const Column *column)
{
	g_autofree char *text = NULL;

	switch (column->kind) {
	case PRINT_TEXT:
		text = g_strdup(json_text(object, column->key));
		break;
	case PRINT_NUMBER:
		text = g_strdup_printf("%" G_GINT64_FORMAT, json_int(object, column->key));
		break;
	case PRINT_TEXTS:
		text = texts_joined(json_get(object, column->key));
		break;
	case PRINT_FLAG:
		if (json_has(object, column->key))
			text = g_strdup(json_bool(object, column->key) ? "yes" : "no");
		break;
	}
	return text != NULL ? text_clean_line(text, -1) : g_strdup("");
}

/* Columns of a terminal a text takes. */
static gsize
width_of(const char *text)
{
	gsize width = 0;

	for (; *text != '\0'; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char(text);

		width += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
	}
	return width;
}

static gsize
column_width(const Json *array, const Column *column)
{
	gsize widest = width_of(column->title);

	for (guint i = 0; i < json_length(array); i++) {
		g_autofree char *cell = cell_text(json_at(array, i), column);

		widest = MAX(widest, width_of(cell));
	}
	return MIN(widest, WIDEST);
}

static void
add_cell(GString *line, const char *text, gsize width, bool last)
{
	gsize taken = width_of(text);

	g_string_append(line, text);
	for (; !last && taken < width + 2; taken++)
		g_string_append_c(line, ' ');
}

static void
end_line(GString *line)
{
	while (line->len > 0 && line->str[line->len - 1] == ' ')
		g_string_truncate(line, line->len - 1);
	g_string_append_c(line, '\n');
}

/* row NULL: the titles. */
static void
add_row(GString *table, const char *indent, const Json *row, const Column *columns,
    const gsize *widths)
{
	g_autoptr(GString) line = g_string_new(indent);

	for (guint c = 0; columns[c].key != NULL; c++) {
		g_autofree char *cell = row != NULL ? cell_text(row, &columns[c]) :
		    g_strdup(columns[c].title);

		add_cell(line, *cell != '\0' ? cell : "-", widths[c],
		    columns[c + 1].key == NULL);
	}
	end_line(line);
	g_string_append_len(table, line->str, (gssize)line->len);
}

static char *
table_text(const char *indent, const Json *array, const Column *columns)
{
	GString *table = g_string_new(NULL);
	gsize widths[16];

	for (guint c = 0; columns[c].key != NULL; c++) {
		g_assert(c < G_N_ELEMENTS(widths));
		widths[c] = column_width(array, &columns[c]);
	}
	add_row(table, indent, NULL, columns, widths);
	for (guint i = 0; i < json_length(array); i++)
		add_row(table, indent, json_at(array, i), columns, widths);
	return g_string_free(table, FALSE);
}

static bool
print_json(const Json *json, GError **error)
{
	g_autofree char *text = json_pretty(json);

	return print_text(text, error) && print_text("\n", error);
}

bool
print_list(const Order *order, const Json *array, const Column *columns, GError **error)
{
	g_autofree char *text = NULL;

	if (order->json)
		return print_json(array, error);
	text = table_text("", array, columns);
	return print_text(text, error);
}

bool
print_section(const char *heading, const Json *array, const Column *columns, GError **error)
{
	g_autofree char *text = NULL;

	if (json_length(array) == 0)
		return true;
	text = table_text("  ", array, columns);
	return print_line(error, "\n%s", heading) && print_text(text, error);
}

bool
print_record(const Order *order, const Json *object, const Column *columns, GError **error)
{
	gsize widest = 0;

	if (order->json)
		return print_json(object, error);
	for (const Column *column = columns; column->key != NULL; column++)
		widest = MAX(widest, width_of(column->title));
	for (const Column *column = columns; column->key != NULL; column++) {
		g_autoptr(GString) line = g_string_new(NULL);
		g_autofree char *cell = cell_text(object, column);

		if (*cell == '\0')
			continue;
		add_cell(line, column->title, widest, false);
		g_string_append(line, cell);
		if (!print_line(error, "%s", line->str))
			return false;
	}
	return true;
}
