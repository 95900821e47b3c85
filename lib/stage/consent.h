/*
 * consent - what a party says about its name, and about meeting another one
 *
 * A question of ours is answered by yes or no, alone on the first line somebody wrote;
 * asked as what they are to be credited, the next line says that. The letter that is
 * answered says which question it was. It is kept with what its signature was, and
 * counts if something vouches for it; else an analyst reads it, and puts it on record.
 * Forms of words that people use stand in the words of each language: a reporter who
 * writes one seems to say so, which analysts are told, and from which nothing follows.
 */

#ifndef SLUIS_STAGE_CONSENT_H
#define SLUIS_STAGE_CONSENT_H

#include "run.h"

typedef struct Consent Consent;

void consent_free(Consent *consent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Consent, consent_free)

/* Of a mail of a party, or of a new reporter, by a person; else nothing is found. */
bool consent_look(Run *run, GError **error);

/* Is its reporter to be named to nobody, by what this mail says or others said? */
bool consent_hides(const Run *run);

/* Does who wrote that text seem to want to be named to nobody? */
bool consent_text_hides(const Run *run, const char *text, bool *hides, GError **error);

/* For the notice. */
void consent_tell(const Run *run, GHashTable *words, GString *out);

/* A step of the transaction that files the mail. */
bool consent_file(const Run *run, gint64 message, GError **error);

/* The ledger of a case, a line each, with the names of its parties (of Side). */
char *consent_lines(const Tools *tools, Db *db, guint case_no, const GPtrArray *sides,
    GHashTable *words, GError **error);

#endif
