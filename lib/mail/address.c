/* address - see address.h */

#include "address.h"

#include <string.h>

#include "domain.h"

#define MOST_LOCAL 64		/* RFC 5321 4.5.3.1 */
#define MOST_ADDRESS 254

/* RFC 5322 atext, with dots between atoms but not around them. */
static bool
is_dot_string(const char *local, gsize length)
{
	static const char atext[] = "!#$%&'*+-/=?^_`{|}~";

	if (length == 0 || length > MOST_LOCAL || local[0] == '.' || local[length - 1] == '.')
		return false;
	for (gsize i = 0; i < length; i++) {
		if (local[i] == '.' && local[i + 1] == '.')
			return false;
		if (local[i] != '.' && !g_ascii_isalnum(local[i]) && strchr(atext, local[i]) == NULL)
			return false;
	}
	return true;
}

bool
address_is_plain(const char *address)
{
	const char *at = strrchr(address, '@');
	g_autofree char *domain = at != NULL ? domain_canonical(at + 1) : NULL;

	return domain != NULL && strlen(address) <= MOST_ADDRESS && address[0] != '-' &&
	    is_dot_string(address, (gsize)(at - address)) &&
	    g_ascii_strcasecmp(domain, at + 1) == 0;
}
