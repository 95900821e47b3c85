/* observe - what machines found out, into the directory's own: sluis observe, feed, observation */

#include "nouns.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "account.h"
#include "error.h"
#include "feeds.h"
#include "hits.h"
#include "observe.h"
#include "options.h"
#include "print.h"

/* A file that is read twice: once to know it again, once for what it says. */
typedef struct {
	const char *name;
	int fd;
	gint64 size, done;
	guint last_percent;
	bool shows;			/* progress, on a terminal */
} Source;

static void
source_clear(Source *source)
{
	if (source->fd > STDIN_FILENO)
		close(source->fd);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static void
show(Source *source)
{
	guint percent = source->size > 0 ? (guint)(source->done * 100 / source->size) : 100;

	if (!source->shows || percent == source->last_percent)
		return;
	source->last_percent = percent;
	fprintf(stderr, "\r%-24.24s %3u %%  [%-40.*s] ", source->name, percent, (int)(percent * 2 / 5),
	    "########################################");
}

static void
show_end(const Source *source)
{
	if (source->shows)
		fprintf(stderr, "\r%78s\r", "");
}

static gssize
source_read(gpointer data, void *buffer, gsize most)
{
	Source *source = data;
	gssize length = read(source->fd, buffer, most);

	source->done += MAX(length, 0);
	show(source);
	return length;
}

/* "-" is standard input, for what root may read and the user it becomes may not; it
 * must be a file, too. */
static bool
source_open(Source *source, const char *path, GError **error)
{
	bool standard = strcmp(path, "-") == 0;
	struct stat status;

	source->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (source->fd < 0)
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: %s%s", path, g_strerror(errno),
		    errno == EACCES ? "; try: sluis observe - <FILE" : "");
	if (fstat(source->fd, &status) != 0 || !S_ISREG(status.st_mode))
		return error_set(error, SLUIS_ERROR_REFUSED, "%s: is no file", path);
	source->size = status.st_size;
	return true;
}

static char *
hash_of(Source *source, GError **error)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	g_autofree guint8 *buffer = g_malloc(65536);
	gssize length;

	if (lseek(source->fd, 0, SEEK_SET) != 0) {
		error_errno(error, SLUIS_ERROR_REFUSED, source->name);
		return NULL;
	}
	while ((length = read(source->fd, buffer, 65536)) > 0)
		g_checksum_update(sum, buffer, length);
	if (length == 0 && lseek(source->fd, 0, SEEK_SET) == 0)
		return g_strdup(g_checksum_get_string(sum));
	error_errno(error, SLUIS_ERROR_REFUSED, source->name);
	return NULL;
}

static Observed *
observe_source(const Tools *tools, Db *db, const Feedbook *book, Source *source, const char *named,
    GError **error)
{
	g_autofree char *sha256 = hash_of(source, error);
	g_autofree char *base = g_path_get_basename(source->name);
	const Observable what = {
		.name = base, .source = named != NULL ? named : base, .sha256 = sha256, .vouched = true,
		.read = source_read, .from = source,
	};
	Observed *observed;

	if (sha256 == NULL || !db_begin(db, error))
		return NULL;
	observed = observe(tools, db, book, &what, error);
	show_end(source);
	if (observed != NULL && db_commit(db, error))
		return observed;
	observed_free(observed);
	db_rollback(db);
	return NULL;
}

static Json *
faults_json(const Observed *observed)
{
	Json *array = json_new_array();

	for (guint i = 0; i < observed->lines->len; i++) {
		Json *json = json_new_object();

		json_put_int(json, "line", g_ascii_strtoll(g_ptr_array_index(observed->lines, i), NULL, 10));
		json_put_text(json, "why", g_ptr_array_index(observed->whys, i));
		json_add(array, json);
	}
	return array;
}

static Json *
observed_json(const char *file, const Observed *observed)
{
	Json *json = json_new_object();

	json_put_text(json, "file", file);
	json_put_int(json, "feed", observed->feed);
	json_put_bool(json, "again", observed->again);
	json_put_text(json, "format", feed_format_word(observed->tally.format));
	json_put_int(json, "rows", (gint64)observed->tally.rows);
	json_put_int(json, "matched", observed->matched);
	json_put_int(json, "others", observed->others);
	json_put_int(json, "harmless", (gint64)observed->tally.harmless);
	json_put_int(json, "malformed", (gint64)observed->tally.wrong);
	json_put(json, "faults", faults_json(observed));
	return json;
}

static bool
tell_people(const char *file, const Observed *observed, GError **error)
{
	if (observed->again)
		return print_line(error, "%s: was read before, as feed %" G_GINT64_FORMAT "; nothing is done",
		    file, observed->feed);
	if (!print_line(error, "%s: feed %" G_GINT64_FORMAT ", %s, %" G_GUINT64_FORMAT " rows: %"
	    G_GINT64_FORMAT " matched, %" G_GINT64_FORMAT " not ours, %" G_GUINT64_FORMAT " harmless, %"
	    G_GUINT64_FORMAT " malformed", file, observed->feed, feed_format_word(observed->tally.format),
	    observed->tally.rows, observed->matched, observed->others, observed->tally.harmless,
	    observed->tally.wrong))
		return false;
	for (guint i = 0; i < observed->lines->len; i++)
		if (!print_line(error, "  line %s: %s", (const char *)g_ptr_array_index(observed->lines, i),
		    (const char *)g_ptr_array_index(observed->whys, i)))
			return false;
	return true;
}

/* One file; *wrong counts what was malformed in all of them. */
static bool
observe_file(const Order *order, const Tools *tools, Db *db, const Feedbook *book, const char *path,
    Json *array, guint64 *wrong, GError **error)
{
	g_auto(Source) source = { .name = path, .fd = -1, .shows = isatty(STDERR_FILENO), .last_percent = 101 };
	g_autoptr(Observed) observed = source_open(&source, path, error) ?
	    observe_source(tools, db, book, &source, order_text(order, "source"), error) : NULL;

	if (observed == NULL)
		return false;
	*wrong += observed->tally.wrong;
	json_add(array, observed_json(path, observed));
	return order->json || tell_people(path, observed, error);
}

static bool
observe_all(const Order *order, const Tools *tools, Db *db, GError **error)
{
	g_autoptr(Feedbook) book = feedbook_load(order->settings->feeds_file, error);
	g_autoptr(Json) array = json_new_array();
	guint64 wrong = 0;
	guint told;

	if (book == NULL)
		return false;
	for (guint i = 0; order_word(order, i) != NULL; i++)
		if (!observe_file(order, tools, db, book, order_word(order, i), array, &wrong, error))
			return false;
	if (!hits_tell(tools, db, book, g_get_real_time(), &told, error) ||
	    (order->json && !print_list(order, array, NULL, error)))
		return false;
	if (!order->json && told > 0 && !print_line(error, "%u participants are told at once", told))
		return false;
	return wrong == 0 || error_set(error, SLUIS_ERROR_REFUSED, "%" G_GUINT64_FORMAT
	    " rows could not be read; the others are done", wrong);
}

static bool
observe_run(const Order *order, GError **error)
{
	g_autoptr(Tools) tools = tools_open(order->settings, TOOLS_LETTERS, error);
	g_autoptr(Db) own = tools != NULL && order->session == NULL ?
	    db_open(order->settings->db_conninfo, "sluis_adm", error) : NULL;
	Db *db = own != NULL ? own : order->session;
	bool done = tools != NULL && db != NULL && observe_all(order, tools, db, error);

	if (tools != NULL)
		pgp_leave(tools->pgp);
	return done;
}

/* --- what was read --- */

static Json *
feed_json(const Rows *rows, guint row)
{
	static const char *const numbers[] = { "id", "rows", "matched", "others", "harmless", "malformed",
	    "observations" };
	Json *json = json_new_object();

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_put_int(json, numbers[i], rows_int(rows, row, numbers[i]));
	json_put_text(json, "source", rows_text(rows, row, "source"));
	json_put_text(json, "format", rows_text(rows, row, "format"));
	json_put_bool(json, "vouched", rows_bool(rows, row, "vouched"));
	json_put_time(json, "came", rows_time(rows, row, "came"));
	if (rows_null(rows, row, "reception"))
		json_put_null(json, "reception");
	else
		json_put_int(json, "reception", rows_int(rows, row, "reception"));
	return json;
}

static bool
feed_list(const Order *order, GError **error)
{
	static const Column columns[] = {
		{ "ID", "id", PRINT_NUMBER }, { "CAME", "came", PRINT_TEXT }, { "SOURCE", "source", PRINT_TEXT },
		{ "FORMAT", "format", PRINT_TEXT }, { "VOUCHED", "vouched", PRINT_FLAG },
		{ "MATCHED", "matched", PRINT_NUMBER }, { "OTHERS", "others", PRINT_NUMBER },
		{ "HARMLESS", "harmless", PRINT_NUMBER }, { "MALFORMED", "malformed", PRINT_NUMBER }, { NULL }
	};
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	g_autoptr(Rows) rows = db != NULL ? feeds_list(db, 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		json_add(array, feed_json(rows, i));
	return rows != NULL && print_list(order, array, columns, error);
}

static bool
feed_accept(const Order *order, GError **error)
{
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	gint64 id = db != NULL ? order_number(order, 0, error) : 0;
	gint64 count = id != 0 ? feeds_accept(db, id, error) : -1;

	return count >= 0 && print_line(error, "feed %" G_GINT64_FORMAT ": %" G_GINT64_FORMAT
	    " observations count from now on", id, count);
}

static Json *
observation_json(const Rows *rows, guint row)
{
	static const char *const texts[] = { "participant", "type", "severity", "address", "host", "source" };
	static const char *const times[] = { "first", "last", "told" };
	static const char *const numbers[] = { "id", "port", "feed", "times" };
	Json *json = json_new_object();

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		json_put_int(json, numbers[i], rows_int(rows, row, numbers[i]));
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		json_put_text(json, texts[i], rows_text(rows, row, texts[i]));
	for (guint i = 0; i < G_N_ELEMENTS(times); i++)
		json_put_time(json, times[i], rows_time(rows, row, times[i]));
	json_put_bool(json, "vouched", rows_bool(rows, row, "vouched"));
	return json;
}

static bool
observation_list(const Order *order, GError **error)
{
	static const Column columns[] = {
		{ "PARTICIPANT", "participant", PRINT_TEXT }, { "SEVERITY", "severity", PRINT_TEXT },
		{ "TYPE", "type", PRINT_TEXT }, { "ADDRESS", "address", PRINT_TEXT }, { "HOST", "host", PRINT_TEXT },
		{ "PORT", "port", PRINT_NUMBER }, { "LAST", "last", PRINT_TEXT }, { "TOLD", "told", PRINT_TEXT },
		{ NULL }
	};
	g_autoptr(Db) db = db_open(order->settings->db_conninfo, "sluis_adm", error);
	const char *feed = order_text(order, "feed");
	g_autoptr(Rows) rows = db != NULL ? feeds_observations(db, order_text(order, "participant"),
	    feed != NULL ? g_ascii_strtoll(feed, NULL, 10) : 0, error) : NULL;
	g_autoptr(Json) array = json_new_array();

	for (guint i = 0; rows != NULL && i < rows_count(rows); i++)
		json_add(array, observation_json(rows, i));
	return rows != NULL && print_list(order, array, columns, error);
}

static const OrderOption observe_options[] = { { "source", "NAME" }, { NULL } };
static const OrderOption list_options[] = { { "participant", "NAME" }, { "feed", "ID" }, { NULL } };

const Verb observe_verbs[] = {
	{ .noun = "observe", .words = "FILE...", .least = 1, .most = 1000, .options = observe_options,
	  .user = ACCOUNT_WORK, .wants_session = true, .has_json = true, .run = observe_run,
	  .summary = "read feeds, keep what concerns participants, and tell them of what is severe" },
	{ 0 }
};

const Verb feed_verbs[] = {
	{ .noun = "feed", .name = "list", .has_json = true, .run = feed_list,
	  .summary = "feeds that were read, and how all their rows were accounted for" },
	{ .noun = "feed", .name = "accept", .words = "ID", .least = 1, .most = 1, .run = feed_accept,
	  .summary = "vouch for a feed of a source we do not know: its participants are told" },
	{ 0 }
};

const Verb observation_verbs[] = {
	{ .noun = "observation", .name = "list", .options = list_options, .has_json = true,
	  .run = observation_list,
	  .summary = "what was found about participants' systems, the worst first" },
	{ 0 }
};
