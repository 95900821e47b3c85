/* feed_xml - aggregate reports of DMARC (RFC 7489 appendix C); see feed_private.h */

#include "feed_private.h"

#include <string.h>

/* The texts of a record that count, by the names of their elements. */
typedef enum { TEXT_SOURCE, TEXT_DKIM, TEXT_SPF, TEXT_FROM, TEXTS } TextKind;

struct Dmarc {
	Feed *feed;
	Xml *xml;
	XmlSink sink;
	bool is_report;			/* its root is "feedback" */
	bool in_record, in_verdict;
	char *texts[TEXTS];
	gint64 day;			/* when the report begins */
	bool ended;			/* what is wrong was said */
};

static void
on_begin(gpointer data, const char *name)
{
	struct Dmarc *dmarc = data;

	if (strcmp(name, "feedback") == 0)
		dmarc->is_report = true;
	if (strcmp(name, "record") == 0)
		dmarc->in_record = true;
	if (strcmp(name, "policy_evaluated") == 0)
		dmarc->in_verdict = true;
}

static const char *
text_at(const struct Dmarc *dmarc, TextKind kind)
{
	return dmarc->texts[kind] != NULL ? dmarc->texts[kind] : "";
}

/* A domain in whose name mail was sent that is not its own, and from where. The
 * address is somebody's who sends such mail, and that may be one of ours. */
static void
end_record(struct Dmarc *dmarc, guint line)
{
	Finding finding = { .line = line, .type = "dmarc-fail", .time = dmarc->day };
	g_autofree char *host = NULL;

	if (!feed_take_address(&finding, text_at(dmarc, TEXT_SOURCE)))
		feed_wrong(dmarc->feed, line, "no address");
	else if (!feed_take_host(&finding, text_at(dmarc, TEXT_FROM), &host))
		feed_wrong(dmarc->feed, line, "no domain");
	else if (strcmp(text_at(dmarc, TEXT_DKIM), "pass") == 0 || strcmp(text_at(dmarc, TEXT_SPF), "pass") == 0)
		feed_harmless(dmarc->feed);
	else
		feed_found(dmarc->feed, &finding);
	for (guint i = 0; i < TEXTS; i++)
		g_clear_pointer(&dmarc->texts[i], g_free);
	dmarc->in_record = false;
}

static void
keep(struct Dmarc *dmarc, TextKind kind, const char *text)
{
	g_free(dmarc->texts[kind]);
	dmarc->texts[kind] = g_strdup(text);
}

static void
on_end(gpointer data, const char *name, const char *text, guint line)
{
	struct Dmarc *dmarc = data;

	if (strcmp(name, "record") == 0)
		end_record(dmarc, line);
	else if (strcmp(name, "policy_evaluated") == 0)
		dmarc->in_verdict = false;
	else if (strcmp(name, "begin") == 0 && !dmarc->in_record)
		dmarc->day = g_ascii_strtoll(text, NULL, 10) * G_USEC_PER_SEC;
	else if (dmarc->in_record && strcmp(name, "source_ip") == 0)
		keep(dmarc, TEXT_SOURCE, text);
	else if (dmarc->in_record && strcmp(name, "header_from") == 0)
		keep(dmarc, TEXT_FROM, text);
	else if (dmarc->in_verdict && strcmp(name, "dkim") == 0)
		keep(dmarc, TEXT_DKIM, text);
	else if (dmarc->in_verdict && strcmp(name, "spf") == 0)
		keep(dmarc, TEXT_SPF, text);
}

struct Dmarc *
feed_dmarc_new(Feed *feed)
{
	struct Dmarc *dmarc = g_new0(struct Dmarc, 1);

	dmarc->feed = feed;
	dmarc->sink = (XmlSink){ .begin = on_begin, .end = on_end, .data = dmarc };
	dmarc->xml = xml_new(&dmarc->sink);
	return dmarc;
}

void
feed_dmarc_free(struct Dmarc *dmarc)
{
	for (guint i = 0; i < TEXTS; i++)
		g_free(dmarc->texts[i]);
	xml_free(dmarc->xml);
	g_free(dmarc);
}

static bool
broken(struct Dmarc *dmarc, const char *why)
{
	if (!dmarc->ended)
		feed_wrong(dmarc->feed, 1, why);
	dmarc->ended = true;
	return false;
}

bool
feed_dmarc_put(struct Dmarc *dmarc, const char *bytes, gsize length)
{
	return xml_put(dmarc->xml, bytes, length) || broken(dmarc, "no XML we read");
}

void
feed_dmarc_end(struct Dmarc *dmarc)
{
	if (dmarc->ended)
		return;
	if (!xml_end(dmarc->xml))
		broken(dmarc, "no XML we read");
	else if (!dmarc->is_report)
		broken(dmarc, "no report we know");
}
