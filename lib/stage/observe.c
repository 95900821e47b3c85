/* observe - see observe.h */

#include "observe.h"

#include <string.h>

#include "feeds.h"

#define KNOWN_MOST 1000		/* types that are remembered */

/* One feed on its way into the database. */
typedef struct {
	const Feedbook *book;
	FeedRows *rows;
	GHashTable *kinds;		/* type -> FeedKind, for types that were looked up */
	Observed *observed;
	GError *because;
} Copying;

void
observed_free(Observed *observed)
{
	if (observed == NULL)
		return;
	g_clear_pointer(&observed->lines, g_ptr_array_unref);
	g_clear_pointer(&observed->whys, g_ptr_array_unref);
	g_free(observed);
}

/* Looked up once a type, of which a feed has few. */
static const FeedKind *
kind_of(Copying *copying, const char *type)
{
	gpointer known;

	if (g_hash_table_lookup_extended(copying->kinds, type, NULL, &known))
		return known;
	known = (gpointer)feedbook_kind(copying->book, type);
	if (g_hash_table_size(copying->kinds) < KNOWN_MOST)
		g_hash_table_insert(copying->kinds, g_strdup(type), known);
	return known;
}

static bool
on_found(gpointer data, const Finding *finding)
{
	static const FeedKind other = { .severity = (char *)"low", .again = 7 * 24 * 60 * 60 };
	Copying *copying = data;
	const FeedKind *kind = kind_of(copying, finding->type);
	const FeedRow row = {
		.line = finding->line, .address = finding->address, .host = finding->host,
		.port = finding->port, .type = finding->type, .time = finding->time,
		.severity = kind != NULL ? kind->severity :
		    finding->severity != NULL ? finding->severity : other.severity,
		.again = (kind != NULL ? kind : &other)->again,
	};

	return feeds_rows_put(copying->rows, &row, &copying->because);
}

static bool
on_wrong(gpointer data, guint line, const char *why)
{
	Observed *observed = ((Copying *)data)->observed;

	if (observed->lines->len < OBSERVE_FAULTS) {
		g_ptr_array_add(observed->lines, g_strdup_printf("%u", line));
		g_ptr_array_add(observed->whys, g_strdup(why));
	}
	return true;
}

static bool
copy_rows(Db *db, const Feedbook *book, const Observable *what, Observed *observed, GError **error)
{
	g_autoptr(FeedRows) rows = feeds_rows_begin(db, error);
	g_autoptr(GHashTable) kinds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Copying copying = { .book = book, .rows = rows, .kinds = kinds, .observed = observed };
	const FeedSink sink = { .found = on_found, .wrong = on_wrong, .data = &copying };
	bool whole;

	if (rows == NULL)
		return false;
	whole = what->mime != NULL ? feed_read_mail(what->mime, &sink, &observed->tally) :
	    feed_read(what->name, what->read, what->from, &sink, &observed->tally);
	if (!whole)
		g_propagate_error(error, copying.because);
	return whole && feeds_rows_end(rows, error);
}

static bool
account(Db *db, Observed *observed, GError **error)
{
	const FeedEnd end = {
		.format = feed_format_word(observed->tally.format),
		.matched = observed->matched, .others = observed->others,
		.harmless = (gint64)observed->tally.harmless, .malformed = (gint64)observed->tally.wrong,
		.lines = observed->lines, .whys = observed->whys,
	};

	return feeds_end(db, observed->feed, &end, error);
}

Observed *
observe(const Tools *tools, Db *db, const Feedbook *book, const Observable *what, GError **error)
{
	g_autoptr(Observed) observed = g_new0(Observed, 1);
	g_autoptr(GBytes) content = seal_mac(tools->index, "feed", what->sha256, strlen(what->sha256));

	observed->lines = g_ptr_array_new_with_free_func(g_free);
	observed->whys = g_ptr_array_new_with_free_func(g_free);
	if (!feeds_begin(db, content, what->source, what->vouched, what->reception, &observed->feed,
	    &observed->again, error))
		return NULL;
	if (observed->again)
		return g_steal_pointer(&observed);
	return copy_rows(db, book, what, observed, error) &&
	    feeds_match(db, observed->feed, g_get_real_time(), &observed->matched, &observed->others, error) &&
	    account(db, observed, error) ? g_steal_pointer(&observed) : NULL;
}
