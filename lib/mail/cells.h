/*
 * cells - comma-separated values (RFC 4180); the one fence around libcsv
 */

#ifndef SLUIS_MAIL_CELLS_H
#define SLUIS_MAIL_CELLS_H

#include <glib.h>

/* Rows of cells: GPtrArray of GPtrArray of char *, empty lines left out.
 * REFUSED, "NAME: line N: ...", for what is none. */
GPtrArray *cells_read(const char *name, GBytes *bytes, GError **error);

/* One line at a time, of a table of any length: the cells of that line, without its
 * end. NULL: its quotes do not fit. What is given is good until the next call. */
typedef struct CellsReader CellsReader;

CellsReader *cells_reader_new(char delimiter);
void cells_reader_free(CellsReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CellsReader, cells_reader_free)
const GPtrArray *cells_reader_line(CellsReader *reader, const char *line, gsize length);

/* One row, with its end of line. */
void cells_append(GString *text, const GPtrArray *cells);

#endif
