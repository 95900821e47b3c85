/*
 * forward - what is released to a participant, built from nothing
 *
 * A released text and picked attachments, and nothing else of any mail (T-43
 * to T-45): pictures as their pixels, everything renamed. Before it is filed
 * the text and the attachments are searched for whoever reported; a hit, an
 * attachment of another type, or OpenPGP data of others is HELD with its
 * reason for an operator to release or drop. Every contact who receives cases
 * gets a mail of its own, encrypted to its own pinned key (T-30, T-46), or one
 * HELD until there is a key, with what keyless.h says (T-31).
 */

#ifndef SLUIS_STAGE_FORWARD_H
#define SLUIS_STAGE_FORWARD_H

#include <stdbool.h>
#include <glib.h>

#include "db.h"
#include "tools.h"

typedef struct {
	char *tag, *participant;	/* a case and a participant's handle */
	char *text;
	GPtrArray *enclosures;		/* of Enclosure: as they came, with their types */
	char *cause;			/* the same release has the same cause */
} Forward;

/* A mail somebody released: its text, all its attachments. */
Forward *forward_of_mail(const Tools *tools, const char *tag, const char *participant,
    GBytes *bytes, GError **error);

/* The report of a case: the reporter's first message, and those of its
 * attachments whose numbers are given (of guint). REFUSED if there is none. */
Forward *forward_of_case(const Tools *tools, Db *db, const char *tag,
    const char *participant, const GArray *attachments, GError **error);

void forward_free(Forward *forward);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Forward, forward_free)

/* What became of it, one a contact. */
typedef struct {
	gint64 id;		/* outbox row */
	char *to;
	const char *held;	/* reason; NULL: it leaves */
} Forwarded;

/* Files it; again changes nothing. Of Forwarded. REFUSED with a sentence for
 * an unknown case or participant, or one without contacts. */
GPtrArray *forward_file(const Tools *tools, Db *db, const Forward *forward,
    GError **error);

#endif
