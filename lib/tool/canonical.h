/*
 * canonical - the one way each kind of word in the directory is written
 *
 * Each gives the canonical form, the caller's, or NULL if the text is none.
 */

#ifndef SLUIS_TOOL_CANONICAL_H
#define SLUIS_TOOL_CANONICAL_H

char *canonical_line(const char *text);		/* anything, on one line */
char *canonical_handle(const char *text);
char *canonical_kind(const char *text);
char *canonical_tlp(const char *text);
char *canonical_fallback(const char *text);
char *canonical_vouching(const char *text);
char *canonical_time(const char *text);		/* RFC 3339 in UTC, or a day */
char *canonical_receives(const char *text);
char *canonical_language(const char *text);	/* two or three letters */
char *canonical_domain(const char *text);	/* no public suffix (T-37) */
char *canonical_network(const char *text);	/* CIDR; host bits must be zero */
char *canonical_address(const char *text);	/* user@domain, domain canonical */

#endif
