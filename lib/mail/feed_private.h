/*
 * feed_private - what the readers of the forms share; see feed.h
 *
 * feed.c tells the forms apart and has the lines, feed_table.c reads lines of
 * tables and lists, feed_json.c X-ARF and TLS reports, feed_xml.c those of DMARC,
 * feed_mail.c mails.
 */

#ifndef SLUIS_MAIL_FEED_PRIVATE_H
#define SLUIS_MAIL_FEED_PRIVATE_H

#include "cells.h"
#include "feed.h"
#include "xml.h"

typedef struct {
	const FeedSink *sink;
	FeedTally *tally;
	const char *name;		/* of the piece */
	char *type;			/* what its name says */
	FeedFormat format;		/* FEED_NONE: not told yet */
	bool stopped;			/* by the sink */
	GString *held;			/* a line, or a document, so far */
	bool skips;			/* up to the end of a line that is too long */
	guint line;
	struct Table *table;
	struct Dmarc *dmarc;
} Feed;

/* One row more. */
void feed_found(Feed *feed, const Finding *finding);
void feed_harmless(Feed *feed);
void feed_wrong(Feed *feed, guint line, const char *why);

/* Puts what is an address, a domain or a URL into a finding; false: it is none. */
bool feed_take_address(Finding *finding, const char *text);
bool feed_take_host(Finding *finding, const char *text, char **owned);
gint64 feed_time(const char *text);
const char *feed_severity(const char *text);
/* A whole number up to 65535, 0 for an empty text; false: it is none. */
bool feed_take_port(Finding *finding, const char *text);

/* NULL: the line is no heading of a table we can use. */
struct Table *feed_table_new(const char *heading, gsize length);
void feed_table_free(struct Table *table);
void feed_table_line(Feed *feed, const char *line, gsize length);
void feed_list_line(Feed *feed, char *line);

void feed_json(Feed *feed);		/* all of held */

struct Dmarc *feed_dmarc_new(Feed *feed);
void feed_dmarc_free(struct Dmarc *dmarc);
bool feed_dmarc_put(struct Dmarc *dmarc, const char *bytes, gsize length);
void feed_dmarc_end(struct Dmarc *dmarc);

/* The report of one part (message/feedback-report) as it stands. */
void feed_arf(Feed *feed, GBytes *report);

/* A piece: begins, gets its bytes, ends. */
void feed_begin(Feed *feed, const char *name, const FeedSink *sink, FeedTally *tally);
bool feed_put(Feed *feed, const void *bytes, gsize length);
bool feed_end(Feed *feed);

#endif
