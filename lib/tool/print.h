/*
 * print - what the operator's tool says
 *
 * A verb finds something out and makes one Json of it. Programs get it as it
 * is; people get a table of it, whose columns are rows of a table here too.
 */

#ifndef SLUIS_TOOL_PRINT_H
#define SLUIS_TOOL_PRINT_H

#include <stdbool.h>
#include <glib.h>

#include "json.h"
#include "order.h"

typedef enum { PRINT_TEXT, PRINT_NUMBER, PRINT_TEXTS, PRINT_FLAG } PrintKind;

typedef struct {
	const char *title;	/* "TAG" */
	const char *key;	/* "tag"; a table of columns ends without one */
	PrintKind kind;
} Column;

/* An array of objects, a line each, aligned; or as JSON. */
bool print_list(const Order *order, const Json *array, const Column *columns,
    GError **error);

/* One object, a line for each column that has a value; or as JSON. */
bool print_record(const Order *order, const Json *object, const Column *columns,
    GError **error);

/* A heading and a list below it, indented, for people; nothing if it is empty. */
bool print_section(const char *heading, const Json *array, const Column *columns,
    GError **error);

/* A sentence for people on stdout. */
bool print_line(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Text and bytes as they are. */
bool print_text(const char *text, GError **error);
bool print_bytes(GBytes *bytes, GError **error);

#endif
