/* feed - the forms findings come in, whole, broken, packed and too large */

#include <string.h>
#include <gio/gio.h>

#include "feed.h"

typedef struct {
	GString *found;		/* "line address host port type severity", a line each */
	GString *wrong;		/* "line why" */
} Seen;

static bool
on_found(gpointer data, const Finding *finding)
{
	g_string_append_printf(((Seen *)data)->found, "%u %s %s %u %s %s\n", finding->line,
	    finding->address[0] != '\0' ? finding->address : "-", finding->host != NULL ? finding->host : "-",
	    finding->port, finding->type, finding->severity != NULL ? finding->severity : "-");
	return true;
}

static bool
on_wrong(gpointer data, guint line, const char *why)
{
	g_string_append_printf(((Seen *)data)->wrong, "%u %s\n", line, why);
	return true;
}

static void
check(const char *name, GBytes *bytes, const char *found, const char *wrong, guint harmless)
{
	Seen seen = { g_string_new(NULL), g_string_new(NULL) };
	const FeedSink sink = { on_found, on_wrong, &seen };
	FeedTally tally = { 0 };

	g_assert_true(feed_read_bytes(name, bytes, &sink, &tally));
	g_assert_cmpstr(seen.found->str, ==, found);
	g_assert_cmpstr(seen.wrong->str, ==, wrong);
	g_assert_cmpuint(tally.harmless, ==, harmless);
	g_assert_cmpuint(tally.rows, ==, tally.found + tally.harmless + tally.wrong);
	g_string_free(seen.found, TRUE);
	g_string_free(seen.wrong, TRUE);
}

static const struct {
	const char *name, *text, *found, *wrong;
	guint harmless;
} rows[] = {
	{ "2026-11-24-scan_rdp-netherlands-geo.csv",
	  "\"timestamp\",\"severity\",\"ip\",\"protocol\",\"port\",\"hostname\",\"tag\"\r\n"
	  "\"2026-11-24 01:11:09\",\"high\",\"192.0.2.17\",\"tcp\",3389,\"mail.delinde.example\",\"rdp\"\r\n"
	  "\"2026-11-24 01:11:09\",\"high\",\"192.0.2.300\",\"tcp\",3389,,\"rdp\"\r\n"
	  "\"2026-11-24 01:11:09\",\"high\",\"2001:DB8:1::5\",\"tcp\",3389,\"unknown\",\"rdp\"\r\n"
	  "\"never closed,\"x\"\r\n"
	  "a,b\r\n"
	  "\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"
	  "\"\",\"\",\"192.0.2.18\",\"\",\"70000\",\"\",\"\"\r\n",
	  "2 192.0.2.17 mail.delinde.example 3389 scan-rdp high\n4 2001:db8:1::5 - 3389 scan-rdp high\n",
	  "3 no address\n5 the quotes do not fit\n6 more or fewer cells than titles\n"
	  "7 neither an address nor a domain\n8 no port\n", 0 },
	{ "findings.csv", "\xef\xbb\xbfurl;type\nhttps://a@www.delinde.example:8443/x?y;Open Admin!\n",
	  "2 - www.delinde.example 0 open-admin -\n", "", 0 },
	{ "blocklist.txt", "# ours\n\n192.0.2.1 # one\n198.51.100.0/24\nhttp://[2001:db8::1]/\nnot_a_name\nwww.x.example\n",
	  "3 192.0.2.1 - 0 blocklist -\n5 2001:db8::1 - 0 blocklist -\n7 - www.x.example 0 blocklist -\n",
	  "4 neither an address nor a domain\n6 neither an address nor a domain\n", 0 },
	{ "x.json", "{\"xarf_version\":\"4.2.0\",\"report_id\":\"1\",\"timestamp\":\"2026-01-11T15:35:37Z\","
	  "\"reporter\":{\"contact\":\"a@b.example\"},\"category\":\"vulnerability\",\"type\":\"open_service\","
	  "\"source_identifier\":\"192.0.2.50\",\"source_port\":3389,\"risk_level\":\"high\"}",
	  "1 192.0.2.50 - 3389 vulnerability-open-service high\n", "", 0 },
	{ "x.json", "[{\"Version\":\"3\",\"ReporterInfo\":{\"ReporterOrgEmail\":\"a@b.example\"},\"Disclosure\":true,"
	  "\"Report\":{\"ReportClass\":\"Activity\",\"ReportType\":\"Spam\",\"Date\":\"2026-02-05T14:17:10Z\","
	  "\"SourceIp\":\"192.0.2.55\",\"SourcePort\":54321}},{\"Version\":\"3\"}, 7]",
	  "1 192.0.2.55 - 54321 spam -\n", "2 a part of the report is missing\n3 no report we know\n", 0 },
	{ "x.json", "{\"date-range\":{},\"policies\":[{\"policy\":{\"policy-domain\":\"delinde.example\"},"
	  "\"failure-details\":[{\"result-type\":\"certificate-expired\"}]},{\"policy\":{\"policy-domain\":\"b.example\"}}]}",
	  "1 - delinde.example 0 tls-certificate-expired -\n", "", 1 },
	{ "x.json", "{\"xarf_version\":", "", "1 no JSON\n", 0 },
	{ "x.xml", "<?xml version=\"1.0\"?>\n<feedback><report_metadata><date_range><begin>1700000000</begin></date_range>"
	  "</report_metadata>\n<record><row><source_ip>192.0.2.9</source_ip><policy_evaluated><dkim>fail</dkim>"
	  "<spf>fail</spf></policy_evaluated></row><identifiers><header_from>delinde.example</header_from>"
	  "</identifiers></record>\n<record><row><source_ip>192.0.2.9</source_ip><policy_evaluated><dkim>pass</dkim>"
	  "<spf>fail</spf></policy_evaluated></row><identifiers><header_from>delinde.example</header_from>"
	  "</identifiers></record></feedback>\n",
	  "3 192.0.2.9 delinde.example 0 dmarc-fail -\n", "", 1 },
	{ "x.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><feedback>&b;</feedback>", "",
	  "1 no XML we read\n", 0 },
	{ "x.xml", "<other/>", "", "1 no report we know\n", 0 },
	{ "x.xml", "<feedback><record>", "", "1 no XML we read\n", 0 },
	{ "empty", "", "", "", 0 },
};

static void
test_forms(void)
{
	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GBytes) bytes = g_bytes_new_static(rows[i].text, strlen(rows[i].text));

		g_test_message("%u: %s", i, rows[i].name);
		check(rows[i].name, bytes, rows[i].found, rows[i].wrong, rows[i].harmless);
	}
}

static GBytes *
gzip(GBytes *bytes)
{
	g_autoptr(GZlibCompressor) packer = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
	gsize most = g_bytes_get_size(bytes) + 1024, in, out;
	guint8 *packed = g_malloc(most);

	g_assert_cmpint(g_converter_convert(G_CONVERTER(packer), g_bytes_get_data(bytes, NULL),
	    g_bytes_get_size(bytes), packed, most, G_CONVERTER_INPUT_AT_END, &in, &out, NULL), ==,
	    G_CONVERTER_FINISHED);
	return g_bytes_new_take(packed, out);
}

static void
test_packed(void)
{
	const char *text = rows[0].text;
	g_autoptr(GBytes) plain = g_bytes_new_static(text, strlen(text)), packed = gzip(plain);
	g_autoptr(GBytes) cut = g_bytes_new_from_bytes(packed, 0, g_bytes_get_size(packed) / 2);
	Seen seen = { g_string_new(NULL), g_string_new(NULL) };
	const FeedSink sink = { on_found, on_wrong, &seen };
	FeedTally tally = { 0 };

	check("2026-11-24-scan_rdp-netherlands-geo.csv.gz", packed, rows[0].found, rows[0].wrong, 0);
	g_assert_true(feed_read_bytes("x.csv.gz", cut, &sink, &tally));
	g_assert_nonnull(strstr(seen.wrong->str, "what is packed cannot be opened"));
	g_string_free(seen.found, TRUE);
	g_string_free(seen.wrong, TRUE);
}

/* A bomb ends before its bytes are all there, and its rows before that are told. */
static void
test_bomb(void)
{
	gsize size = 65 * 1024 * 1024;
	g_autoptr(GBytes) blank = g_bytes_new_take(g_strnfill(size, '#'), size), packed = gzip(blank);
	Seen seen = { g_string_new(NULL), g_string_new(NULL) };
	const FeedSink sink = { on_found, on_wrong, &seen };
	FeedTally tally = { 0 };

	g_assert_true(feed_read_bytes("x.txt.gz", packed, &sink, &tally));
	g_assert_nonnull(strstr(seen.wrong->str, "1 what is packed is too much"));
	g_string_free(seen.found, TRUE);
	g_string_free(seen.wrong, TRUE);
	g_test_message("T-14: a bomb of %zu bytes in %zu was stopped", size, g_bytes_get_size(packed));
}

static void
test_long_line(void)
{
	GString *text = g_string_new("ip\n");
	g_autoptr(GBytes) bytes = NULL;

	for (guint i = 0; i < FEED_LINE + 10; i++)
		g_string_append_c(text, '1');
	g_string_append(text, "\n192.0.2.1\n192.0.2.2");
	bytes = g_string_free_to_bytes(text);
	check("list.csv", bytes, "3 192.0.2.1 - 0 list -\n4 192.0.2.2 - 0 list -\n", "2 the line is too long\n", 0);
}

static const char mail[] =
    "From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nA report.\n--b\nContent-Type: message/feedback-report\n\n"
    "Feedback-Type: abuse\nVersion: 1\nSource-IP: 192.0.2.17\nReported-Domain: Mail.DeLinde.example\n\n"
    "--b\nContent-Type: message/rfc822\n\nFrom: x@y.example\n\nhi\n--b--\n";

static gssize
read_mail(gpointer source, void *buffer, gsize most)
{
	const char **at = source;
	gsize part = MIN(most, strlen(*at));

	memcpy(buffer, *at, part);
	*at += part;
	return (gssize)part;
}

static void
test_mail(void)
{
	g_autoptr(GBytes) bytes = g_bytes_new_static(mail, strlen(mail));
	g_autoptr(Mime) mime = mime_parse(bytes);
	Seen seen = { g_string_new(NULL), g_string_new(NULL) };
	const FeedSink sink = { on_found, on_wrong, &seen };
	FeedTally tally = { 0 };
	const char *at = mail;

	g_assert_true(feed_is_mail(mime));
	g_assert_true(feed_read_mail(mime, &sink, &tally));
	g_assert_cmpstr(seen.found->str, ==, "1 192.0.2.17 mail.delinde.example 0 arf-abuse -\n");
	g_assert_cmpstr(feed_format_word(tally.format), ==, "arf");
	g_assert_true(feed_read("report.eml", read_mail, &at, &sink, &tally));
	g_assert_cmpuint(tally.found, ==, 2);
	g_assert_cmpstr(seen.wrong->str, ==, "");
	g_string_free(seen.found, TRUE);
	g_string_free(seen.wrong, TRUE);
}

/* X-ARF 0.1: a mail that says so, with its report in a file of that name. */
static void
test_old_xarf(void)
{
	static const struct {
		const char *field, *report, *found, *wrong;
	} mails[] = {
		{ "X-ARF: Yes", "---\nReported-From: a@b.example\nCategory: abuse\nReport-Type: login-attack\n"
		  "Service: ssh\nPort: 22\nVersion: 0.1\nDate: Tue, 24 Nov 2026 01:11:09 +0000\n"
		  "Source-Type: ip-address\nSource: 192.0.2.17\nAttachment: text/plain\n",
		  "1 192.0.2.17 - 22 login-attack -\n", "" },
		{ "X-XARF: PLAIN", "Reported-From: a@b.example\nReport-Type: \"phishing\"\nDate: '2026-11-24T01:11:09Z'\n"
		  "Source-Type: uri\nSource: 'http://Mail.DeLinde.example/x'\n", "1 - mail.delinde.example 0 phishing -\n", "" },
		{ "X-XARF: PLAIN", "Reported-From: a@b.example\nDate: 2026-11-24\nSource: 192.0.2.17\n", "",
		  "1 a part of the report is missing\n" },
		{ "X-XARF: PLAIN", "Reported-From: a@b.example\nReport-Type: x\nDate: 2026-11-24\nSource: -\n", "",
		  "1 neither an address nor a domain\n" },
		{ "X-XARF: PLAIN", "Reported-From: a@b.example\nReport-Type: x\nSource: 192.0.2.17\n", "", "1 no time\n" },
		{ "X-XARF: PLAIN", "---\n", "", "1 a part of the report is missing\n" },
		{ "X-Other: x", "Reported-From: a@b.example\n", "", "" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(mails); i++) {
		g_autofree char *text = g_strdup_printf("From: a@b.example\n%s\nMIME-Version: 1.0\n"
		    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nHello\n"
		    "--b\nContent-Type: text/plain; name=\"report.txt\"\n\n%s\n--b--\n", mails[i].field, mails[i].report);
		g_autoptr(GBytes) bytes = g_bytes_new_static(text, strlen(text));
		g_autoptr(Mime) mime = mime_parse(bytes);
		Seen seen = { g_string_new(NULL), g_string_new(NULL) };
		const FeedSink sink = { on_found, on_wrong, &seen };
		FeedTally tally = { 0 };

		g_assert_true(feed_read_mail(mime, &sink, &tally));
		g_assert_cmpstr(seen.found->str, ==, mails[i].found);
		g_assert_cmpstr(seen.wrong->str, ==, mails[i].wrong);
		g_assert_cmpint(feed_is_mail(mime), ==, i + 1 < G_N_ELEMENTS(mails));
		g_string_free(seen.found, TRUE);
		g_string_free(seen.wrong, TRUE);
	}
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	mime_init();
	g_test_add_func("/feed/forms", test_forms);
	g_test_add_func("/feed/packed", test_packed);
	g_test_add_func("/feed/T-14: bomb", test_bomb);
	g_test_add_func("/feed/long-line", test_long_line);
	g_test_add_func("/feed/mail", test_mail);
	g_test_add_func("/feed/old-xarf", test_old_xarf);
	return g_test_run();
}
