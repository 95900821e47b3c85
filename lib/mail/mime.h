/*
 * mime - the one fence around GMime: parse, walk, decode, build
 *
 * GMime does no cryptography here. Everything it decodes goes through
 * text_clean() before it leaves this module, so that a Mime's words are fit
 * for people and rows. Headers are looked up in the entity's own header block
 * only. The bytes stay with the Mime; slices into them are valid as long.
 */

#ifndef SLUIS_MAIL_MIME_H
#define SLUIS_MAIL_MIME_H

#include <stdbool.h>
#include <glib.h>

#include "split.h"

typedef struct Mime Mime;

typedef struct {
	char *name;		/* display name, cleaned, one line; "" if none */
	char *address;		/* addr-spec, cleaned; domain in lower-case A-labels;
				 * "" for what is no mailbox: name has its words */
} Mailbox;

typedef struct {
	guint n;		/* 1, 2, ... in the order of the mail */
	char *type;		/* "image/png", lower case */
	char *name;		/* file name, cleaned, one line; "" if none */
	char *charset;		/* as declared, may be "" */
	gsize size;		/* decoded, octets */
	bool attachment;	/* not part of the text a reader sees inline */
	bool alternative;	/* a lesser form of a part before or after it */
} Part;

/* To be called once in a process before all else of this module. */
void mime_init(void);

/* Never NULL: what cannot be parsed has no headers and no parts. */
Mime *mime_parse(GBytes *raw);
Mime *mime_parse_slice(Slice raw);		/* a copy of it */
void mime_free(Mime *mime);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mime, mime_free)

GBytes *mime_raw(const Mime *mime);		/* borrowed */
Entity mime_entity(const Mime *mime);		/* header and body, raw */

/* First field of that name, decoded, cleaned, one line; NULL if absent. */
char *mime_header(const Mime *mime, const char *name);
guint mime_header_count(const Mime *mime, const char *name);
/* Does decoding that field bring out a line break (T-17)? */
bool mime_header_breaks(const Mime *mime, const char *name);
/* Of Mailbox: all of them in all fields of that name; groups are no mailboxes
 * and stand as words. */
GPtrArray *mime_mailboxes(const Mime *mime, const char *name);
void mailbox_free(Mailbox *mailbox);
GPtrArray *mime_ids(const Mime *mime, const char *name);	/* char *, <...> stripped, no doubles, in order */
gint64 mime_date(const Mime *mime);		/* Date:, 0 if unreadable */
gint64 mime_oldest_received(const Mime *mime);	/* 0 if none */

/* Root content type: "multipart/encrypted" lower case; "text/plain" if none. */
const char *mime_type(const Mime *mime);
char *mime_parameter(const Mime *mime, const char *name);	/* of Content-Type; NULL */

/* The leaves, in order. Attached messages (message/rfc822) are leaves. A mail
 * whose parts cannot be found has its whole body as one, so that a broken
 * boundary hides no report. */
const GPtrArray *mime_parts(const Mime *mime);		/* of Part */
GBytes *mime_part_bytes(const Mime *mime, guint n);	/* decoded; wiped */
char *mime_part_text(const Mime *mime, guint n);	/* of a text part: UTF-8, cleaned */
/* Does the part's Content-Type say so, capitals or not? */
bool mime_part_says(const Mime *mime, guint n, const char *parameter, const char *word);

/*
 * Building. A MimeBuilder is one entity in the making; what it writes is
 * deterministic: the boundaries come from the caller. Header values are
 * encoded (RFC 2047) and folded here; text is UTF-8, sent as quoted-printable
 * with CR LF line ends so that it survives as signed (RFC 3156 section 3).
 */
typedef struct MimeBuilder MimeBuilder;

MimeBuilder *mime_build_text(const char *text, const char *subtype);
MimeBuilder *mime_build_bytes(GBytes *bytes, const char *type, const char *name,
    bool attachment);				/* base64 */
MimeBuilder *mime_build_7bit(const char *ascii, const char *type,
    const char *name);				/* as it stands */
MimeBuilder *mime_build_multipart(const char *subtype, const char *boundary);
void mime_build_add(MimeBuilder *multipart, MimeBuilder *child);	/* takes child */
void mime_build_parameter(MimeBuilder *entity, const char *name, const char *value);
void mime_build_header(MimeBuilder *entity, const char *name, const char *value);
GBytes *mime_build_write(MimeBuilder *entity);	/* CR LF; wiped */
void mime_builder_free(MimeBuilder *entity);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MimeBuilder, mime_builder_free)

#endif
