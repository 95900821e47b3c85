/*
 * mbox - an old mailbox as one file of mails (RFC 4155)
 *
 * A mail begins behind a line "From ... HH:MM..." that follows an empty line or
 * begins the file, and a line of a mail that would look like one has a ">" in
 * front, of which one is taken away again ("mboxrd"). A file that does not
 * begin with such a line is one mail, as it is.
 */

#ifndef SLUIS_TOOL_MBOX_H
#define SLUIS_TOOL_MBOX_H

#include <stdbool.h>
#include <glib.h>

typedef struct {
	gsize start, length;		/* without the "From " line */
	bool quoted;			/* a mail alone is as it is */
	gint64 time;			/* when it came; 0: unknown */
} MboxMail;

/* Of MboxMail, oldest first, in the order of the file where it is not known;
 * so a mail comes before its answers. */
GArray *mbox_index(GBytes *file);

/* One of them, its bytes as they were. */
GBytes *mbox_mail(GBytes *file, const MboxMail *mail);

#endif
