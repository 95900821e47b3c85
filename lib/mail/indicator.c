/* indicator - addresses, names and numbers worth looking up; see indicator.h */

#include "indicator.h"

#include <stdbool.h>
#include <string.h>

#include "domain.h"
#include "host.h"
#include "refang.h"

#define TEXT_MOST (1024 * 1024)
#define WORD_MOST 2000
#define FOUND_MOST 2000

typedef struct {
	GPtrArray *found;
	GHashTable *seen;	/* pieces looked at, and what came of them */
	const char *before;	/* the word before this one, not ended */
	gsize before_length;
} Finder;

static const char *const kind_words[] = {
	[INDICATOR_URL] = "url", [INDICATOR_DOMAIN] = "domain", [INDICATOR_IPV4] = "ipv4",
	[INDICATOR_IPV6] = "ipv6", [INDICATOR_CVE] = "cve", [INDICATOR_CVSS] = "cvss",
	[INDICATOR_HASH] = "hash",
};

const char *
indicator_word(IndicatorKind kind)
{
	return kind_words[kind];
}

static void
indicator_free(Indicator *indicator)
{
	g_free(indicator->value);
	g_free(indicator);
}

/* Takes value. */
static void
add(Finder *finder, IndicatorKind kind, char *value)
{
	g_autofree char *key = g_strdup_printf("%s %s", kind_words[kind], value);
	Indicator *indicator;

	if (finder->found->len >= FOUND_MOST || !g_hash_table_add(finder->seen, g_steal_pointer(&key))) {
		g_free(value);
		return;
	}
	indicator = g_new0(Indicator, 1);
	indicator->kind = kind;
	indicator->value = value;
	g_ptr_array_add(finder->found, indicator);
}

/*
 * Addresses.
 */

static bool
word_is_any(const char *word, gsize length, const char *const *words, gsize count)
{
	for (gsize i = 0; i < count; i++)
		if (strlen(words[i]) == length && g_ascii_strncasecmp(word, words[i], length) == 0)
			return true;
	return false;
}

/* "version 1.2.3.4" and "Chrome/96.0.4664.110" are no addresses. */
static bool
is_version(const Finder *finder, const char *start, const char *piece)
{
	static const char *const before[] = {
		"version", "versie", "versions", "versies", "v", "v.", "ver", "ver.", "release",
		"build", "firmware", "software", "update", "patch", "versionen",
	};

	if (piece > start + 1 && piece[-1] == '/' && g_ascii_isalpha(piece[-2]))
		return true;
	return piece == start && finder->before_length > 0 &&
	    word_is_any(finder->before, finder->before_length, before, G_N_ELEMENTS(before));
}

/*
 * Domains.
 */

/* Two labels that are a file, a line of a program, or the end of one sentence
 * and the start of the next, more likely than a domain. */
static bool
is_look_alike(const char *name)
{
	static const char *const endings[] = { "py", "sh", "pl", "rs", "md", "zip", "mov", "so", "cc", "ps", "java", "name" };
	static const char *const starts[] = {
		"window", "document", "this", "self", "console", "system", "math", "json", "node", "process",
		"location", "event", "request", "response", "e", "i", "asp", "ado",
	};
	const char *dot = strchr(name, '.');

	if (dot == NULL || strchr(dot + 1, '.') != NULL)
		return false;
	if (g_ascii_isupper(dot[1]) && !g_ascii_isupper(dot[2]) && g_ascii_islower(name[0]))
		return true;
	return word_is_any(dot + 1, strlen(dot + 1), endings, G_N_ELEMENTS(endings)) ||
	    word_is_any(name, (gsize)(dot - name), starts, G_N_ELEMENTS(starts));
}

static char *
domain_of(const char *name)
{
	g_autofree char *domain = domain_canonical(name);

	if (domain == NULL || !domain_is_plausible(domain) || domain_is_public_suffix(domain))
		return NULL;
	return g_steal_pointer(&domain);
}

/*
 * URLs.
 */

/* Where a URL ends: at a blank, or at what never stands bare in one. An IPv6
 * host has the only brackets. */
static gsize
url_length(const char *at)
{
	gsize length = (gsize)(strchr(at, ':') - at) + strlen("://");

	if (at[length] == '[')
		length += strcspn(at + length, "] \n\t");
	if (at[length] == ']')
		length++;
	length += strcspn(at + length, " \t\n<>\"`{}|\\^[]");
	return length;
}

static gsize
url_trim(const char *at, gsize length)
{
	int open = 0;

	for (gsize i = 0; i < length; i++)
		open += at[i] == '(' ? 1 : at[i] == ')' ? -1 : 0;
	while (length > 0 && (strchr(".,;:!?'*_", at[length - 1]) != NULL ||
	    (at[length - 1] == ')' && open < 0))) {
		open += at[length - 1] == ')';
		length--;
	}
	return length;
}

static bool
starts_url(const char *at)
{
	static const char *const schemes[] = { "http://", "https://", "ftp://", "ftps://", "sftp://", "ws://", "wss://" };

	for (gsize i = 0; i < G_N_ELEMENTS(schemes); i++)
		if (g_ascii_strncasecmp(at, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* How far the URL at this place goes, 0 if there is none. */
static gsize
take_url(Finder *finder, const char *at)
{
	g_autofree char *url = NULL;
	char *canonical;
	gsize length;

	if (strchr("hHfFsSwW", *at) == NULL || !starts_url(at))
		return 0;
	length = url_length(at);
	url = g_strndup(at, MIN(url_trim(at, length), WORD_MOST));
	canonical = strstr(url, "://") != NULL ? host_url(url) : NULL;
	if (canonical != NULL)
		add(finder, INDICATOR_URL, canonical);
	return length;
}

/*
 * Other words.
 */

static bool
is_cve(const char *piece)
{
	gsize digits;

	if (g_ascii_strncasecmp(piece, "CVE-", 4) != 0 || strspn(piece + 4, "0123456789") != 4 || piece[8] != '-')
		return false;
	digits = strspn(piece + 9, "0123456789");
	return digits >= 4 && digits <= 7 && piece[9 + digits] == '\0';
}

/* "CVSS:3.1/AV:N/..." of any version, or version 2, which has no prefix but
 * an Au. Each metric is letters, a colon, letters. */
static bool
is_cvss(const char *word)
{
	g_auto(GStrv) metrics = NULL;
	char **metric;

	if (g_ascii_strncasecmp(word, "CVSS:", 5) != 0 && g_ascii_strncasecmp(word, "AV:", 3) != 0)
		return false;
	metrics = g_strsplit(word, "/", 40);
	metric = metrics + (g_ascii_strncasecmp(word, "CVSS:", 5) == 0);
	if (metric == metrics && strstr(word, "/Au:") == NULL && strstr(word, "/AU:") == NULL)
		return false;
	if (g_strv_length(metric) < 6)
		return false;
	for (; *metric != NULL; metric++) {
		gsize name = strspn(*metric, G_CSET_A_2_Z G_CSET_a_2_z);

		if (name == 0 || name > 4 || (*metric)[name] != ':' ||
		    (*metric)[name + 1 + strspn(*metric + name + 1, G_CSET_A_2_Z G_CSET_a_2_z)] != '\0')
			return false;
	}
	return true;
}

static bool
is_hash(const char *piece)
{
	gsize length = strlen(piece);

	if (length != 32 && length != 40 && length != 64 && length != 128)
		return false;
	return strspn(piece, "0123456789abcdefABCDEF") == length &&
	    strpbrk(piece, "0123456789") != NULL && strpbrk(piece, "abcdefABCDEF") != NULL;
}

static void
take_host(Finder *finder, const char *piece)
{
	const char *at = strrchr(piece, '@');
	g_autofree char *name = g_strdup(at != NULL ? at + 1 : piece);
	char *colon = strchr(name, ':');
	char *domain;

	if (colon != NULL && colon[strspn(colon, ":0123456789")] == '\0')
		*colon = '\0';
	if (strchr(name, '.') == NULL)
		return;
	if (host_is_ipv4(name)) {
		add(finder, INDICATOR_IPV4, g_steal_pointer(&name));
		return;
	}
	domain = at != NULL || !is_look_alike(name) ? domain_of(name) : NULL;
	if (domain != NULL)
		add(finder, INDICATOR_DOMAIN, domain);
}

static void
take_piece(Finder *finder, const char *word, const char *start, gsize length)
{
	g_autofree char *piece = g_strndup(start, length);
	char *address;

	if (length == 0 || g_hash_table_contains(finder->seen, piece))
		return;
	if (is_cve(piece)) {
		add(finder, INDICATOR_CVE, g_ascii_strup(piece, -1));
	} else if (is_hash(piece)) {
		add(finder, INDICATOR_HASH, g_ascii_strdown(piece, -1));
	} else if (strchr(piece, ':') != NULL && (address = host_ipv6(piece)) != NULL) {
		add(finder, INDICATOR_IPV6, address);
	} else if (g_ascii_isdigit(piece[0]) && is_version(finder, word, start)) {
		return;
	} else {
		take_host(finder, piece);
	}
	g_hash_table_add(finder->seen, g_steal_pointer(&piece));
}

static void
take_word(Finder *finder, const char *word, gsize length)
{
	g_autofree char *whole = NULL;

	while (length > 0 && strchr(".:-_/@", word[length - 1]) != NULL &&
	    !(length > 1 && word[length - 1] == ':' && word[length - 2] == ':'))
		length--;
	if (length == 0 || length > WORD_MOST)
		return;
	whole = g_strndup(word, length);
	if (is_cvss(whole)) {
		add(finder, INDICATOR_CVSS, g_steal_pointer(&whole));
		return;
	}
	for (gsize at = 0, piece = 0; at <= length; at += piece + 1) {
		piece = strcspn(whole + at, "/");
		take_piece(finder, whole, whole + at, piece);
	}
}

/* Letters and digits of all scripts and what stands inside names. */
static gsize
word_length(const char *at)
{
	const char *end = at;

	for (;; end = g_utf8_next_char(end)) {
		if (*end == '\0')
			break;
		if (g_ascii_isalnum(*end) || strchr(".-_:/@", *end) != NULL)
			continue;
		if ((guchar)*end < 0x80 || !g_unichar_isalnum(g_utf8_get_char(end)))
			break;
	}
	return (gsize)(end - at);
}

/* The longest beginning of a text that is no longer than most and ends with a
 * whole character. */
static gsize
text_head(const char *text, gsize most)
{
	gsize length = strnlen(text, most + 1);

	if (length <= most)
		return length;
	for (length = most; length > 0 && ((guchar)text[length] & 0xC0) == 0x80;)
		length--;
	return length;
}

GPtrArray *
indicator_find(const char *text)
{
	g_autofree char *whole = refang(text, text_head(text, TEXT_MOST));
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Finder finder = { .found = g_ptr_array_new_with_free_func((GDestroyNotify)indicator_free), .seen = seen };
	gsize length;

	for (const char *at = whole; *at != '\0'; at += length) {
		length = take_url(&finder, at);
		if (length > 0)
			continue;
		length = word_length(at);
		if (length == 0) {
			length = (gsize)(g_utf8_next_char(at) - at);
			continue;
		}
		take_word(&finder, at, length);
		finder.before = at;
		finder.before_length = length;
	}
	return finder.found;
}
