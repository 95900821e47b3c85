/*
 * quote - what a sender wrote now, without what was written before
 *
 * Quoted lines begin with '>'; above them stands an attribution ("On ... Ann
 * wrote:"), or, from Outlook, a block of header lines with everything old
 * below it. That block is looked for in answers only: who reports a phishing
 * mail shows its header too; and so is what stands, unmarked, under an
 * attribution. What is passed on by "Fwd:" is not old but the matter itself,
 * and stays. The line of a telephone ("Sent from my ...") says what its writer
 * writes with, and is the last of an answer.
 */

#ifndef SLUIS_MAIL_QUOTE_H
#define SLUIS_MAIL_QUOTE_H

#include <stdbool.h>
#include <glib.h>

typedef enum { QUOTE_FIRST, QUOTE_ANSWER, QUOTE_FORWARD } QuoteManner;

/* Cleaned text, LF lines; the result is the caller's. */
char *quote_strip(const char *text, QuoteManner manner);

/* What stands above the first mail that is shown in it, without lines with '>';
 * all of it if none is. The caller's. */
char *quote_above(const char *text);

/* What a mail with that subject is, references says whether it names others. */
QuoteManner quote_manner(const char *subject, bool references);

/* How many lines from here on are an attribution, or the header lines Outlook
 * and others put above what is old (a dividing line is one); 0: none. lines
 * end with NULL. */
guint quote_attribution(char **lines);
guint quote_block(char **lines);

/* Is all from here on old, if it is an answer? And is the line a telephone's? */
bool quote_is_rest(char **lines);
bool quote_device(const char *line);

#endif
