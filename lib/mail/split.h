/*
 * split - parts cut out of the raw bytes, as they were received
 *
 * A signature covers the bytes as they came (RFC 3156 section 5), and a
 * library that parses and writes again gives back other bytes in one odd mail
 * of ten. So the cutting is done here, on slices of the mail itself: nothing
 * is decoded, copied or repaired. What two readers could cut differently is
 * reported as ambiguous (T-17), never guessed.
 *
 * Both LF and CR LF line ends are understood, also mixed.
 */

#ifndef SLUIS_MAIL_SPLIT_H
#define SLUIS_MAIL_SPLIT_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	const char *start;
	gsize length;
} Slice;

/* An entity: its header with the last line's end, and its body behind the
 * empty line. Without an empty line all is header. */
typedef struct {
	Slice whole, header, body;
} Entity;

typedef struct {
	GArray *children;	/* of Slice: each child entity, without the line
				 * end that belongs to the boundary behind it */
	Slice preamble, epilogue;
	bool closed;		/* the closing delimiter was there */
	bool ambiguous;		/* another reader could cut differently: boundary
				 * with trailing text, look-alikes, nested doubles */
} Multipart;

/* Takes the first line, with its end, off rest; false when nothing is left. */
bool slice_line(Slice *rest, Slice *line);
/* The same with a header field, and the lines it is folded over. */
bool slice_field(Slice *rest, Slice *field);
Slice slice_without_end(Slice line);		/* without its LF or CR LF */
bool slice_is_blank(Slice slice);		/* nothing but white space */

Slice slice_bytes(GBytes *bytes);
GBytes *slice_copy(Slice slice);		/* wiped when freed */

/* An mbox "From " line at the top belongs to no mail and is skipped. */
Entity split_entity(Slice raw);

/* Cuts a body by that boundary (RFC 2046 5.1.1). The boundary is the value of
 * the parameter, already unquoted. */
Multipart *split_multipart(Slice body, const char *boundary);
void multipart_free(Multipart *multipart);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Multipart, multipart_free)

/* Canonical line ends: every LF not behind a CR gets one. Wiped when freed. */
GBytes *split_canonical(Slice slice);

/* How many header fields of that name there are, counted on the raw bytes,
 * and the n-th's value, unfolded, undecoded; NULL if there is none. */
guint split_header_count(Slice header, const char *name);
char *split_header(Slice header, const char *name, guint n);

/* One parameter of a value, "text/plain; name=value", and the next with each
 * call; false behind the last. The name in lower case, the value without quotes
 * and NULL where there is none; the caller's. Comments and RFC 2231 forms stay
 * as they stand. */
bool split_parameter(const char **rest, char **name, char **value);

/*
 * The boundary parameter of the last Content-Type field, as most readers take
 * it; NULL if there is none. For counting and comparing only: comments and
 * RFC 2231 forms are not understood, and the latter come out as "*". So do two
 * of them that differ.
 */
char *split_boundary(Slice header);

/* Where the mail without its trace block begins: behind the unbroken block of
 * Received, Return-Path and so on at the top (THREATS section 5), so that
 * both inboxes' copies of one mail have one fingerprint. */
Slice split_origin(Slice raw);

#endif
