/*
 * compose - our own mails, built from nothing (T-43)
 *
 * A Letter says what goes out; three forms are written from it. inner is the
 * entity to sign and encrypt, with its protected headers (RFC 9788,
 * hp="cipher", and protected-headers="v1" for today's readers) and HP-Outer
 * for each outer field. For a reader whose program may show none of these the
 * text begins with the Subject, marked as a copy (hp-legacy-display). outer is
 * the mail around the ciphertext, with a fixed list of header fields. clear is
 * a mail without encryption, for templates only. All are deterministic: same
 * letter, same bytes; random comes in with the letter's message_id.
 *
 * Fixed outer fields, in this order: From, To, Subject, Date, Message-ID,
 * [In-Reply-To, References], [Auto-Submitted], MIME-Version, Content-Type,
 * [Content-Transfer-Encoding]. No Reply-To, no User-Agent, Date in UTC.
 */

#ifndef SLUIS_MAIL_COMPOSE_H
#define SLUIS_MAIL_COMPOSE_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	char *name;		/* ours: "attachment-1.png" */
	char *type;
	GBytes *bytes;
} Enclosure;

typedef struct {
	char *from;		/* plain inbox address; the display name is team_name */
	char *from_name;
	char *to;		/* exactly one address */
	char *subject;		/* the real one: inner, or of a clear mail */
	char *outer_subject;	/* "[...]"; ignored by compose_clear */
	gint64 date;
	char *message_id;	/* without <> */
	char *in_reply_to;	/* without <>; NULL */
	GPtrArray *references;	/* char *, without <>; may be NULL */
	bool automatic;		/* Auto-Submitted: auto-replied */
	bool copy_subject;	/* a copy of it begins the text of inner */
	char *body;		/* UTF-8, LF */
	char *html;		/* the same as a page, for inner; NULL: none */
	GPtrArray *enclosures;	/* of Enclosure; may be NULL */
} Letter;

Letter *letter_new(void);
void letter_free(Letter *letter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Letter, letter_free)
Enclosure *enclosure_new(const char *name, const char *type, GBytes *bytes);
void enclosure_free(Enclosure *enclosure);

GBytes *compose_inner(const Letter *letter);
GBytes *compose_outer(const Letter *letter, GBytes *armoured);
GBytes *compose_clear(const Letter *letter);

/* The names of header fields a mail of ours may have, for the guard of send;
 * NULL-terminated, lower case. */
const char *const *compose_fields(void);

#endif
