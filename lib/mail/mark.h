/*
 * mark - the X-Sluis-* header lines by which one filter tells the next
 *
 * A mark never gives a right: anybody can write one, which is why the first
 * filter strips them all. Editing is done on the raw header block; no other
 * byte of the mail changes.
 */

#ifndef SLUIS_MAIL_MARK_H
#define SLUIS_MAIL_MARK_H

#include <stdbool.h>
#include <glib.h>

typedef enum {
	MARK_ENCRYPTION, MARK_SIGNATURE, MARK_CLASS, MARK_MOTIVE, MARK_LANGUAGE,
	MARK_PARTICIPANT, MARK_CASE, MARK_LIMIT, MARK_LAYER, MARK_BECAUSE, MARK_KINDS
} MarkKind;

const char *mark_name(MarkKind kind);	/* "X-Sluis-Encryption" */

typedef struct Marks Marks;		/* lines to be written, in order */

Marks *marks_new(void);
void marks_free(Marks *marks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Marks, marks_free)

/* Adds a line; the value is made printable ASCII. */
void marks_add(Marks *marks, MarkKind kind, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/* Incoming marks of that kind are taken away, also if no line is added. */
void marks_strip(Marks *marks, MarkKind kind);

/*
 * The mail with the marks in front of its header, in its own kind of line
 * end, and without the incoming ones: all X-Sluis-* when all is true, else
 * only those of kinds that were added or stripped. Behind an mbox "From " line
 * and folded lines that belong to no field, if there are any.
 */
GBytes *marks_apply(const Marks *marks, GBytes *raw, bool all);

#endif
