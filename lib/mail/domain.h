/*
 * domain - names of hosts and organisations in the DNS
 *
 * The one fence around libpsl and libidn2. A domain here is lower case,
 * A-labels, without a trailing dot.
 */

#ifndef SLUIS_MAIL_DOMAIN_H
#define SLUIS_MAIL_DOMAIN_H

#include <stdbool.h>
#include <glib.h>

/* Canonical form of a host name, NULL if it is none. The caller's. */
char *domain_canonical(const char *name);

/* Its A-labels as people read them; NULL if it has none, or they mean nothing. The
 * caller's. */
char *domain_unicode(const char *domain);

/* Is it a public suffix such as "co.uk"? Such a thing cannot be listed. */
bool domain_is_public_suffix(const char *domain);

/* Does it end in a top-level domain that exists, or in one kept for examples
 * (.example, .test)? What does not is a file name or the like. */
bool domain_is_plausible(const char *domain);

/* The part one can register ("delinde.nl" of "portaal.delinde.nl"); NULL if
 * there is none. Borrowed from the argument. */
const char *domain_registrable(const char *domain);

/* Is host the domain itself or below it, by whole labels (T-37)? */
bool domain_is_within(const char *host, const char *domain);

#endif
