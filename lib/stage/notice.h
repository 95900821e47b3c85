/*
 * notice - what an analyst gets to read about a mail
 *
 * Laid out as DESIGN section 6 and the mail models say: the marker line with
 * the nonce; what, whose, how bad; warnings; whom to call; what was done and
 * is owed; whom a bare /reply reaches; the sender; the attachments; the text,
 * every foreign line prefixed; and last, in fixed words, how we know.
 */

#ifndef SLUIS_STAGE_NOTICE_H
#define SLUIS_STAGE_NOTICE_H

#include "run.h"

/* The body for all analysts, without the marker line; words are those of the
 * team's language (template_words()); contacts are those of the participants
 * concerned, of Correspondent. */
char *notice_body(const Run *run, GHashTable *words, const GPtrArray *contacts);

/* The same for whom the words of the mail are not: that it came, what is owed and
 * whom to call. */
char *notice_closed(const Run *run, GHashTable *words, const GPtrArray *contacts);

/* Until when a one-time word that is written now holds (T-41). */
gint64 notice_nonce_expires(const Settings *settings);

/* The marker line and the body. */
char *notice_mark(const char *tag, const char *nonce, const char *body);

/* "RD-2026-7K3QX: new report, high"; and "[RD-2026-7K3QX] new", answer or
 * urgent, which are the same words in every language. */
char *notice_subject(const Run *run, GHashTable *words);
char *notice_outer_subject(const Run *run);

#endif
