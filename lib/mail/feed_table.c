/* feed_table - lines of tables and lists; see feed_private.h */

#include "feed_private.h"

#include <string.h>

typedef enum { CELL_ADDRESS, CELL_HOST, CELL_PORT, CELL_TYPE, CELL_SEVERITY, CELL_TIME, CELLS } CellKind;

/* What columns are called; of several for one thing the first in this table counts. */
static const struct {
	const char *title;
	CellKind kind;
} titles[] = {
	{ "ip", CELL_ADDRESS }, { "src_ip", CELL_ADDRESS }, { "source.ip", CELL_ADDRESS },
	{ "ip_address", CELL_ADDRESS }, { "ipv4", CELL_ADDRESS }, { "ipv6", CELL_ADDRESS },
	{ "address", CELL_ADDRESS }, { "source_ip", CELL_ADDRESS },
	{ "domain", CELL_HOST }, { "host", CELL_HOST }, { "fqdn", CELL_HOST }, { "hostname", CELL_HOST },
	{ "source.fqdn", CELL_HOST }, { "url", CELL_HOST }, { "http_host", CELL_HOST },
	{ "port", CELL_PORT }, { "src_port", CELL_PORT }, { "source.port", CELL_PORT },
	{ "type", CELL_TYPE }, { "report", CELL_TYPE }, { "category", CELL_TYPE },
	{ "classification.type", CELL_TYPE }, { "infection", CELL_TYPE }, { "tag", CELL_TYPE },
	{ "severity", CELL_SEVERITY },
	{ "timestamp", CELL_TIME }, { "time.source", CELL_TIME }, { "time", CELL_TIME },
	{ "last_seen", CELL_TIME }, { "detected", CELL_TIME }, { "date", CELL_TIME },
};

typedef struct Table {
	CellsReader *reader;
	guint width;			/* how many cells the heading has */
	gint columns[CELLS];		/* -1: none */
	bool begun;			/* the heading is behind us */
} Table;

/* What is between the titles. */
static char
delimiter_of(const char *heading, gsize length)
{
	static const char known[] = ",;\t|";
	gsize most = 0;
	char best = ',';

	for (const char *one = known; *one != '\0'; one++) {
		gsize count = 0;

		for (gsize i = 0; i < length; i++)
			count += heading[i] == *one;
		if (count > most) {
			most = count;
			best = *one;
		}
	}
	return best;
}

static void
know_columns(Table *table, const GPtrArray *cells)
{
	guint rank[CELLS];

	for (guint kind = 0; kind < CELLS; kind++) {
		rank[kind] = G_N_ELEMENTS(titles);
		table->columns[kind] = -1;
	}
	for (guint i = 0; i < cells->len; i++)
		for (guint t = 0; t < G_N_ELEMENTS(titles); t++)
			if (g_ascii_strcasecmp(titles[t].title, g_ptr_array_index(cells, i)) == 0 &&
			    t < rank[titles[t].kind]) {
				rank[titles[t].kind] = t;
				table->columns[titles[t].kind] = (gint)i;
			}
}

struct Table *
feed_table_new(const char *heading, gsize length)
{
	Table *table = g_new0(Table, 1);
	const GPtrArray *cells;

	table->reader = cells_reader_new(delimiter_of(heading, length));
	cells = cells_reader_line(table->reader, heading, length);
	table->width = cells != NULL ? cells->len : 0;
	if (cells != NULL)
		know_columns(table, cells);
	if (cells != NULL && (table->columns[CELL_ADDRESS] >= 0 || table->columns[CELL_HOST] >= 0))
		return table;
	feed_table_free(table);
	return NULL;
}

void
feed_table_free(struct Table *table)
{
	cells_reader_free(table->reader);
	g_free(table);
}

static const char *
cell(const Table *table, const GPtrArray *cells, CellKind kind)
{
	return table->columns[kind] < 0 ? "" : g_ptr_array_index(cells, (guint)table->columns[kind]);
}

/* What is wrong with it; NULL: nothing. A host beside an address may be anything: a
 * table of addresses often says "unknown" there. */
static const char *
read_cells(const Table *table, const GPtrArray *cells, Finding *finding, char **host)
{
	const char *address = cell(table, cells, CELL_ADDRESS), *name = cell(table, cells, CELL_HOST);

	if (address[0] == '\0' && name[0] == '\0')
		return "neither an address nor a domain";
	if (address[0] != '\0' && !feed_take_address(finding, address))
		return "no address";
	if (name[0] != '\0' && !feed_take_host(finding, name, host)) {
		finding->host = NULL;
		if (address[0] == '\0')
			return "no domain";
	}
	if (!feed_take_port(finding, cell(table, cells, CELL_PORT)))
		return "no port";
	finding->severity = feed_severity(cell(table, cells, CELL_SEVERITY));
	finding->time = feed_time(cell(table, cells, CELL_TIME));
	return NULL;
}

/* A file whose name begins with its day is named by its type, too. */
static bool
is_named(const Feed *feed)
{
	return g_ascii_isdigit(feed->name[0]) && strlen(feed->name) > 11 && feed->name[10] == '-';
}

void
feed_table_line(Feed *feed, const char *line, gsize length)
{
	Table *table = feed->table;
	Finding finding = { .line = feed->line, .type = feed->type };
	g_autofree char *host = NULL, *type = NULL;
	const GPtrArray *cells;
	const char *why;

	if (!table->begun || length == 0 || line[0] == '#') {
		table->begun = true;
		return;
	}
	cells = cells_reader_line(table->reader, line, length);
	why = cells == NULL ? "the quotes do not fit" :
	    cells->len != table->width ? "more or fewer cells than titles" :
	    read_cells(table, cells, &finding, &host);
	if (why != NULL) {
		feed_wrong(feed, feed->line, why);
		return;
	}
	if (!is_named(feed) && cell(table, cells, CELL_TYPE)[0] != '\0')
		finding.type = type = feed_type(cell(table, cells, CELL_TYPE));
	feed_found(feed, &finding);
}

void
feed_list_line(Feed *feed, char *line)
{
	Finding finding = { .line = feed->line, .type = feed->type };
	g_autofree char *host = NULL;

	line += strspn(line, " \t");
	line[strcspn(line, "#; \t,")] = '\0';
	if (line[0] == '\0')
		return;
	if (feed_take_address(&finding, line) || feed_take_host(&finding, line, &host))
		feed_found(feed, &finding);
	else
		feed_wrong(feed, feed->line, "neither an address nor a domain");
}
