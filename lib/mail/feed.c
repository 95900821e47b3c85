/* feed - see feed.h */

#include "feed_private.h"

#include <arpa/inet.h>
#include <string.h>

#include "domain.h"
#include "text.h"
#include "times.h"

#define HEAD 512		/* so many bytes tell what it is */

const char *
feed_format_word(FeedFormat format)
{
	static const char *const words[FEED_FORMATS] = {
		"none", "csv", "list", "xarf", "arf", "dmarc", "tlsrpt",
	};

	return words[format];
}

char *
feed_type(const char *word)
{
	GString *type = g_string_new(NULL);

	for (; *word != '\0' && type->len < FEED_TYPE; word++) {
		if (g_ascii_isalnum(*word))
			g_string_append_c(type, g_ascii_tolower(*word));
		else if (type->len > 0 && type->str[type->len - 1] != '-')
			g_string_append_c(type, '-');
	}
	if (type->len > 0 && type->str[type->len - 1] == '-')
		g_string_truncate(type, type->len - 1);
	if (type->len == 0)
		g_string_assign(type, "unknown");
	return g_string_free(type, FALSE);
}

/* Without the day in front and what stands behind the type in names of
 * Shadowserver's; else without the endings. */
static char *
type_of_name(const char *name)
{
	static const char day[] = "dddd-dd-dd-";
	gsize at = 0;
	g_autofree char *word = NULL;

	while (day[at] != '\0' && (day[at] == 'd' ? g_ascii_isdigit(name[at]) : name[at] == '-'))
		at++;
	word = day[at] == '\0' ? g_strndup(name + at, strcspn(name + at, "-.")) :
	    g_strndup(name, strcspn(name, "."));
	return feed_type(word);
}

/* --- rows --- */

void
feed_found(Feed *feed, const Finding *finding)
{
	feed->tally->rows++;
	feed->tally->found++;
	feed->stopped = feed->stopped || !feed->sink->found(feed->sink->data, finding);
}

void
feed_harmless(Feed *feed)
{
	feed->tally->rows++;
	feed->tally->harmless++;
}

void
feed_wrong(Feed *feed, guint line, const char *why)
{
	feed->tally->rows++;
	feed->tally->wrong++;
	feed->stopped = feed->stopped || !feed->sink->wrong(feed->sink->data, line, why);
}

/* --- values --- */

bool
feed_take_address(Finding *finding, const char *text)
{
	guint8 raw[16];
	int family = strchr(text, ':') != NULL ? AF_INET6 : AF_INET;

	return inet_pton(family, text, raw) == 1 &&
	    inet_ntop(family, raw, finding->address, sizeof(finding->address)) != NULL;
}

/* A name with a dot in it; of a URL its host. */
bool
feed_take_host(Finding *finding, const char *text, char **owned)
{
	const char *start = strstr(text, "://");
	g_autofree char *host = NULL;
	const char *at;

	start = start != NULL ? start + 3 : text;
	host = g_strndup(start, strcspn(start, "/?#"));
	at = strrchr(host, '@');
	if (at != NULL)
		memmove(host, at + 1, strlen(at + 1) + 1);
	if (host[0] == '[') {
		host[strcspn(host, "]")] = '\0';
		return feed_take_address(finding, host + 1);
	}
	if (strchr(host, ':') == strrchr(host, ':'))
		host[strcspn(host, ":")] = '\0';
	if (feed_take_address(finding, host)) {
		if (start == text && text[strlen(host)] == '/')		/* that is a network */
			finding->address[0] = '\0';
		return finding->address[0] != '\0';
	}
	*owned = strchr(host, '.') != NULL ? domain_canonical(host) : NULL;
	finding->host = *owned;
	return *owned != NULL && domain_is_plausible(*owned);
}

/* As in RFC 3339, or "2026-11-24 01:11:09", which is UTC. */
gint64
feed_time(const char *text)
{
	char buffer[40];
	gsize length = strlen(text);

	if (length < 10 || length > 35)
		return 0;
	g_strlcpy(buffer, text, sizeof(buffer));
	if (buffer[10] == ' ')
		buffer[10] = 'T';
	if (length == 10)
		g_strlcat(buffer, "T00:00:00Z", sizeof(buffer));
	else if (strpbrk(buffer + 11, "Zz+-") == NULL)
		g_strlcat(buffer, "Z", sizeof(buffer));
	return times_parse_rfc3339(buffer);
}

const char *
feed_severity(const char *text)
{
	static const char *const words[] = { "critical", "high", "medium", "low" };

	for (guint i = 0; text != NULL && i < G_N_ELEMENTS(words); i++)
		if (g_ascii_strcasecmp(words[i], text) == 0)
			return words[i];
	return NULL;
}

bool
feed_take_port(Finding *finding, const char *text)
{
	guint64 port = 0;

	if (text[0] != '\0' && !g_ascii_string_to_unsigned(text, 10, 0, 65535, &port, NULL))
		return false;
	finding->port = (guint)port;
	return true;
}

/* --- what it is, and its lines --- */

static void
take_line(Feed *feed, char *line, gsize length)
{
	feed->line++;
	if (length > 0 && line[length - 1] == '\r')
		length--;
	line[length] = '\0';
	if (feed->format == FEED_CSV)
		feed_table_line(feed, line, length);
	else
		feed_list_line(feed, line);
}

static void
too_long(Feed *feed)
{
	feed->line++;
	feed->skips = true;
	feed_wrong(feed, feed->line, "the line is too long");
}

/* Cuts lines from what is held and what came; the rest is held. */
static void
put_lines(Feed *feed, const char *bytes, gsize length)
{
	while (length > 0 && !feed->stopped) {
		const char *end = memchr(bytes, '\n', length);
		gsize part = end != NULL ? (gsize)(end - bytes) : length;

		if (!feed->skips && feed->held->len + part > FEED_LINE)
			too_long(feed);
		if (!feed->skips)
			g_string_append_len(feed->held, bytes, (gssize)part);
		if (end == NULL)
			return;
		if (!feed->skips)
			take_line(feed, feed->held->str, feed->held->len);
		g_string_truncate(feed->held, 0);
		feed->skips = false;
		bytes += part + 1;
		length -= part + 1;
	}
}

/* The first bytes, without a byte order mark and blanks, decide. */
static FeedFormat
look_at(Feed *feed)
{
	const char *text = feed->held->str;
	gsize skipped = 0;

	if (g_str_has_prefix(text, "\xef\xbb\xbf"))
		g_string_erase(feed->held, 0, 3);
	text = feed->held->str;
	skipped = strspn(text, " \t\r\n");
	if (text[skipped] == '{' || text[skipped] == '[')
		return FEED_XARF;
	if (text[skipped] == '<')
		return FEED_DMARC;
	feed->table = feed_table_new(text, strcspn(text, "\r\n"));
	return feed->table != NULL ? FEED_CSV : FEED_LIST;
}

static void
put_document(Feed *feed, const char *bytes, gsize length)
{
	if (feed->skips)
		return;
	if (feed->held->len + length > FEED_DOCUMENT) {
		feed->skips = true;
		feed_wrong(feed, 1, "the document is too large");
		return;
	}
	g_string_append_len(feed->held, bytes, (gssize)length);
}

static void
put_told(Feed *feed, const char *bytes, gsize length)
{
	switch (feed->format) {
	case FEED_CSV:
	case FEED_LIST:
		put_lines(feed, bytes, length);
		break;
	case FEED_DMARC:
		if (!feed->skips && !feed_dmarc_put(feed->dmarc, bytes, length))
			feed->skips = true;
		break;
	default:
		put_document(feed, bytes, length);
		break;
	}
}

/* What was held to see what it is goes the way of the rest. */
static void
tell(Feed *feed)
{
	g_autoptr(GString) head = NULL;

	feed->format = look_at(feed);
	feed->tally->format = feed->format;
	if (feed->format == FEED_DMARC)
		feed->dmarc = feed_dmarc_new(feed);
	head = g_steal_pointer(&feed->held);
	feed->held = g_string_new(NULL);
	put_told(feed, head->str, head->len);
}

void
feed_begin(Feed *feed, const char *name, const FeedSink *sink, FeedTally *tally)
{
	*feed = (Feed){ .sink = sink, .tally = tally, .name = name, .type = type_of_name(name),
	    .held = g_string_new(NULL) };
}

bool
feed_put(Feed *feed, const void *bytes, gsize length)
{
	if (feed->format != FEED_NONE) {
		put_told(feed, bytes, length);
		return !feed->stopped;
	}
	g_string_append_len(feed->held, bytes, (gssize)length);
	if (feed->held->len >= HEAD && (strchr(feed->held->str, '\n') != NULL ||
	    feed->held->len >= FEED_LINE))
		tell(feed);
	return !feed->stopped;
}

static void
end_told(Feed *feed)
{
	switch (feed->format) {
	case FEED_CSV:
	case FEED_LIST:
		if (feed->held->len > 0 && !feed->skips)
			take_line(feed, feed->held->str, feed->held->len);
		break;
	case FEED_DMARC:
		feed_dmarc_end(feed->dmarc);
		break;
	default:
		if (!feed->skips)
			feed_json(feed);
		break;
	}
}

bool
feed_end(Feed *feed)
{
	if (!feed->stopped && feed->format == FEED_NONE)
		tell(feed);
	if (!feed->stopped)
		end_told(feed);
	g_clear_pointer(&feed->table, feed_table_free);
	g_clear_pointer(&feed->dmarc, feed_dmarc_free);
	g_string_free(feed->held, TRUE);
	g_free(feed->type);
	return !feed->stopped;
}
