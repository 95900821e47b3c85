/* domain - names of hosts and organisations in the DNS; see domain.h */

#include "domain.h"

#include <string.h>
#include <idn2.h>
#include <libpsl.h>

#define NAME_MOST 253
#define LABEL_MOST 63

/* A name of labels of a-z, 0-9, - and _, whose last one is not a number: that
 * would be an address. */
static bool
is_host_name(const char *name)
{
	const char *last = name;

	if (strlen(name) > NAME_MOST)
		return false;
	for (const char *label = name;; label++) {
		gsize length = strspn(label, "abcdefghijklmnopqrstuvwxyz0123456789-_");

		if (length == 0 || length > LABEL_MOST || label[0] == '-' || label[length - 1] == '-')
			return false;
		last = label;
		label += length;
		if (*label == '\0')
			break;
		if (*label != '.')
			return false;
	}
	return last[strspn(last, "0123456789")] != '\0';
}

/* By way of libidn2, for names that are not plain ASCII or claim to be an
 * A-label and might not be one. */
static char *
a_labels(const char *name)
{
	char *ascii = NULL;
	char *copy;

	if (idn2_to_ascii_8z(name, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
		return NULL;
	copy = g_ascii_strdown(ascii, -1);
	idn2_free(ascii);
	return copy;
}

char *
domain_unicode(const char *domain)
{
	char *letters = NULL;
	char *copy;

	if (!g_str_is_ascii(domain) || strstr(domain, "xn--") == NULL ||
	    idn2_to_unicode_8z8z(domain, &letters, 0) != IDN2_OK)
		return NULL;
	copy = g_utf8_validate(letters, -1, NULL) ? g_strdup(letters) : NULL;
	idn2_free(letters);
	return copy;
}

char *
domain_canonical(const char *name)
{
	g_autofree char *lower = NULL;
	gsize length = strlen(name);

	if (length == 0 || length > 4 * NAME_MOST)
		return NULL;
	lower = g_ascii_strdown(name, (gssize)length - (name[length - 1] == '.'));
	if (!g_str_is_ascii(lower) || strstr(lower, "xn--") != NULL) {
		char *ascii = a_labels(lower);

		g_free(lower);
		lower = ascii;
	}
	return lower != NULL && is_host_name(lower) ? g_steal_pointer(&lower) : NULL;
}

bool
domain_is_public_suffix(const char *domain)
{
	return psl_is_public_suffix(psl_builtin(), domain);
}

bool
domain_is_plausible(const char *domain)
{
	static const char *const special[] = { "example", "test", "invalid", "onion", NULL };
	const char *dot = strrchr(domain, '.');

	if (dot == NULL)
		return false;
	return g_strv_contains(special, dot + 1) ||
	    psl_is_public_suffix2(psl_builtin(), dot + 1, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE);
}

const char *
domain_registrable(const char *domain)
{
	return psl_registrable_domain(psl_builtin(), domain);
}

bool
domain_is_within(const char *host, const char *domain)
{
	gsize behind = strlen(host), length = strlen(domain);

	if (length == 0 || behind < length || strcmp(host + behind - length, domain) != 0)
		return false;
	return behind == length || host[behind - length - 1] == '.';
}
