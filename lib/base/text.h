/*
 * text - foreign words made fit for people
 *
 * There is one cleaner for every value that was decoded from a mail; nothing
 * decoded reaches a header, a parameter, a row or a log by another way.
 */

#ifndef SLUIS_BASE_TEXT_H
#define SLUIS_BASE_TEXT_H

#include <stdbool.h>
#include <glib.h>

/*
 * Valid UTF-8 without control characters but LF and TAB; CR LF and lone CR
 * become LF. What could change how the rest is read (bidi controls, zero
 * width, escapes, invalid bytes, C1) becomes \u{XXXX}. *odd (may be NULL) is
 * set to how many were replaced. The result is the caller's.
 */
char *text_clean(const char *bytes, gssize length, guint *odd);

/* The same on one line: LF and TAB become blanks, runs of blanks one. */
char *text_clean_line(const char *bytes, gssize length);

/* Printable ASCII for logs: anything else becomes '?'. At most 200 bytes. */
char *text_printable(const char *text);

/* Does the word mix scripts the way look-alikes do (Latin with Cyrillic or
 * Greek letters)? */
bool text_mixes_scripts(const char *word);

/* Every line prefixed, for foreign text in mails of ours; ends in LF. A line
 * that is too long is broken at its blanks here, prefix and all, so that no mail
 * program breaks it and leaves a piece without; a longer word stays whole. */
#define TEXT_COLUMNS 76
char *text_prefix_lines(const char *text, const char *prefix);

/* Is the text nothing but [A-Za-z0-9.!#$%&'*+/=?^_{|}~@<>-] (T-51)? */
bool text_is_plain_id(const char *text);

/* Lower-case hex and upper-case hex of bytes; hex back to bytes, NULL if it is none. */
char *text_hex(const void *bytes, gsize length);
char *text_hex_upper(const void *bytes, gsize length);
GBytes *text_unhex(const char *text);

/* How many letters must be changed, added or left out to make one word of the
 * other (Levenshtein). */
guint text_distance(const char *a, const char *b);

#endif
