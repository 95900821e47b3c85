/* plot - see plot.h */

#include "plot.h"

#include <string.h>

#define WIDTH 720.0
#define HEIGHT 200.0		/* of columns, without the words below */
#define FOOT 26.0
#define HEAD 18.0		/* for the number on the highest */
#define ROW 24.0
#define NAMES 250.0		/* for the words before lying bars */
#define NAME_LETTERS 34		/* that fit into that; the table has them whole */
#define NUMBERS 60.0		/* for what stands behind them */

static void
put(GString *out, const char *text)
{
	g_autofree char *escaped = g_markup_escape_text(text, -1);

	g_string_append(out, escaped);
}

/* SVG has a point, whatever the locale says. */
static void
put_number(GString *out, double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_string_append(out, g_ascii_formatd(text, sizeof(text), "%.1f", value));
}

static void
put_attribute(GString *out, const char *name, double value)
{
	g_string_append_printf(out, " %s=\"", name);
	put_number(out, value);
	g_string_append_c(out, '"');
}

char *
plot_number(double value)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(text, sizeof(text), "%.1f", value);
	if (g_str_has_suffix(text, ".0"))
		text[strlen(text) - 2] = '\0';
	return g_strdup(text);
}

static double
top_of(const Plot *plot, const PlotBar *bars, guint count)
{
	double top = plot->top;

	for (guint i = 0; plot->top <= 0 && i < count; i++)
		top = MAX(top, bars[i].value);
	return top > 0 ? top : 1;
}

static void
begin(GString *out, const Plot *plot, double height)
{
	g_string_append_printf(out, "<svg role=\"img\" aria-labelledby=\"%s-t %s-d\" viewBox=\"0 0 ",
	    plot->id, plot->id);
	put_number(out, WIDTH);
	g_string_append_c(out, ' ');
	put_number(out, height);
	g_string_append_printf(out, "\">\n<title id=\"%s-t\">", plot->id);
	put(out, plot->title);
	g_string_append_printf(out, "</title>\n<desc id=\"%s-d\">", plot->id);
	put(out, plot->description);
	g_string_append(out, "</desc>\n");
}

static void
rectangle(GString *out, const char *class, double x, double y, double width, double height)
{
	g_string_append_printf(out, "<rect class=\"%s\"", class);
	put_attribute(out, "x", x);
	put_attribute(out, "y", y);
	put_attribute(out, "width", width);
	put_attribute(out, "height", MAX(height, 0));
	g_string_append(out, "/>\n");
}

static void
words(GString *out, const char *anchor, double x, double y, const char *text, const char *unit)
{
	g_string_append_printf(out, "<text text-anchor=\"%s\"", anchor);
	put_attribute(out, "x", x);
	put_attribute(out, "y", y);
	g_string_append_c(out, '>');
	put(out, text);
	put(out, unit);
	g_string_append(out, "</text>\n");
}

/* One that is too long is cut, and says so. */
static void
put_name(GString *out, double y, const char *name)
{
	bool is_long = g_utf8_strlen(name, -1) > NAME_LETTERS;
	g_autofree char *head = is_long ? g_utf8_substring(name, 0, NAME_LETTERS - 1) : g_strdup(name);

	words(out, "end", NAMES - 10, y, head, is_long ? "\u2026" : "");
}

void
plot_columns(GString *out, const Plot *plot, const PlotBar *bars, guint count)
{
	double top = top_of(plot, bars, count), step = WIDTH / MAX(count, 1), thick = step * 0.7;
	double base = HEAD + HEIGHT;

	begin(out, plot, base + FOOT);
	for (guint i = 0; i < count; i++) {
		double x = step * i + (step - thick) / 2, middle = step * (i + 0.5);
		double height = HEIGHT * MAX(bars[i].value, 0) / top;
		g_autofree char *number = plot_number(bars[i].value);

		if (bars[i].value >= 0) {
			rectangle(out, "bar", x, base - height, thick, height);
			words(out, "middle", middle, base - height - 5, number, plot->unit);
		}
		if (bars[i].value > 0 && bars[i].part > 0) {
			double part = HEIGHT * bars[i].part / top;

			rectangle(out, "part", x, base - part, thick, part);
		}
		words(out, "middle", middle, base + 18, bars[i].name, "");
	}
	rectangle(out, "axis", 0, base, WIDTH, 1);
	g_string_append(out, "</svg>\n");
}

void
plot_rows(GString *out, const Plot *plot, const PlotBar *bars, guint count)
{
	double top = top_of(plot, bars, count), room = WIDTH - NAMES - NUMBERS;

	begin(out, plot, ROW * MAX(count, 1));
	for (guint i = 0; i < count; i++) {
		double y = ROW * i, length = room * MAX(bars[i].value, 0) / top;
		g_autofree char *number = plot_number(bars[i].value);

		put_name(out, y + ROW * 0.7, bars[i].name);
		rectangle(out, "bar", NAMES, y + ROW * 0.15, length, ROW * 0.7);
		words(out, "start", NAMES + length + 6, y + ROW * 0.7, number, plot->unit);
	}
	rectangle(out, "axis", NAMES, 0, 1, ROW * MAX(count, 1));
	g_string_append(out, "</svg>\n");
}
