/*
 * choice - which of three answers an organisation gives to a report
 *
 * With a report go three answers, and one of them is chosen by its number or
 * its word, alone on the first line somebody wrote. More than that on the line,
 * or a greeting above it, is prose, and a person reads it: a choice nobody made
 * is worse than one that is made a second time.
 */

#ifndef SLUIS_MAIL_CHOICE_H
#define SLUIS_MAIL_CHOICE_H

#include <stdbool.h>
#include <glib.h>

#define CHOICES 3

/* own: what was written now, see own.h. words: for each answer the words that
 * stand for it, with commas between; NULL: only its number does. 1 to CHOICES,
 * or 0: prose. */
guint choice_read(const char *own, const char *const words[CHOICES]);

/* The first line with anything on it, in small letters, without the marks around
 * it and between its words: "*Yes!*" is "yes", "Ja, graag." is "ja graag". "" if nothing was written. The caller's. */
char *choice_line(const char *own);

/* Is the line one of the words, with commas between? words may be NULL. */
bool choice_among(const char *line, const char *words);

#endif
