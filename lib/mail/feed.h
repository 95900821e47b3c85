/*
 * feed - what machines found out about addresses and domains
 *
 * One reader for what such findings come in: abuse reports (ARF, RFC 5965; X-ARF 3
 * and 4, and 0.1 as mails), tables as Shadowserver writes them, aggregate reports of DMARC (RFC 7489)
 * and of TLS (RFC 8460), plain lists; packed or not; a file, or a mail that has
 * them. It is told by its bytes, not by its name. All of it flows: memory does not
 * grow with the number of rows, and a single document has 16 MiB at most.
 *
 * Each row is one of three: a finding, something that says that all is well, or
 * wrong, which is told with its line. Of a row only an address, a domain, a port, a
 * type, a severity and a time are taken; what else it says, of persons for
 * instance, is not ours.
 */

#ifndef SLUIS_MAIL_FEED_H
#define SLUIS_MAIL_FEED_H

#include <stdbool.h>
#include <glib.h>

#include "mime.h"
#include "unpack.h"

#define FEED_LINE ((gsize)64 * 1024)
#define FEED_DOCUMENT ((gsize)16 * 1024 * 1024)
#define FEED_TYPE 60

typedef enum {
	FEED_NONE, FEED_CSV, FEED_LIST, FEED_XARF, FEED_ARF, FEED_DMARC, FEED_TLSRPT, FEED_FORMATS
} FeedFormat;

const char *feed_format_word(FeedFormat format);

/* line: in the file, from 1; of a report in a mail 1. */
typedef struct {
	guint line;
	char address[46];	/* as inet_ntop() writes it; "" if none */
	const char *host;	/* canonical, see domain.h; NULL */
	guint port;		/* 0: none */
	const char *type;	/* small letters, digits and "-", up to FEED_TYPE */
	const char *severity;	/* by the feed's own word: critical, high, medium, low; NULL */
	gint64 time;		/* 0: not said */
} Finding;

/* False ends it; data's owner knows why. why: a fixed phrase of ours. */
typedef struct {
	bool (*found)(gpointer data, const Finding *finding);
	bool (*wrong)(gpointer data, guint line, const char *why);
	gpointer data;
} FeedSink;

typedef struct {
	guint64 rows, found, harmless, wrong;	/* rows is the sum of the others */
	FeedFormat format;			/* of the last piece that was one */
} FeedTally;

/* Reads it all; adds to *tally. name: of the file, which gives findings their type
 * where nothing in it does ("2026-11-24-scan_rdp-nl.csv": "scan-rdp"). False: the
 * sink ended it. What cannot be read at all is one wrong row. */
bool feed_read(const char *name, UnpackRead read, gpointer source, const FeedSink *sink,
    FeedTally *tally);

/* The same of bytes. */
bool feed_read_bytes(const char *name, GBytes *bytes, const FeedSink *sink, FeedTally *tally);

/* Of all parts of a mail that may be reports or lists; a part that is none of these
 * is left out and is no wrong row. */
bool feed_read_mail(const Mime *mime, const FeedSink *sink, FeedTally *tally);

/* Is it a mail that only brings such things: a report by its type, or nothing but
 * tables and reports attached? */
bool feed_is_mail(const Mime *mime);

/* "Open RDP": "open-rdp". The caller's. */
char *feed_type(const char *word);

#endif
