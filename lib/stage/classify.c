/*
 * classify - language, indicators, whose systems, which class and motive
 */

#include "stage.h"

#include "domain.h"
#include "language.h"

/* The host of a URL as indicator_find() writes it: scheme://host[:port]/... */
static char *
url_host(const char *url)
{
	g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_PARSE_RELAXED, NULL);

	return uri != NULL ? g_strdup(g_uri_get_host(uri)) : NULL;
}

/* One host or address for the question to the directory. */
static void
add_host(GPtrArray *hosts, GPtrArray *addresses, const char *host)
{
	g_autofree char *domain = NULL;

	if (host == NULL)
		return;
	if (g_hostname_is_ip_address(host)) {
		g_ptr_array_add(addresses, g_strdup(host));
		return;
	}
	domain = domain_canonical(host);
	if (domain != NULL)
		g_ptr_array_add(hosts, g_steal_pointer(&domain));
}

static void
add_indicator(GPtrArray *hosts, GPtrArray *addresses, const Indicator *indicator)
{
	g_autofree char *host = NULL;

	switch (indicator->kind) {
	case INDICATOR_URL:
		host = url_host(indicator->value);
		break;
	case INDICATOR_DOMAIN:
	case INDICATOR_IPV4:
	case INDICATOR_IPV6:
		host = g_strdup(indicator->value);
		break;
	case INDICATOR_CVE:
	case INDICATOR_CVSS:
	case INDICATOR_HASH:
		break;
	}
	add_host(hosts, addresses, host);
}

static bool
find_participants(Run *run, GError **error)
{
	g_autoptr(GPtrArray) hosts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) addresses = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < run->indicators->len; i++)
		add_indicator(hosts, addresses, g_ptr_array_index(run->indicators, i));
	run->matches = directory_match(run->db, hosts, addresses, error);
	return run->matches != NULL;
}

/* What is looked through: the subject's words may name the host as well. */
static char *
words_of(const Mail *mail)
{
	return g_strconcat(mail->subject, "\n", mail->text, NULL);
}

/* All that is found out from the words of that mail. */
static bool
classify(Run *run, const Mail *mail, GError **error)
{
	g_autofree char *words = words_of(mail);
	g_autofree char *new_text = mail_new_text(mail);

	run->language = language_guess(new_text[0] != '\0' ? new_text : words);
	run->indicators = indicator_find(words);
	run->verdict = rules_apply(run->tools->rules, mail, run->indicators);
	return find_participants(run, error);
}

bool
classify_again(Run *run, const Mail *mail, GError **error)
{
	g_clear_pointer(&run->indicators, g_ptr_array_unref);
	g_clear_pointer(&run->verdict, verdict_free);
	g_clear_pointer(&run->matches, g_ptr_array_unref);
	return classify(run, mail, error);
}

bool
stage_classify(Run *run, GError **error)
{
	return run->parked != NULL || classify(run, run->mail, error);
}
