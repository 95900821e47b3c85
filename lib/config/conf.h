/*
 * conf - a tree bound to a struct by a table
 *
 * One row a key: its dotted name, where it goes, its default, its bounds. An
 * unknown key or a wrong value is refused with file, line, what was expected
 * and, for a misspelt key, the nearest known one.
 */

#ifndef SLUIS_CONFIG_CONF_H
#define SLUIS_CONFIG_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <glib.h>

#include "tree.h"

typedef enum {
	CONF_TEXT,	/* char * */
	CONF_TEXTS,	/* char ** (GStrv): a list, or one scalar */
	CONF_NUMBER,	/* gint64, between least and most */
	CONF_TIME,	/* gint64 seconds: 90, 90s, 2m, 1h, 3d */
	CONF_SIZE,	/* gint64 bytes: 64, 64k, 25M */
	CONF_BOOL,	/* bool: yes, no, true, false */
	CONF_WORD,	/* char *: one of words */
	CONF_BRIEF,	/* the same, and "outgoing: hold" says "outgoing.mode: hold" */
	CONF_PATH,	/* char *: absolute, or relative to the file's folder */
	CONF_LIST,	/* GPtrArray *: a list of maps, by its own rows */
} ConfType;

typedef struct ConfRow ConfRow;

struct ConfRow {
	const char *name;		/* "outgoing.delay" */
	ConfType type;
	size_t offset;			/* in the struct */
	const char *fallback;		/* written as in a file; NULL: must be given
					 * (CONF_LIST: may be absent) */
	gint64 least, most;		/* numbers, times, sizes; both 0: any */
	const char *const *words;	/* CONF_WORD */
	const ConfRow *rows;		/* CONF_LIST: rows of an element */
	size_t size;			/* CONF_LIST: size of an element */
};

/* Fills *into by rows (ended by a row without name). On failure *into is as
 * conf_clear() leaves it. */
bool conf_bind(const Tree *tree, const ConfRow *rows, void *into, GError **error);

/* Frees all that conf_bind() put into the struct and zeroes those members. */
void conf_clear(const ConfRow *rows, void *into);

#endif
