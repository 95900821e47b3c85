/*
 * mail - what people read in a mail, and what it is apart from its words
 *
 * Made from the outer mail and, where it was opened, the inner entity. Text and
 * attachments come from the inner entity alone. Header fields that are
 * protected go before those outside (RFC 9788 section 4), but for From: one
 * that names another than the outer one is kept aside until somebody who knows
 * keys says that its owner signed. All text is cleaned.
 */

#ifndef SLUIS_MAIL_MAIL_H
#define SLUIS_MAIL_MAIL_H

#include <stdbool.h>
#include <glib.h>

#include "mime.h"
#include "protected.h"

/* Why nobody is to be answered automatically (T-51, T-54). */
typedef enum {
	MAIL_PERSONAL,		/* from a person, as far as one can tell */
	MAIL_AUTOMATIC,		/* RFC 3834 and its relatives */
	MAIL_BOUNCE,		/* RFC 3464, null sender, mailer daemons */
	MAIL_LIST,		/* came through a mailing list */
} MailKind;

typedef struct {
	char *subject;		/* one line, "" if none */
	bool subject_protected;	/* it came from inside */
	Mailbox *from;		/* the single From mailbox; NULL if not exactly one */
	GPtrArray *senders;	/* of Mailbox: all of From, for display */
	Mailbox *from_inside;	/* whom From names inside, and not outside; NULL */
	char *changed;		/* outer fields that were changed on the way, by name; NULL */
	Protected *protected;	/* the header fields inside; never NULL */
	char *message_id;	/* without <>; NULL if none or several */
	GPtrArray *references;	/* char *: References and In-Reply-To, oldest first */
	gint64 date, oldest_received;
	MailKind kind;
	char *kind_because;	/* "Auto-Submitted: auto-replied" */
	char *text;		/* what a reader sees: plain, else HTML as text */
	bool text_from_html;
	GPtrArray *attachments;	/* of Part, borrowed from inner or outer */
	const Mime *content;	/* the entity text and attachments are in */
	bool malformed;		/* two readers could see two things (T-17) */
	char *malformed_because;
} Mail;

/* inner may be NULL, and so may protection: nothing is protected. All must
 * outlive the Mail. sender is the envelope's. */
Mail *mail_read(const Mime *outer, const Mime *inner, const Protection *protection,
    const char *sender);
void mail_free(Mail *mail);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mail, mail_free)

/* Whom From names inside has signed: they are who writes. */
void mail_take_from_inside(Mail *mail);

/* The text without quotes (lines with '>'), signature block and attribution:
 * what the sender wrote now. The caller's. */
char *mail_new_text(const Mail *mail);

/* The same for who is to judge the mail: also without what is passed on below
 * words of the sender's own, which is evidence; if there are hardly any, that is
 * what the mail says. The caller's. */
char *mail_own_text(const Mail *mail);

const char *mail_kind_word(MailKind kind);

#endif
