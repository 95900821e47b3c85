/*
 * language - which language a text is in
 *
 * The one fence around libexttextcat. Text shorter than a dozen words is
 * decided by frequent words, because the n-grams of a short text lie.
 */

#ifndef SLUIS_MAIL_LANGUAGE_H
#define SLUIS_MAIL_LANGUAGE_H

/* ISO 639-1 ("nl", "en", "de", ...), or "" if it cannot be told. A static
 * string or the intern of one. */
const char *language_guess(const char *text);

/* Reads the models now, for a process whose children each guess once. */
void language_hasten(void);

#endif
