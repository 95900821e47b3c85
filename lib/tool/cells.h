/*
 * cells - comma-separated values (RFC 4180); the one fence around libcsv
 */

#ifndef SLUIS_TOOL_CELLS_H
#define SLUIS_TOOL_CELLS_H

#include <glib.h>

/* Rows of cells: GPtrArray of GPtrArray of char *, empty lines left out.
 * REFUSED, "NAME: line N: ...", for what is none. */
GPtrArray *cells_read(const char *name, GBytes *bytes, GError **error);

/* One row, with its end of line. */
void cells_append(GString *text, const GPtrArray *cells);

#endif
