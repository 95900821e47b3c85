/* feed_json - X-ARF 3 and 4, and reports of TLS; see feed_private.h */

#include "feed_private.h"

#include <string.h>

#include "json.h"

static const char *
text_of(const Json *object, const char *key)
{
	const char *text = object != NULL ? json_text(object, key) : NULL;

	return text != NULL ? text : "";
}

/* The first of these that is there. */
static const char *
first_of(const Json *object, const char *const *keys)
{
	for (; *keys != NULL; keys++)
		if (text_of(object, *keys)[0] != '\0')
			return text_of(object, *keys);
	return "";
}

/* Numbers of ports come as numbers; as a word one is wrong. */
static bool
take_port(Finding *finding, const Json *object, const char *key)
{
	gint64 port = json_int(object, key);

	if (!json_has(object, key))
		return true;
	finding->port = (guint)port;
	return json_text(object, key) == NULL && port >= 0 && port <= 65535;
}

/* Whom a report is about: an address, the host of a URL, or both. */
static const char *
take_source(Finding *finding, const char *source, const char *url, char **host)
{
	if (source[0] == '\0' && url[0] == '\0')
		return "neither an address nor a domain";
	if (source[0] != '\0' && !feed_take_address(finding, source) && !feed_take_host(finding, source, host))
		return "no address";
	if (url[0] != '\0' && finding->host == NULL && !feed_take_host(finding, url, host))
		return "no domain";
	return NULL;
}

/* Somebody stands behind it, and can be asked. */
static bool
has_reporter(const Json *report)
{
	static const char *const keys[] = { "ReporterOrg", "ReporterContactEmail", "ReporterOrgEmail", NULL };

	return json_has(report, "Disclosure") && first_of(json_get(report, "ReporterInfo"), keys)[0] != '\0';
}

/* An address that must be one where it is there. */
static bool
is_odd_address(const Json *object, const char *key)
{
	Finding other = { .line = 0 };

	return json_has(object, key) && !feed_take_address(&other, text_of(object, key));
}

static const char *
read_xarf3(const Json *root, Finding *finding, char **host, char **type)
{
	static const char *const urls[] = { "SourceUrl", "URL", "Url", NULL };
	static const char *const sources[] = { "SourceIp", "IP", "DestinationIp", NULL };
	const Json *report = json_get(root, "Report"), *source = json_get(report, "Source");
	Finding target = { .line = 0 };

	if (report == NULL || !has_reporter(root) || text_of(report, "ReportClass")[0] == '\0' ||
	    text_of(report, "ReportType")[0] == '\0')
		return "a part of the report is missing";
	finding->time = feed_time(text_of(report, "Date"));
	if (finding->time == 0)
		return "no time";
	if (!take_port(finding, report, "SourcePort") || !take_port(&target, report, "DestinationPort"))
		return "no port";
	if (is_odd_address(report, "DestinationIp"))
		return "no address";
	*type = feed_type(text_of(report, "ReportType"));
	return take_source(finding, first_of(source != NULL ? source : report, sources),
	    first_of(source != NULL ? source : report, urls), host);
}

static const char *
read_xarf4(const Json *root, Finding *finding, char **host, char **type)
{
	const Json *reporter = json_get(root, "reporter");
	g_autofree char *words = NULL;

	if (text_of(reporter, "contact")[0] == '\0' || text_of(root, "category")[0] == '\0' ||
	    text_of(root, "type")[0] == '\0' || text_of(root, "report_id")[0] == '\0')
		return "a part of the report is missing";
	finding->time = feed_time(text_of(root, "timestamp"));
	if (finding->time == 0)
		return "no time";
	if (!take_port(finding, root, "source_port"))
		return "no port";
	finding->severity = feed_severity(json_text(root, "risk_level"));
	words = g_strdup_printf("%s-%s", text_of(root, "category"), text_of(root, "type"));
	*type = feed_type(words);
	return take_source(finding, text_of(root, "source_identifier"), text_of(root, "url"), host);
}

/* A domain whose mail could not be delivered with TLS; how often all was well is
 * nobody's matter. */
static void
read_policy(Feed *feed, const Json *policy, guint line)
{
	const Json *details = json_get(policy, "failure-details"), *what = json_get(policy, "policy");
	Finding finding = { .line = line };
	g_autofree char *host = NULL;

	if (!feed_take_host(&finding, text_of(what, "policy-domain"), &host)) {
		feed_wrong(feed, line, "no domain");
		return;
	}
	if (details == NULL || json_length(details) == 0) {
		feed_harmless(feed);
		return;
	}
	for (guint i = 0; i < json_length(details); i++) {
		g_autofree char *words = g_strconcat("tls-", text_of(json_at(details, i), "result-type"), NULL);
		g_autofree char *type = feed_type(words);

		finding.type = type;
		feed_found(feed, &finding);
	}
}

static void
read_tls(Feed *feed, const Json *root, guint line)
{
	const Json *policies = json_get(root, "policies");

	feed->tally->format = FEED_TLSRPT;
	for (guint i = 0; i < json_length(policies) && !feed->stopped; i++)
		read_policy(feed, json_at(policies, i), line);
}

static void
read_object(Feed *feed, const Json *root, guint line)
{
	Finding finding = { .line = line };
	g_autofree char *host = NULL, *type = NULL;
	const char *why = "no report we know";

	if (json_get(root, "policies") != NULL && json_get(root, "date-range") != NULL) {
		read_tls(feed, root, line);
		return;
	}
	if (json_text(root, "xarf_version") != NULL)
		why = read_xarf4(root, &finding, &host, &type);
	else if (json_text(root, "Version") != NULL)
		why = read_xarf3(root, &finding, &host, &type);
	finding.type = type != NULL ? type : "unknown";
	if (why != NULL)
		feed_wrong(feed, line, why);
	else
		feed_found(feed, &finding);
}

static Json *
parse(const char *text, gsize length)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(text, length);

	return json_parse(bytes, NULL);
}

/* A report a line. */
static void
read_lines(Feed *feed)
{
	g_auto(GStrv) lines = g_strsplit(feed->held->str, "\n", -1);

	for (guint i = 0; lines[i] != NULL && !feed->stopped; i++) {
		g_autoptr(Json) json = NULL;

		if (g_strstrip(lines[i])[0] == '\0')
			continue;
		json = parse(lines[i], strlen(lines[i]));
		if (json == NULL)
			feed_wrong(feed, i + 1, "no JSON");
		else
			read_object(feed, json, i + 1);
	}
}

/* One report, a list of them, or one a line. */
void
feed_json(Feed *feed)
{
	g_autoptr(Json) json = parse(feed->held->str, feed->held->len);
	const char *end = strchr(feed->held->str, '\n');
	g_autoptr(Json) first = json == NULL && end != NULL ?
	    parse(feed->held->str, (gsize)(end - feed->held->str)) : NULL;

	if (json == NULL && first != NULL)
		read_lines(feed);
	else if (json == NULL)
		feed_wrong(feed, 1, "no JSON");
	else if (feed->held->str[strspn(feed->held->str, " \t\r\n")] != '[')
		read_object(feed, json, 1);
	for (guint i = 0; json != NULL && i < json_length(json) && !feed->stopped; i++)
		read_object(feed, json_at(json, i), i + 1);
}
