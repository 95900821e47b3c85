/* ticket - see ticket.h */

#include "ticket.h"

#include <string.h>
#include <glib.h>

#define LETTERS_MOST 10		/* before the digits: "INC", "SRQ-", "PROJECT-" */
#define DIGITS_LEAST 3
#define LENGTH_MOST 30

/* A number is one behind one of these, in brackets, or with letters of its own. */
static const char *const names[] = {
	"ticket", "case", "incident", "request", "melding", "meldingsnummer", "zaak", "kenmerk",
	"call", "vorgang", "ticketnummer", "referentie", "reference", "ref", "issue", "nr", "no",
};

static const char *const receipts[] = {
	"opened", "created", "received", "registered", "logged", "confirmation",
	"ontvangen", "aangemaakt", "geregistreerd", "bevestiging", "in behandeling",
	"eingegangen", "erstellt", "eröffnet", "bestätigung", "erhalten",
};

/* "INC0012345", "12345", "ABC-123", "2026-11-0042": letters, then digits. */
static gsize
number_length(const char *at, gsize *letters)
{
	gsize n = 0, digits = 0;

	while (n <= LETTERS_MOST && g_ascii_isalpha(at[n]))
		n++;
	*letters = n;
	if (n > LETTERS_MOST)
		return 0;
	if (n > 0 && at[n] == '-')
		n++;
	for (; n <= LENGTH_MOST && (g_ascii_isdigit(at[n]) ||
	    (strchr("-.", at[n]) != NULL && at[n] != '\0' && g_ascii_isdigit(at[n + 1]))); n++)
		digits += g_ascii_isdigit(at[n]) ? 1 : 0;
	return digits >= DIGITS_LEAST && n <= LENGTH_MOST && !g_ascii_isalnum(at[n]) && at[n] != '-' ? n : 0;
}

static bool
is_name(const char *word, gsize length)
{
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (strlen(names[i]) == length && g_ascii_strncasecmp(word, names[i], length) == 0)
			return true;
	return false;
}

/* Is it said to be one: by the word before it, a '#', or a bracket? */
static bool
is_introduced(const char *subject, const char *at)
{
	const char *end = at, *from;

	while (end > subject && strchr(" :.#([", end[-1]) != NULL)
		if (strchr("#[", *--end) != NULL)
			return true;
	from = end;
	while (from > subject && g_ascii_isalpha(from[-1]))
		from--;
	return is_name(from, (gsize)(end - from));
}

/* "CVE-2026-1234", a name of ours and a date are none. */
static bool
is_other(const char *at, gsize letters)
{
	static const char *const others[] = { "CVE", "CWE", "RFC", "ISO", "RD", "CERT", "DSA", "GHSA", "TLP" };

	for (gsize i = 0; i < G_N_ELEMENTS(others); i++)
		if (strlen(others[i]) == letters && g_ascii_strncasecmp(at, others[i], letters) == 0)
			return true;
	return false;
}

char *
ticket_of(const char *subject)
{
	for (const char *at = subject; *at != '\0'; at++) {
		gsize letters, length;

		if (at > subject && (g_ascii_isalnum(at[-1]) || at[-1] == '-' || at[-1] == '.'))
			continue;
		length = number_length(at, &letters);
		if (length == 0 || is_other(at, letters))
			continue;
		if (is_introduced(subject, at) || (letters >= 2 && !is_name(at, letters)))
			return g_strndup(at, length);
	}
	return NULL;
}

bool
ticket_is_receipt(const char *subject)
{
	g_autofree char *number = ticket_of(subject);
	g_autofree char *lower = g_utf8_strdown(subject, -1);

	for (gsize i = 0; number != NULL && i < G_N_ELEMENTS(receipts); i++)
		if (strstr(lower, receipts[i]) != NULL)
			return true;
	return false;
}
