/* dkim - see dkim.h */

#include "dkim.h"

#include <stdbool.h>
#include <string.h>

#include "domain.h"
#include "split.h"

/* "d=" of a DKIM-Signature; the caller's. */
static char *
signing_domain(const char *signature)
{
	g_auto(GStrv) tags = g_strsplit(signature, ";", -1);

	for (char **tag = tags; *tag != NULL; tag++) {
		g_strstrip(*tag);
		if (g_str_has_prefix(*tag, "d="))
			return g_ascii_strdown(g_strstrip(*tag + 2), -1);
	}
	return NULL;
}

/* DMARC's relaxed alignment: the same registrable domain. */
static bool
is_aligned(const char *domain, const char *ours)
{
	const char *one = domain_registrable(domain);
	const char *other = domain_registrable(ours);

	return one != NULL && g_strcmp0(one, other) == 0;
}

char *
dkim_judge(GBytes *mail, const char *domain)
{
	Slice header = split_entity(slice_bytes(mail)).header;
	guint count = split_header_count(header, "dkim-signature");

	for (guint i = 0; i < count; i++) {
		g_autofree char *value = split_header(header, "dkim-signature", i);
		g_autofree char *signer = signing_domain(value);

		if (signer != NULL && is_aligned(signer, domain))
			return g_strdup_printf("DKIM-signed by %s, aligned with %s", signer, domain);
	}
	return count > 0 ? g_strdup_printf("DKIM-signed, but not aligned with %s: others may refuse "
	    "our mail", domain) : g_strdup("not DKIM-signed: does non_smtpd_milters name the signer? "
	    "Others may refuse our mail");
}
