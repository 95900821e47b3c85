/* cells - see cells.h */

#include "cells.h"

#include <string.h>
#include <csv.h>

#include "error.h"

typedef struct {
	GPtrArray *rows, *row;
} Reader;

static void
row_free(gpointer row)
{
	g_ptr_array_unref(row);
}

static GPtrArray *
row_new(void)
{
	return g_ptr_array_new_with_free_func(g_free);
}

static void
take_cell(void *bytes, size_t length, void *data)
{
	Reader *reader = data;

	g_ptr_array_add(reader->row, g_strndup(bytes, length));
}

static void
take_row(int end, void *data)
{
	Reader *reader = data;

	(void)end;
	g_ptr_array_add(reader->rows, reader->row);
	reader->row = row_new();
}

/* The library counts bytes, people count lines. */
static bool
wrong_at(const char *name, const char *data, gsize at, const char *why, GError **error)
{
	guint line = 1;

	for (gsize i = 0; i < at; i++)
		line += data[i] == '\n';
	return error_set(error, SLUIS_ERROR_REFUSED, "%s: line %u: %s", name, line, why);
}

GPtrArray *
cells_read(const char *name, GBytes *bytes, GError **error)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
	Reader reader = { .rows = rows, .row = row_new() };
	struct csv_parser parser;
	gsize length, done;
	const char *data = g_bytes_get_data(bytes, &length);
	bool ok = true;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		g_error("out of memory");
	done = csv_parse(&parser, data, length, take_cell, take_row, &reader);
	if (done != length || csv_fini(&parser, take_cell, take_row, &reader) != 0)
		ok = wrong_at(name, data, done, csv_strerror(csv_error(&parser)), error);
	csv_free(&parser);
	g_ptr_array_unref(reader.row);
	return ok ? g_steal_pointer(&rows) : NULL;
}

void
cells_append(GString *text, const GPtrArray *cells)
{
	for (guint i = 0; i < cells->len; i++) {
		const char *cell = g_ptr_array_index(cells, i);
		gsize length = strlen(cell), most = 2 * length + 2;
		g_autofree char *quoted = g_malloc(most);

		g_string_append(text, i > 0 ? "," : "");
		if (length > 0)
			g_string_append_len(text, quoted,
			    (gssize)csv_write(quoted, most, cell, length));
	}
	g_string_append(text, "\n");
}

struct CellsReader {
	struct csv_parser parser;
	char delimiter;
	GStringChunk *words;		/* of the line */
	GPtrArray *cells;		/* char *, into words */
};

static void
reader_start(CellsReader *reader)
{
	if (csv_init(&reader->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
		g_error("out of memory");
	csv_set_delim(&reader->parser, (unsigned char)reader->delimiter);
}

CellsReader *
cells_reader_new(char delimiter)
{
	CellsReader *reader = g_new0(CellsReader, 1);

	reader->delimiter = delimiter;
	reader->words = g_string_chunk_new(4096);
	reader->cells = g_ptr_array_new();
	reader_start(reader);
	return reader;
}

void
cells_reader_free(CellsReader *reader)
{
	if (reader == NULL)
		return;
	csv_free(&reader->parser);
	g_string_chunk_free(reader->words);
	g_ptr_array_unref(reader->cells);
	g_free(reader);
}

static void
keep_cell(void *bytes, size_t length, void *data)
{
	CellsReader *reader = data;

	g_ptr_array_add(reader->cells, bytes == NULL ? g_string_chunk_insert(reader->words, "") :
	    g_string_chunk_insert_len(reader->words, bytes, (gssize)length));
}

const GPtrArray *
cells_reader_line(CellsReader *reader, const char *line, gsize length)
{
	g_string_chunk_clear(reader->words);
	g_ptr_array_set_size(reader->cells, 0);
	if (csv_parse(&reader->parser, line, length, keep_cell, NULL, reader) == length &&
	    csv_fini(&reader->parser, keep_cell, NULL, reader) == 0)
		return reader->cells;
	csv_free(&reader->parser);	/* it stays where it stumbled */
	reader_start(reader);
	return NULL;
}
