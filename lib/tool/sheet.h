/*
 * sheet - secrets on paper, to be typed in again on the bad day
 *
 *	== storage.key
 *	 1  7zk3 m9qa ...  f4x
 *	 2  ...
 *
 * Crockford's letters, in which no two are taken for each other; each line has
 * its number and three letters that check line, number and heading, so that a
 * slip is found in the line it was made in.
 */

#ifndef SLUIS_TOOL_SHEET_H
#define SLUIS_TOOL_SHEET_H

#include <glib.h>

/* What is printed for one secret. */
char *sheet_write(const char *name, GBytes *secret);

/* The secret of that name in a text that was typed in, in small or capital
 * letters and with any blanks; o is 0, and i and l are 1. REFUSED with the line
 * that is wrong, or if there is none of that name. */
GBytes *sheet_read(const char *text, const char *name, GError **error);

#endif
