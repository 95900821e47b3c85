/* overview - see overview.h */

#include "overview.h"

#include "text.h"

typedef struct {
	char *name, *text;
} Row;

typedef struct {
	char *title;
	GPtrArray *rows;	/* of Row */
} Section;

struct Overview {
	GPtrArray *sections;	/* of Section */
};

static void
row_free(gpointer data)
{
	Row *row = data;

	g_free(row->name);
	g_free(row->text);
	g_free(row);
}

static void
section_free(gpointer data)
{
	Section *section = data;

	g_free(section->title);
	g_ptr_array_unref(section->rows);
	g_free(section);
}

Overview *
overview_new(void)
{
	Overview *overview = g_new0(Overview, 1);

	overview->sections = g_ptr_array_new_with_free_func(section_free);
	return overview;
}

void
overview_free(Overview *overview)
{
	if (overview == NULL)
		return;
	g_ptr_array_unref(overview->sections);
	g_free(overview);
}

void
overview_section(Overview *overview, const char *title)
{
	Section *section = g_new0(Section, 1);

	section->title = text_clean_line(title, -1);
	section->rows = g_ptr_array_new_with_free_func(row_free);
	g_ptr_array_add(overview->sections, section);
}

void
overview_row(Overview *overview, const char *name, const char *text)
{
	Section *last = g_ptr_array_index(overview->sections, overview->sections->len - 1);
	Row *row = g_new0(Row, 1);

	row->name = text_clean_line(name, -1);
	row->text = text_clean_line(text, -1);
	g_ptr_array_add(last->rows, row);
}

char *
overview_text(const Overview *overview)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < overview->sections->len; i++) {
		const Section *section = g_ptr_array_index(overview->sections, i);

		g_string_append_printf(text, "%s%s\n", i > 0 ? "\n" : "", section->title);
		for (guint j = 0; j < section->rows->len; j++) {
			const Row *row = g_ptr_array_index(section->rows, j);
			g_autofree char *line = g_strconcat(row->name, "  ", row->text, NULL);
			g_autofree char *lines = text_prefix_lines(line, "  ");

			g_string_append(text, lines);
		}
	}
	return g_string_free(text, FALSE);
}

static void
append_rows(GString *page, const GPtrArray *rows)
{
	if (rows->len > 0)
		g_string_append(page, "<table>\n");
	for (guint i = 0; i < rows->len; i++) {
		const Row *row = g_ptr_array_index(rows, i);
		g_autofree char *line = g_markup_printf_escaped("<tr><th>%s</th><td>%s</td></tr>\n",
		    row->name, row->text);

		g_string_append(page, line);
	}
	if (rows->len > 0)
		g_string_append(page, "</table>\n");
}

char *
overview_page(const Overview *overview)
{
	GString *page = g_string_new(NULL);

	for (guint i = 0; i < overview->sections->len; i++) {
		const Section *section = g_ptr_array_index(overview->sections, i);
		g_autofree char *title = g_markup_printf_escaped("<h2>%s</h2>\n", section->title);

		g_string_append(page, title);
		append_rows(page, section->rows);
	}
	return g_string_free(page, FALSE);
}
