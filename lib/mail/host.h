/*
 * host - what stands in the place of a host: a name or an address
 */

#ifndef SLUIS_MAIL_HOST_H
#define SLUIS_MAIL_HOST_H

#include <stdbool.h>

bool host_is_ipv4(const char *text);

/* In canonical form, the caller's; NULL if it is none, or none one would look
 * up. */
char *host_ipv6(const char *text);

/* scheme://host[:port]/rest with its host in canonical form and without who
 * logs in; NULL if the host is none. The caller's. */
char *host_url(const char *url);

#endif
