/*
 * plot - a few numbers as a picture, in SVG inside a page
 *
 * No script, no font, no colour of its own: the page says how the classes look, so
 * that it can be read by day, by night and on paper. A picture says its title, and
 * in words what is in it, for who does not see it. All words are escaped here.
 */

#ifndef SLUIS_TOOL_PLOT_H
#define SLUIS_TOOL_PLOT_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	const char *name;	/* below or beside the bar */
	double value;		/* below 0: there is none */
	double part;		/* of it, drawn darker; below 0: none */
} PlotBar;

typedef struct {
	const char *id;		/* unlike any other of the page */
	const char *title, *description;
	const char *unit;	/* behind each number: " %"; "" */
	double top;		/* what a full bar is; 0: the largest value */
} Plot;

/* Bars that stand side by side, as months do; that lie below each other, as names. */
void plot_columns(GString *out, const Plot *plot, const PlotBar *bars, guint count);
void plot_rows(GString *out, const Plot *plot, const PlotBar *bars, guint count);

/* A number as people read it: no more than one digit behind the point. */
char *plot_number(double value);

#endif
