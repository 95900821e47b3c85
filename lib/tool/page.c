/* page - see page.h */

#include "page.h"

#include <string.h>

#include "plot.h"
#include "template.h"
#include "times.h"

#define MONTHS 12
#define MOST_ROWS 40
#define DAY_HOURS 24.0

/* One topic on its way into the page: rows of the figures, and how they look. */
typedef struct {
	const char *topic;		/* "report-TOPIC" is its title in the words */
	const char *family;		/* of the words keys stand for; NULL: as they are */
	enum { SHOW_MONTHS, SHOW_NAMES, SHOW_HOURS, SHOW_DAYS, SHOW_SHARE } how;
	const char *columns[4];		/* words over the table */
} Topic;

static const Topic topics[] = {
	{ "month", NULL, SHOW_MONTHS, { "report-col-month", "report-col-reports", "report-col-closed" } },
	{ "class", "class", SHOW_NAMES, { "report-col-class", "report-col-reports" } },
	{ "motive", "motive", SHOW_NAMES, { "report-col-motive", "report-col-reports" } },
	{ "umbrella", "umbrella", SHOW_NAMES, { "report-col-umbrella", "report-col-reports",
	    "report-col-organisations" } },
	{ "acknowledge", NULL, SHOW_HOURS, { "report-col-month", "report-col-cases", "report-col-hours",
	    "report-col-hours-most" } },
	{ "assess", NULL, SHOW_DAYS, { "report-col-month", "report-col-cases", "report-col-days",
	    "report-col-days-most" } },
	{ "fix", NULL, SHOW_DAYS, { "report-col-month", "report-col-cases", "report-col-days",
	    "report-col-days-most" } },
	{ "encrypted", NULL, SHOW_SHARE, { "report-col-month", "report-col-mails", "report-col-encrypted" } },
};

typedef struct {
	GHashTable *words;
	const Topic *topic;
	const Json *rows;
	int year;
	GString *out;
} Section;

static void
put(GString *out, const char *text)
{
	g_autofree char *escaped = g_markup_escape_text(text, -1);

	g_string_append(out, escaped);
}

static bool
is_named(const Topic *topic)
{
	return topic->how == SHOW_NAMES;
}

/* "2026-03", and what people call it. */
static const char *
name_of(const Section *section, const char *key)
{
	if (strcmp(key, "year") == 0)
		return template_word(section->words, "report-year");
	if (section->topic->family != NULL)
		return template_word_of(section->words, section->topic->family, key[0] != '\0' ? key : "none");
	return key;
}

static double
unit_hours(const Topic *topic)
{
	return topic->how == SHOW_DAYS ? DAY_HOURS : 1;
}

static bool
is_timed(const Topic *topic)
{
	return topic->how == SHOW_HOURS || topic->how == SHOW_DAYS;
}

/* What of a row is drawn; below 0: nothing. */
static PlotBar
bar_of(const Section *section, const Json *row)
{
	const Topic *topic = section->topic;
	PlotBar bar = { name_of(section, json_text(row, "key")), (double)json_int(row, "n"), -1 };

	if (is_timed(topic))
		bar.value = json_has(row, "median_hours") ?
		    json_get_real(row, "median_hours") / unit_hours(topic) : -1;
	else if (topic->how == SHOW_SHARE)
		bar.value = 100.0 * (double)json_int(row, "part") / (double)MAX(json_int(row, "n"), 1);
	else if (topic->how == SHOW_MONTHS)
		bar.part = (double)json_int(row, "part");
	return bar;
}

/* --- pictures --- */

/* In a year of twelve months, whichever of them have a row. */
static void
draw_months(const Section *section, const Plot *plot)
{
	PlotBar bars[MONTHS];
	char names[MONTHS][G_ASCII_DTOSTR_BUF_SIZE];

	for (int i = 0; i < MONTHS; i++) {
		g_snprintf(names[i], sizeof(names[i]), "%02d", i + 1);
		bars[i] = (PlotBar){ names[i], -1, -1 };
	}
	for (guint i = 0; i < json_length(section->rows); i++) {
		const Json *row = json_at(section->rows, i);
		const char *key = json_text(row, "key");
		guint month = strlen(key) == 7 ? (guint)g_ascii_strtoull(key + 5, NULL, 10) : 0;

		if (month < 1 || month > MONTHS)
			continue;
		bars[month - 1] = bar_of(section, row);
		bars[month - 1].name = names[month - 1];
	}
	plot_columns(section->out, plot, bars, MONTHS);
}

static void
draw_names(const Section *section, const Plot *plot)
{
	PlotBar bars[MOST_ROWS];
	guint count = MIN(json_length(section->rows), MOST_ROWS);

	for (guint i = 0; i < count; i++)
		bars[i] = bar_of(section, json_at(section->rows, i));
	plot_rows(section->out, plot, bars, count);
}

/* In words: "2026-03 4; 2026-04 2". */
static char *
description(const Section *section, const char *unit)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < json_length(section->rows); i++) {
		PlotBar bar = bar_of(section, json_at(section->rows, i));
		g_autofree char *number = plot_number(bar.value);

		if (bar.value >= 0)
			g_string_append_printf(text, "%s%s %s%s", text->len > 0 ? "; " : "", bar.name, number, unit);
	}
	return g_string_free(text, FALSE);
}

static void
draw(const Section *section)
{
	const Topic *topic = section->topic;
	g_autofree char *key = g_strconcat("report-", topic->topic, NULL);
	const char *unit = topic->how == SHOW_SHARE ? " %" : "";
	g_autofree char *text = description(section, unit);
	const Plot plot = {
		.id = topic->topic, .title = template_word(section->words, key), .description = text,
		.unit = unit, .top = topic->how == SHOW_SHARE ? 100 : 0,
	};

	if (is_named(topic))
		draw_names(section, &plot);
	else
		draw_months(section, &plot);
}

/* --- tables --- */

static void
cell(GString *out, const char *text)
{
	g_string_append(out, "<td>");
	put(out, text);
	g_string_append(out, "</td>");
}

static void
cell_number(const Section *section, const Json *row, const char *key, double divisor)
{
	g_autofree char *number = !json_has(row, key) ? NULL :
	    plot_number((divisor == 0 ? (double)json_int(row, key) : json_get_real(row, key) / divisor));

	cell(section->out, number != NULL ? number : template_word(section->words, "report-few"));
}

static void
table_row(const Section *section, const Json *row)
{
	const Topic *topic = section->topic;

	g_string_append(section->out, "<tr><th scope=\"row\">");
	put(section->out, name_of(section, json_text(row, "key")));
	g_string_append(section->out, "</th>");
	cell_number(section, row, "n", 0);
	if (is_timed(topic)) {
		cell_number(section, row, "median_hours", unit_hours(topic));
		cell_number(section, row, "most_hours", unit_hours(topic));
	} else if (topic->columns[2] != NULL) {
		cell_number(section, row, "part", 0);
	}
	g_string_append(section->out, "</tr>\n");
}

static void
table(const Section *section)
{
	g_string_append(section->out, "<table>\n<thead><tr>");
	for (guint i = 0; i < G_N_ELEMENTS(section->topic->columns) && section->topic->columns[i] != NULL; i++) {
		g_string_append(section->out, "<th scope=\"col\">");
		put(section->out, template_word(section->words, section->topic->columns[i]));
		g_string_append(section->out, "</th>");
	}
	g_string_append(section->out, "</tr></thead>\n<tbody>\n");
	for (guint i = 0; i < json_length(section->rows); i++)
		table_row(section, json_at(section->rows, i));
	g_string_append(section->out, "</tbody>\n</table>\n");
}

static char *
topic_html(GHashTable *words, const Json *figures, const Topic *topic)
{
	Section section = { words, topic, json_get(figures, topic->topic),
	    (int)json_int(figures, "year"), g_string_new(NULL) };

	if (json_length(section.rows) == 0) {
		g_string_append(section.out, "<p>");
		put(section.out, template_word(words, "report-nothing"));
		g_string_append(section.out, "</p>\n");
	} else {
		draw(&section);
		table(&section);
	}
	return g_string_free(section.out, FALSE);
}

/* --- the whole --- */

static void
put_value(GHashTable *values, const char *name, const char *text)
{
	g_hash_table_insert(values, g_strdup(name), g_markup_escape_text(text, -1));
}

char *
page_make(const Settings *settings, const Json *figures, GError **error)
{
	g_autoptr(GHashTable) words = template_words(settings->text_folder, settings->team_language, error);
	g_autoptr(GHashTable) values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(Text) text = NULL;
	g_autofree char *year = g_strdup_printf("%" G_GINT64_FORMAT, json_int(figures, "year"));
	g_autofree char *reports = g_strdup_printf("%" G_GINT64_FORMAT, json_int(figures, "reports"));
	g_autofree char *made = times_long(g_get_real_time(), settings->team_zone, settings->team_language);

	if (words == NULL)
		return NULL;
	put_value(values, "year", year);
	put_value(values, "reports", reports);
	put_value(values, "made", made);
	put_value(values, "team", settings->team_name);
	put_value(values, "zone", settings->team_zone);
	for (guint i = 0; i < G_N_ELEMENTS(topics); i++)
		g_hash_table_insert(values, g_strdup(topics[i].topic), topic_html(words, figures, &topics[i]));
	text = template_fill(settings->text_folder, settings->team_language, "report", values, error);
	return text != NULL ? g_steal_pointer(&text->body) : NULL;
}
