/* canonical - see canonical.h */

#include "canonical.h"

#include <arpa/inet.h>
#include <stdbool.h>
#include <string.h>
#include <glib.h>

#include "domain.h"
#include "text.h"
#include "times.h"

#define HANDLE_MOST 32
#define LOCAL_MOST 64

char *
canonical_line(const char *text)
{
	return text_clean_line(text, -1);
}

char *
canonical_handle(const char *text)
{
	gsize length = strlen(text);

	if (length == 0 || length > HANDLE_MOST || !g_ascii_isalnum(*text))
		return NULL;
	for (const char *at = text; *at != '\0'; at++)
		if (!g_ascii_isalnum(*at) && *at != '-')
			return NULL;
	return g_strdup(text);
}

static char *
one_of(const char *text, const char *const *words)
{
	for (; *words != NULL; words++)
		if (g_ascii_strcasecmp(text, *words) == 0)
			return g_strdup(*words);
	return NULL;
}

char *
canonical_kind(const char *text)
{
	static const char *const words[] = {
		"member", "sector", "self", "supplier", "partner", "counsel", NULL
	};

	return one_of(text, words);
}

char *
canonical_tlp(const char *text)
{
	static const char *const words[] = {
		"CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", NULL
	};

	return one_of(text, words);
}

char *
canonical_vouching(const char *text)
{
	static const char *const words[] = {
		"operator", "call-back", "meeting", "old-key", "wkd", "website", "umbrella", NULL
	};

	return one_of(text, words);
}

char *
canonical_time(const char *text)
{
	g_autofree char *midnight = g_strconcat(text, "T00:00:00Z", NULL);
	gint64 time = times_parse_rfc3339(text);

	time = time != 0 ? time : times_parse_rfc3339(midnight);
	return time != 0 ? times_rfc3339(time) : NULL;
}

char *
canonical_fallback(const char *text)
{
	static const char *const words[] = { "phone", "content", NULL };

	return one_of(text, words);
}

char *
canonical_receives(const char *text)
{
	static const char *const words[] = { "cases", "digest", "advisories", NULL };

	return one_of(text, words);
}

char *
canonical_language(const char *text)
{
	gsize length = strlen(text);

	if (length < 2 || length > 3)
		return NULL;
	for (const char *at = text; *at != '\0'; at++)
		if (!g_ascii_isalpha(*at))
			return NULL;
	return g_ascii_strdown(text, -1);
}

char *
canonical_domain(const char *text)
{
	g_autofree char *domain = domain_canonical(text);

	if (domain == NULL || domain_is_public_suffix(domain))
		return NULL;
	return g_steal_pointer(&domain);
}

static bool
host_bits_are_zero(const unsigned char *bytes, guint bits, guint from)
{
	for (guint bit = from; bit < bits; bit++)
		if (bytes[bit / 8] & (0x80 >> bit % 8))
			return false;
	return true;
}

char *
canonical_network(const char *text)
{
	const char *slash = strchr(text, '/');
	g_autofree char *address = g_strndup(text, slash != NULL ?
	    (gsize)(slash - text) : strlen(text));
	int family = strchr(address, ':') != NULL ? AF_INET6 : AF_INET;
	guint bits = family == AF_INET6 ? 128 : 32;
	guint64 prefix = bits;
	unsigned char bytes[16];
	char plain[INET6_ADDRSTRLEN];

	if (inet_pton(family, address, bytes) != 1)
		return NULL;
	if (slash != NULL &&
	    !g_ascii_string_to_unsigned(slash + 1, 10, 1, bits, &prefix, NULL))
		return NULL;
	if (!host_bits_are_zero(bytes, bits, (guint)prefix))
		return NULL;
	inet_ntop(family, bytes, plain, sizeof(plain));
	return g_strdup_printf("%s/%u", plain, (guint)prefix);
}

/* The local part is compared as it is written, so its case stays. */
char *
canonical_address(const char *text)
{
	const char *at = strrchr(text, '@');
	g_autofree char *domain = at != NULL ? domain_canonical(at + 1) : NULL;

	if (domain == NULL || at == text || at - text > LOCAL_MOST || *text == '-')
		return NULL;
	for (const char *c = text; c < at; c++)
		if (!g_ascii_isalnum(*c) && strchr(".!#$%&'*+/=?^_{|}~-", *c) == NULL)
			return NULL;
	return g_strdup_printf("%.*s@%s", (int)(at - text), text, domain);
}
