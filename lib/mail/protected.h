/*
 * protected - the header fields a mail has inside its protection
 *
 * What stands outside an encrypted or signed mail anybody on the way can read
 * and change. So programs put a copy of it within: in the root of what is
 * protected, with hp="cipher" or "clear" (RFC 9788); or, as was done before,
 * with protected-headers="v1", in a text/rfc822-headers part on top (Memory
 * Hole), or around the mail as a whole (message/rfc822; forwarded=no).
 *
 * They count in that one place. The same words in any other part, or in a mail
 * that nothing protects, are words somebody wrote. What HP-Outer says was left
 * outside serves to tell whether that was changed since, and for nothing else:
 * its writer may say what they like there.
 */

#ifndef SLUIS_MAIL_PROTECTED_H
#define SLUIS_MAIL_PROTECTED_H

#include <stdbool.h>
#include <glib.h>

#include "mime.h"

/* What is protected, and by what. */
typedef struct {
	const Mime *payload;	/* the root entity under the protection; NULL: there is none */
	bool encrypted;		/* it was, and came out whole */
	bool verified;		/* a good signature covers it */
} Protection;

typedef struct {
	const Mime *fields;	/* the protected fields are in its header; NULL: there are none */
	const Mime *content;	/* text and attachments are in it; NULL: where they always are */
	guint header_part;	/* the part that is nothing but header fields; 0: there is none */
	char *twofold;		/* what two readers could read differently in them,
				 * "Subject: several fields"; NULL: nothing */
	bool trusted;		/* the fields go before those outside: not where they
				 * are twofold */
	bool complete;		/* a field that is not among them is none of its sender's */
	bool laid_bare;		/* it was encrypted when it was sent, and is not any more */
	bool may_hide;		/* of what was left outside we know only what may be missing */
	const Mime *left;	/* what was left outside, as far as is known */
	Mime *own[2];
} Protected;

Protected *protected_find(const Protection *protection);
void protected_free(Protected *protected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Protected, protected_free)

/* The first of those fields that stands in it twice, as words; NULL. */
char *protected_twice(const Mime *mime);

/* Where that field is to be read: inside, or in outer. */
const Mime *protected_source(const Protected *protected, const Mime *outer, const char *name);

/* The names of the fields somebody changed outside, "Subject, To"; NULL: none.
 * Only what means something else counts, not how it is written. */
char *protected_changes(const Protected *protected, const Mime *outer);

/*
 * A program may begin the text with copies of protected fields, for readers
 * that do not show these (hp-legacy-display). They are no text, and are left
 * out: those lines that are a copy, and no other. text is of part n of content.
 */
char *protected_without_copies(const Protected *protected, const Mime *content, guint n,
    const char *text);

#endif
