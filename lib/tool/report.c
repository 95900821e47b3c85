/* report - the figures of a year: sluis report */

#include "nouns.h"

#include <string.h>

#include "cells.h"
#include "error.h"
#include "figures.h"
#include "file.h"
#include "page.h"
#include "print.h"
#include "program.h"
#include "times.h"

static const char *const topics[] = {
	"month", "class", "motive", "umbrella", "acknowledge", "assess", "fix", "encrypted",
};

static const Column columns[] = {
	{ "OF", "key", PRINT_TEXT },
	{ "N", "n", PRINT_TEXT },
	{ "PART", "part", PRINT_TEXT },
	{ "MEDIAN HOURS", "median_hours", PRINT_TEXT },
	{ "MOST HOURS", "most_hours", PRINT_TEXT },
	{ NULL }
};

/* null: of too few. */
static void
put_hours(Json *json, const char *key, const Rows *rows, guint row, const char *column)
{
	if (rows_null(rows, row, column))
		json_put_null(json, key);
	else
		json_put_real(json, key, rows_real(rows, row, column));
}

static Json *
row_json(const Rows *rows, guint row)
{
	Json *json = json_new_object();

	json_put_text(json, "key", rows_text(rows, row, "key"));
	json_put_int(json, "n", rows_int(rows, row, "n"));
	if (rows_null(rows, row, "part"))
		json_put_null(json, "part");
	else
		json_put_int(json, "part", rows_int(rows, row, "part"));
	put_hours(json, "median_hours", rows, row, "middle");
	put_hours(json, "most_hours", rows, row, "most");
	return json;
}

/* {year, zone, reports, and an array for each topic} */
static Json *
figures_json(const Rows *rows, int year, const char *zone)
{
	Json *json = json_new_object();
	gint64 reports = 0;

	json_put_int(json, "year", year);
	json_put_text(json, "zone", zone);
	for (guint t = 0; t < G_N_ELEMENTS(topics); t++) {
		Json *array = json_new_array();

		for (guint i = 0; i < rows_count(rows); i++) {
			if (strcmp(rows_text(rows, i, "topic"), topics[t]) != 0)
				continue;
			json_add(array, row_json(rows, i));
			reports += t == 0 ? rows_int(rows, i, "n") : 0;
		}
		json_put(json, topics[t], array);
	}
	json_put_int(json, "reports", reports);
	return json;
}

/* 0: none, with an error. The year of today, if none was typed. */
static int
year_of(const Order *order, GError **error)
{
	const char *text = order_text(order, "year");
	guint64 year;

	if (text == NULL)
		return times_year(g_get_real_time(), order->settings->team_zone);
	if (g_ascii_string_to_unsigned(text, 10, 1970, 9998, &year, NULL))
		return (int)year;
	program_usage(error, "--year: expected a year such as 2026, not \"%s\"", text);
	return 0;
}

/* A number as programs want it; "" for none. */
static char *
cell_of(const Json *row, const char *key, bool is_real)
{
	char text[G_ASCII_DTOSTR_BUF_SIZE];

	if (!json_has(row, key))
		return g_strdup("");
	return is_real ? g_strdup(g_ascii_formatd(text, sizeof(text), "%.2f", json_get_real(row, key))) :
	    g_strdup_printf("%" G_GINT64_FORMAT, json_int(row, key));
}

static void
add_row(GString *text, const char *topic, const Json *row)
{
	g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(cells, g_strdup(topic));
	g_ptr_array_add(cells, g_strdup(json_text(row, "key")));
	g_ptr_array_add(cells, cell_of(row, "n", false));
	g_ptr_array_add(cells, cell_of(row, "part", false));
	g_ptr_array_add(cells, cell_of(row, "median_hours", true));
	g_ptr_array_add(cells, cell_of(row, "most_hours", true));
	cells_append(text, cells);
}

static bool
print_csv(const Json *json, GError **error)
{
	g_autoptr(GString) text = g_string_new("topic,key,n,part,median_hours,most_hours\n");

	for (guint t = 0; t < G_N_ELEMENTS(topics); t++)
		for (guint i = 0; i < json_length(json_get(json, topics[t])); i++)
			add_row(text, topics[t], json_at(json_get(json, topics[t]), i));
	return print_text(text->str, error);
}

/* The same in words, since not every row has every number. */
static Json *
in_words(const Json *rows)
{
	static const struct {
		const char *key;
		bool is_real;
	} numbers[] = { { "n", false }, { "part", false }, { "median_hours", true }, { "most_hours", true } };
	Json *array = json_new_array();

	for (guint i = 0; i < json_length(rows); i++) {
		Json *row = json_new_object();

		json_put_text(row, "key", json_text(json_at(rows, i), "key"));
		for (guint n = 0; n < G_N_ELEMENTS(numbers); n++) {
			g_autofree char *cell = cell_of(json_at(rows, i), numbers[n].key, numbers[n].is_real);

			json_put_text(row, numbers[n].key, cell);
		}
		json_add(array, row);
	}
	return array;
}

static bool
print_tables(const Json *json, GError **error)
{
	if (!print_line(error, "%" G_GINT64_FORMAT ": %" G_GINT64_FORMAT " reports", json_int(json, "year"),
	    json_int(json, "reports")))
		return false;
	for (guint t = 0; t < G_N_ELEMENTS(topics); t++) {
		g_autoptr(Json) rows = in_words(json_get(json, topics[t]));

		if (!print_section(topics[t], rows, columns, error))
			return false;
	}
	return true;
}

static bool
write_page(const Order *order, const Json *json, const char *file, GError **error)
{
	g_autofree char *page = page_make(order->settings, json, error);

	if (page == NULL)
		return false;
	return strcmp(file, "-") == 0 ? print_text(page, error) :
	    file_write(file, page, strlen(page), 0644, error);
}

static bool
report_run(const Order *order, GError **error)
{
	const char *html = order_text(order, "html");
	int year = year_of(order, error);
	g_autoptr(Db) db = year != 0 ? db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;
	g_autoptr(Rows) rows = db == NULL ? NULL :
	    figures_of(db, year, order->settings->team_zone, error);
	g_autoptr(Json) json = rows != NULL ? figures_json(rows, year, order->settings->team_zone) : NULL;

	if (json == NULL)
		return false;
	if (html != NULL)
		return write_page(order, json, html, error);
	if (order_flag(order, "csv"))
		return print_csv(json, error);
	return order->json ? print_record(order, json, NULL, error) : print_tables(json, error);
}

static const OrderOption report_options[] = {
	{ "year", "YYYY" }, { "html", "FILE" }, { "csv", NULL }, { NULL }
};

const Verb report_verbs[] = {
	{ .noun = "report", .options = report_options, .has_json = true, .run = report_run,
	  .summary = "the figures of a year, as tables or one page without a name in it" },
	{ 0 }
};
