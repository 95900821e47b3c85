/* results - see results.h */

#include "results.h"

#include <string.h>
#include <glib.h>

/* Characters of a token that end at these (RFC 2045), and at white space. */
#define SPECIALS "()<>@,;:\\\"/[]?="

/* Comments and folding white space; false if a comment does not end. */
static bool
skip_blank(const char **at)
{
	guint depth = 0;

	for (; **at != '\0'; (*at)++) {
		if (**at == '(')
			depth++;
		else if (depth > 0 && **at == ')')
			depth--;
		else if (depth > 0 && **at == '\\' && (*at)[1] != '\0')
			(*at)++;
		else if (depth == 0 && strchr(" \t\r\n", **at) == NULL)
			break;
	}
	return depth == 0;
}

/* "..." with its quoted pairs undone; NULL if it does not end. */
static char *
take_quoted(const char **at)
{
	GString *text = g_string_new(NULL);

	for ((*at)++; **at != '\0' && **at != '"'; (*at)++) {
		if (**at == '\\' && (*at)[1] != '\0')
			(*at)++;
		g_string_append_c(text, **at);
	}
	if (**at != '"') {
		g_string_free(text, TRUE);
		return NULL;
	}
	(*at)++;
	return g_string_free(text, FALSE);
}

/* A run of letters that none of those ends, blanks before and behind skipped;
 * NULL if there is none. */
static char *
take_run(const char **at, const char *ends)
{
	const char *start;
	char *word;

	if (!skip_blank(at))
		return NULL;
	start = *at;
	while ((guchar)**at > ' ' && **at != 0x7f && strchr(ends, **at) == NULL)
		(*at)++;
	if (*at == start)
		return NULL;
	word = g_strndup(start, (gsize)(*at - start));
	if (skip_blank(at))
		return word;
	g_free(word);
	return NULL;
}

/* A value: a token, a quoted string, or what is like a mail address. */
static char *
take_value(const char **at)
{
	char *word;

	if (!skip_blank(at))
		return NULL;
	if (**at != '"')
		return take_run(at, "();\"\\");
	word = take_quoted(at);
	if (word != NULL && skip_blank(at))
		return word;
	g_free(word);
	return NULL;
}

static bool
take_mark(const char **at, char mark)
{
	if (!skip_blank(at) || **at != mark)
		return false;
	(*at)++;
	return skip_blank(at);
}

/* What one method found. */
typedef struct {
	char *method, *result;
	char *from;		/* header.from; NULL */
	bool twice;		/* which was there a second time */
} Finding;

static void
finding_clear(Finding *finding)
{
	g_free(finding->method);
	g_free(finding->result);
	g_free(finding->from);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Finding, finding_clear)

/* "header.from=example.org", "reason=\"...\"". */
static bool
take_property(const char **at, Finding *finding)
{
	g_autofree char *name = take_run(at, SPECIALS);
	g_autofree char *value = NULL;

	if (name == NULL || !take_mark(at, '='))
		return false;
	value = take_value(at);
	if (value == NULL)
		return false;
	if (g_ascii_strcasecmp(name, "header.from") != 0)
		return true;
	finding->twice = finding->from != NULL;
	g_free(finding->from);
	finding->from = g_steal_pointer(&value);
	return true;
}

/* "dmarc=pass (p=none) header.from=example.org", up to ";" or the end. A method
 * may have a version: "dmarc/1". */
static bool
take_finding(const char **at, Finding *finding)
{
	finding->method = take_run(at, SPECIALS);
	if (finding->method == NULL)
		return false;
	if (**at == '/') {
		g_autofree char *version = take_mark(at, '/') ? take_run(at, SPECIALS) : NULL;

		if (version == NULL)
			return false;
	}
	if (!take_mark(at, '='))
		return false;
	finding->result = take_run(at, SPECIALS);
	if (finding->result == NULL)
		return false;
	while (**at != '\0' && **at != ';')
		if (!take_property(at, finding))
			return false;
	return true;
}

/* The name of who looked, and a version of the form that we know. */
static bool
take_checker(const char **at, const char *checker)
{
	g_autofree char *name = take_value(at);
	g_autofree char *version = NULL;

	if (name == NULL || g_ascii_strcasecmp(name, checker) != 0)
		return false;
	if (**at != '\0' && **at != ';')
		version = take_run(at, SPECIALS);
	return (version == NULL || strcmp(version, "1") == 0) && **at == ';';
}

static bool
is_pass(const Finding *finding, const char *domain)
{
	return g_ascii_strcasecmp(finding->result, "pass") == 0 && !finding->twice &&
	    finding->from != NULL && g_ascii_strcasecmp(finding->from, domain) == 0;
}

/* Every word about DMARC must be that it passed, and there must be one. */
bool
results_field_passed(const char *value, const char *checker, const char *domain)
{
	const char *at = value;
	bool passed = false;

	if (checker == NULL || checker[0] == '\0' || !take_checker(&at, checker))
		return false;
	while (*at == ';') {
		g_auto(Finding) finding = { 0 };

		at++;
		if (!skip_blank(&at))
			return false;
		if (*at == '\0')
			break;
		if (!take_finding(&at, &finding))
			return false;
		if (g_ascii_strcasecmp(finding.method, "dmarc") != 0)
			continue;
		if (!is_pass(&finding, domain))
			return false;
		passed = true;
	}
	return passed && *at == '\0';
}

bool
results_dmarc_passed(Slice header, const char *checker, const char *domain)
{
	g_autofree char *topmost = split_header(header, "authentication-results", 0);

	return topmost != NULL && results_field_passed(topmost, checker, domain);
}
