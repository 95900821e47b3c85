/* feed_mail - where the bytes of feeds come from: files, archives, mails; see feed.h */

#include "feed_private.h"

#include <string.h>

#include "split.h"

#define MAIL_MOST ((gsize)25 * 1024 * 1024)

/* --- a mail's report of abuse (RFC 5965) --- */

void
feed_arf(Feed *feed, GBytes *report)
{
	g_autoptr(Mime) fields = mime_parse(report);
	g_autofree char *type = mime_header(fields, "Feedback-Type");
	g_autofree char *source = mime_header(fields, "Source-IP");
	g_autofree char *domain = mime_header(fields, "Reported-Domain");
	g_autofree char *url = mime_header(fields, "Reported-URI");
	g_autofree char *host = NULL, *words = g_strconcat("arf-", type, NULL), *name = feed_type(words);
	Finding finding = { .line = 1, .type = name };
	bool known = false;

	feed->tally->format = FEED_ARF;
	if (source != NULL)
		known = feed_take_address(&finding, source);
	if (domain != NULL)
		known = feed_take_host(&finding, domain, &host) || known;
	if (url != NULL && finding.host == NULL) {
		g_clear_pointer(&host, g_free);
		known = feed_take_host(&finding, url, &host) || known;
	}
	if (type == NULL)
		feed_wrong(feed, 1, "a part of the report is missing");
	else if (!known)
		feed_wrong(feed, 1, "neither an address nor a domain");
	else
		feed_found(feed, &finding);
}

/* --- X-ARF 0.1: one level of YAML, which reads like a header --- */

/* Without the lines that begin and end a document, and the quotes around a value. */
static char *
plain_value(const Mime *fields, const char *name)
{
	char *value = mime_header(fields, name);
	gsize length = value != NULL ? strlen(g_strstrip(value)) : 0;

	if (length < 2 || (value[0] != '"' && value[0] != '\'') || value[length - 1] != value[0])
		return value;
	value[length - 1] = '\0';
	memmove(value, value + 1, length - 1);
	return value;
}

static gint64
time_of(const Mime *fields)
{
	g_autofree char *date = plain_value(fields, "Date");
	gint64 time = date != NULL ? feed_time(date) : 0;

	return time != 0 ? time : mime_date(fields);
}

static void
read_xarf(Feed *feed, GBytes *report)
{
	gsize length;
	const char *data = g_bytes_get_data(report, &length);
	gsize mark = length > 4 && strncmp(data, "---", 3) == 0 ? strspn(data, "-\r\n \t") : 0;
	g_autoptr(GBytes) document = g_bytes_new_from_bytes(report, mark, length - mark);
	g_autoptr(Mime) fields = mime_parse(document);
	g_autofree char *words = plain_value(fields, "Report-Type"), *source = plain_value(fields, "Source");
	g_autofree char *port = plain_value(fields, "Port"), *reporter = plain_value(fields, "Reported-From");
	g_autofree char *host = NULL, *name = words != NULL ? feed_type(words) : NULL;
	Finding finding = { .line = 1, .type = name, .time = time_of(fields) };

	feed->tally->format = FEED_XARF;
	if (name == NULL || name[0] == '\0' || source == NULL || reporter == NULL)
		feed_wrong(feed, 1, "a part of the report is missing");
	else if (!feed_take_address(&finding, source) && !feed_take_host(&finding, source, &host))
		feed_wrong(feed, 1, "neither an address nor a domain");
	else if (port != NULL && !feed_take_port(&finding, port))
		feed_wrong(feed, 1, "no port");
	else if (finding.time == 0)
		feed_wrong(feed, 1, "no time");
	else
		feed_found(feed, &finding);
}

/* --- bytes, packed or not --- */

typedef struct {
	Feed feed;
	bool open;
	const FeedSink *sink;
	FeedTally *tally;
	char *name;
} Pieces;

static bool
end_piece(Pieces *pieces)
{
	bool went_on = !pieces->open || feed_end(&pieces->feed);

	pieces->open = false;
	g_clear_pointer(&pieces->name, g_free);
	return went_on;
}

static bool
on_entry(gpointer data, const char *name)
{
	Pieces *pieces = data;

	if (!end_piece(pieces))
		return false;
	pieces->name = g_strdup(name);
	feed_begin(&pieces->feed, pieces->name, pieces->sink, pieces->tally);
	pieces->open = true;
	return true;
}

static bool
on_bytes(gpointer data, const void *bytes, gsize length)
{
	return feed_put(&((Pieces *)data)->feed, bytes, length);
}

/* A source whose first bytes were looked at, and come once more. */
typedef struct {
	UnpackRead read;
	gpointer source;
	char head[4096];
	gsize length, given;
} Peeked;

static gssize
peeked_read(gpointer data, void *buffer, gsize most)
{
	Peeked *peeked = data;
	gsize part = MIN(most, peeked->length - peeked->given);

	if (part == 0)
		return peeked->read(peeked->source, buffer, most);
	memcpy(buffer, peeked->head + peeked->given, part);
	peeked->given += part;
	return (gssize)part;
}

static bool
peek(Peeked *peeked)
{
	while (peeked->length < sizeof(peeked->head)) {
		gssize part = peeked->read(peeked->source, peeked->head + peeked->length,
		    sizeof(peeked->head) - peeked->length);

		if (part < 0)
			return false;
		if (part == 0)
			break;
		peeked->length += (gsize)part;
	}
	return true;
}

static bool
wrong(const FeedSink *sink, FeedTally *tally, const char *why)
{
	tally->rows++;
	tally->wrong++;
	return sink->wrong(sink->data, 1, why);
}

static bool
read_packed(const char *name, Peeked *peeked, const FeedSink *sink, FeedTally *tally)
{
	Pieces pieces = { .sink = sink, .tally = tally };
	const UnpackSink into = { .entry = on_entry, .bytes = on_bytes, .data = &pieces };
	UnpackEnd end = unpack(name, peeked_read, peeked, &into);

	if (!end_piece(&pieces) || end == UNPACK_STOPPED)
		return false;
	return end == UNPACK_WHOLE || wrong(sink, tally, end == UNPACK_TOO_MUCH ?
	    "what is packed is too much" : "what is packed cannot be opened");
}

static bool
read_plain(const char *name, Peeked *peeked, const FeedSink *sink, FeedTally *tally)
{
	g_autofree char *buffer = g_malloc(FEED_LINE);
	Feed feed;
	gssize length = 0;
	bool goes_on = true;

	feed_begin(&feed, name, sink, tally);
	while (goes_on && (length = peeked_read(peeked, buffer, FEED_LINE)) > 0)
		goes_on = feed_put(&feed, buffer, (gsize)length);
	goes_on = feed_end(&feed) && goes_on;
	return goes_on && (length == 0 || wrong(sink, tally, "it cannot be read"));
}

/* A file that begins as mails do, with a field of a header, and has one of those all
 * mails have. A byte order mark in front is none of its bytes. */
static bool
looks_like_mail(Peeked *peeked)
{
	static const char *const fields[] = { "\nfrom:", "\nreceived:", "\nsubject:", "\nmime-version:",
	    "\nmessage-id:" };
	gsize mark = peeked->length > 3 && memcmp(peeked->head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	g_autofree char *head = g_ascii_strdown(peeked->head + mark, (gssize)(peeked->length - mark));
	gsize name = strspn(head, "abcdefghijklmnopqrstuvwxyz0123456789-");

	if ((name == 0 || head[name] != ':') && !g_str_has_prefix(head, "from "))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(fields); i++)
		if (strstr(head, fields[i]) != NULL || g_str_has_prefix(head, fields[i] + 1)) {
			peeked->given = mark;
			return true;
		}
	return false;
}

static bool
read_mail_file(Peeked *peeked, const FeedSink *sink, FeedTally *tally)
{
	g_autoptr(GByteArray) all = g_byte_array_new();
	g_autofree guint8 *buffer = g_malloc(FEED_LINE);
	g_autoptr(GBytes) bytes = NULL;
	g_autoptr(Mime) mime = NULL;
	guint64 before = tally->rows;
	gssize length;

	while ((length = peeked_read(peeked, buffer, FEED_LINE)) > 0 && all->len <= MAIL_MOST)
		g_byte_array_append(all, buffer, (guint)length);
	if (length != 0)
		return wrong(sink, tally, length < 0 ? "it cannot be read" : "the mail is too large");
	bytes = g_byte_array_free_to_bytes(g_steal_pointer(&all));
	mime = mime_parse(bytes);
	return feed_read_mail(mime, sink, tally) &&
	    (tally->rows > before || wrong(sink, tally, "a mail without any report"));
}

bool
feed_read(const char *name, UnpackRead read, gpointer source, const FeedSink *sink, FeedTally *tally)
{
	Peeked peeked = { .read = read, .source = source };

	if (!peek(&peeked))
		return wrong(sink, tally, "it cannot be read");
	if (unpack_is_packed(peeked.head, peeked.length))
		return read_packed(name, &peeked, sink, tally);
	return looks_like_mail(&peeked) ? read_mail_file(&peeked, sink, tally) :
	    read_plain(name, &peeked, sink, tally);
}

typedef struct {
	GBytes *bytes;
	gsize given;
} Memory;

static gssize
memory_read(gpointer data, void *buffer, gsize most)
{
	Memory *memory = data;
	gsize length;
	const guint8 *bytes = g_bytes_get_data(memory->bytes, &length);
	gsize part = MIN(most, length - memory->given);

	if (part > 0)
		memcpy(buffer, bytes + memory->given, part);
	memory->given += part;
	return (gssize)part;
}

bool
feed_read_bytes(const char *name, GBytes *bytes, const FeedSink *sink, FeedTally *tally)
{
	Memory memory = { bytes, 0 };
	Peeked peeked = { .read = memory_read, .source = &memory };

	peek(&peeked);
	return unpack_is_packed(peeked.head, peeked.length) ? read_packed(name, &peeked, sink, tally) :
	    read_plain(name, &peeked, sink, tally);
}

/* --- mails --- */

/* A mail of X-ARF 0.1 or 0.2 says so, and has its report in a part of that name. */
static bool
is_old_xarf(const Mime *mime, const Part *part)
{
	return strcmp(part->name, "report.txt") == 0 &&
	    (mime_header_count(mime, "X-XARF") > 0 || mime_header_count(mime, "X-ARF") > 0);
}

/* Parts that are reports or tables by what they are said to be. */
static bool
is_report(const Mime *mime, const Part *part)
{
	static const char *const types[] = {
		"message/feedback-report", "application/tlsrpt+gzip", "application/tlsrpt+json",
		"application/xarf+json",
	};
	static const char *const endings[] = { ".csv", ".csv.gz", ".csv.zip", ".xml", ".xml.gz", ".json",
	    ".json.gz", ".zip", ".gz" };

	for (guint i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcmp(part->type, types[i]) == 0)
			return true;
	for (guint i = 0; part->name[0] != '\0' && i < G_N_ELEMENTS(endings); i++)
		if (g_str_has_suffix(part->name, endings[i]))
			return true;
	return strcmp(part->type, "text/csv") == 0 || is_old_xarf(mime, part);
}

static bool
read_part(const Mime *mime, const Part *part, const FeedSink *sink, FeedTally *tally)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(mime, part->n);
	Feed feed;

	bool old = is_old_xarf(mime, part);

	if (!old && strcmp(part->type, "message/feedback-report") != 0)
		return feed_read_bytes(part->name, bytes, sink, tally);
	feed_begin(&feed, old ? "xarf" : "arf", sink, tally);
	feed.format = old ? FEED_XARF : FEED_ARF;
	feed.skips = true;
	if (old)
		read_xarf(&feed, bytes);
	else
		feed_arf(&feed, bytes);
	return feed_end(&feed);
}

bool
feed_read_mail(const Mime *mime, const FeedSink *sink, FeedTally *tally)
{
	const GPtrArray *parts = mime_parts(mime);

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (is_report(mime, part) && !read_part(mime, part, sink, tally))
			return false;
	}
	return true;
}

bool
feed_is_mail(const Mime *mime)
{
	const GPtrArray *parts = mime_parts(mime);
	bool any = false;

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);

		if (is_report(mime, part))
			any = true;
		else if (part->attachment && !g_str_has_prefix(part->type, "message/") &&
		    !g_str_has_prefix(part->type, "text/"))
			return false;
	}
	return any;
}
