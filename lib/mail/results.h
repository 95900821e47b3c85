/*
 * results - what our own checker found about where a mail comes from (RFC 8601)
 *
 * An Authentication-Results field says what some checker found; anybody can
 * write one. So only the topmost is looked at, and only if it bears the name of
 * our own checker, which puts its field above all others (T-27). The grammar is
 * read as it is written, with comments and quoted strings; a field that does not
 * follow it says nothing at all.
 */

#ifndef SLUIS_MAIL_RESULTS_H
#define SLUIS_MAIL_RESULTS_H

#include <stdbool.h>

#include "split.h"

/* Did that checker find that the mail is from that domain (DMARC, RFC 7489)?
 * checker NULL or "": we have none. */
bool results_dmarc_passed(Slice header, const char *checker, const char *domain);

/* The same of one field's value, unfolded. */
bool results_field_passed(const char *value, const char *checker, const char *domain);

#endif
