/* Any bytes as a feed, and as a mail with one: no crash, each row is one of three,
 * and what is found is of the form it is said to have. */

#include "feed.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static bool
on_found(gpointer nothing, const Finding *finding)
{
	(void)nothing;
	g_assert(finding->address[0] != '\0' || finding->host != NULL);
	g_assert(finding->port <= 65535 && strlen(finding->type) <= FEED_TYPE);
	g_assert(strspn(finding->type, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(finding->type));
	g_assert(finding->host == NULL || g_utf8_validate(finding->host, -1, NULL));
	return true;
}

static bool
on_wrong(gpointer nothing, guint line, const char *why)
{
	(void)nothing;
	return line > 0 && why != NULL;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Mime) mime = NULL;
	const FeedSink sink = { on_found, on_wrong, NULL };
	FeedTally tally = { 0 };

	feed_read_bytes("2026-11-24-scan_x-nl.csv", bytes, &sink, &tally);
	mime_init();
	mime = mime_parse(bytes);
	feed_read_mail(mime, &sink, &tally);
	g_assert(tally.rows == tally.found + tally.harmless + tally.wrong);
	return 0;
}
