/*
 * indicator - addresses, names and numbers worth looking up in a text
 *
 * URLs, domains, IPv4 and IPv6 addresses, CVE ids, CVSS vectors, hashes; also
 * defanged ones (hxxp, [.], (dot)), which come out refanged. Each once, in
 * order of appearance. Mail addresses give their domain.
 */

#ifndef SLUIS_MAIL_INDICATOR_H
#define SLUIS_MAIL_INDICATOR_H

#include <glib.h>

typedef enum {
	INDICATOR_URL, INDICATOR_DOMAIN, INDICATOR_IPV4, INDICATOR_IPV6,
	INDICATOR_CVE, INDICATOR_CVSS, INDICATOR_HASH
} IndicatorKind;

typedef struct {
	IndicatorKind kind;
	char *value;
} Indicator;

GPtrArray *indicator_find(const char *text);	/* of Indicator, owning */
const char *indicator_word(IndicatorKind kind);	/* "url", "domain", ... */

#endif
