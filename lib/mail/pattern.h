/*
 * pattern - regular expressions with a budget (T-19)
 *
 * The one fence around PCRE2. A pattern that needs more steps than allowed is
 * not a verdict: the caller is told and skips it.
 */

#ifndef SLUIS_MAIL_PATTERN_H
#define SLUIS_MAIL_PATTERN_H

#include <stdbool.h>
#include <glib.h>

typedef struct Pattern Pattern;

typedef enum { PATTERN_NO, PATTERN_YES, PATTERN_OVER_BUDGET } PatternResult;

/* UTF-8, caseless, multi-line; \w, \d and \b know ASCII only, which halves
 * the price. SETUP with the offset on a bad expression. */
Pattern *pattern_new(const char *expression, GError **error);
void pattern_free(Pattern *pattern);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pattern, pattern_free)

/* Compiled to machine code where the system lets us: a match takes a third of the
 * time, and this takes as long as matching a mail or two. */
void pattern_hasten(Pattern *pattern);

/* The text must be valid UTF-8 (text_clean). From byte *at on (may be NULL:
 * 0). On YES *start and *end (may be NULL) are byte offsets, and *at is moved
 * behind the match. */
PatternResult pattern_match(const Pattern *pattern, const char *text, gsize length,
    gsize *at, gsize *start, gsize *end);

#endif
