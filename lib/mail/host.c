/* host - what stands in the place of a host; see host.h */

#include "host.h"

#include <arpa/inet.h>
#include <string.h>
#include <glib.h>

#include "domain.h"

bool
host_is_ipv4(const char *text)
{
	struct in_addr address;

	/* inet_pton takes no leading zeros and nothing but four numbers. */
	return inet_pton(AF_INET, text, &address) == 1 && text[0] != '0';
}

/* "ab::cd" is also how programs name things: only what is routed, local or
 * mapped is taken. */
char *
host_ipv6(const char *text)
{
	char written[INET6_ADDRSTRLEN];
	struct in6_addr address;
	const unsigned char *octet = address.s6_addr;

	if (inet_pton(AF_INET6, text, &address) != 1)
		return NULL;
	if ((octet[0] & 0xE0) != 0x20 && (octet[0] & 0xFE) != 0xFC &&
	    !(octet[0] == 0xFE && (octet[1] & 0xC0) == 0x80) && memcmp(octet, "\0\x64\xff\x9b", 4) != 0 &&
	    !IN6_IS_ADDR_V4MAPPED(&address))
		return NULL;
	return g_strdup(inet_ntop(AF_INET6, &address, written, sizeof(written)));
}

/* The host of a URL or of host:port, in canonical form; NULL if it is none. */
static char *
host_canonical(const char *host)
{
	gsize length = strlen(host);

	if (host[0] == '[' && length > 2 && host[length - 1] == ']') {
		g_autofree char *bare = g_strndup(host + 1, length - 2);
		g_autofree char *address = host_ipv6(bare);

		return address != NULL ? g_strdup_printf("[%s]", address) : NULL;
	}
	return host_is_ipv4(host) ? g_strdup(host) : domain_canonical(host);
}

char *
host_url(const char *url)
{
	const char *authority = strstr(url, "://") + 3;
	gsize length = strcspn(authority, "/?#");
	g_autofree char *host = g_strndup(authority, length);
	g_autofree char *scheme = g_ascii_strdown(url, authority - url);
	g_autofree char *canonical = NULL;
	char *login = strrchr(host, '@');
	char *colon;

	if (login != NULL)
		memmove(host, login + 1, strlen(login + 1) + 1);
	colon = strrchr(host, ':');
	if (colon != NULL && colon[strspn(colon, ":0123456789")] == '\0')
		*colon = '\0';
	else
		colon = NULL;
	canonical = host_canonical(host);
	if (canonical == NULL)
		return NULL;
	return g_strconcat(scheme, canonical, colon != NULL && colon[1] != '\0' ? ":" : "",
	    colon != NULL ? colon + 1 : "", authority + length, NULL);
}
