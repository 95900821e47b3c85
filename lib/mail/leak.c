/* leak - see leak.h */

#include "leak.h"

#include <string.h>

#define LEAST_LOCAL 4		/* "info", "jan" would be found everywhere */
#define LEAST_NAME 3
#define LEAST_WORD 4		/* "van", "de", "of" are no names */

struct Leak {
	GPtrArray *words;	/* char *, case folded; found as whole words */
	GPtrArray *digits;	/* char *, lower-case hex; found in text without blanks */
};

Leak *
leak_new(void)
{
	Leak *leak = g_new0(Leak, 1);

	leak->words = g_ptr_array_new_with_free_func(g_free);
	leak->digits = g_ptr_array_new_with_free_func(g_free);
	return leak;
}

void
leak_free(Leak *leak)
{
	if (leak == NULL)
		return;
	g_ptr_array_unref(leak->words);
	g_ptr_array_unref(leak->digits);
	g_free(leak);
}

static void
add_once(GPtrArray *set, char *folded)
{
	if (g_ptr_array_find_with_equal_func(set, folded, g_str_equal, NULL))
		g_free(folded);
	else
		g_ptr_array_add(set, folded);
}

/* A line may end within a name. */
static char *
join_blanks(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++) {
		bool blank = g_ascii_isspace(*from);

		if (!blank || to == text || to[-1] != ' ')
			*to++ = blank ? ' ' : *from;
	}
	*to = '\0';
	return text;
}

/* Bytes are not always UTF-8; then ASCII is all that is folded. An accent may
 * be a character of its own, or not. */
static char *
fold(const char *bytes, gsize length)
{
	g_autofree char *normal = g_utf8_normalize(bytes, (gssize)length, G_NORMALIZE_ALL);

	return join_blanks(normal != NULL ? g_utf8_casefold(normal, -1) :
	    g_ascii_strdown(bytes, (gssize)length));
}

void
leak_add_address(Leak *leak, const char *address)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL;

	if (at == NULL || at[1] == '\0')
		return;
	add_once(leak->words, fold(address, strlen(address)));
	add_once(leak->words, fold(at + 1, strlen(at + 1)));
	if (at - address >= LEAST_LOCAL)
		add_once(leak->words, fold(address, (gsize)(at - address)));
}

/* Words of names that name nobody, and stand in half of all reports. */
static bool
names_nobody(const char *word)
{
	static const char *const trade[] = {
		"cert", "csirt", "cyber", "hacker", "hacking", "information", "informatie",
		"infosec", "report", "research", "researcher", "responsible", "security",
		"sicherheit", "software", "team", "test", "tester", "veilig", "veiligheid", NULL
	};

	return g_strv_contains(trade, word);
}

/* The whole name, and each word of it that can stand for a person: people sign
 * with their first name. */
void
leak_add_name(Leak *leak, const char *name)
{
	g_autofree char *trimmed = name != NULL ? g_strstrip(g_strdup(name)) : NULL;
	g_autofree char *folded = NULL;
	g_auto(GStrv) parts = NULL;

	if (trimmed == NULL || g_utf8_strlen(trimmed, -1) < LEAST_NAME)
		return;
	folded = fold(trimmed, strlen(trimmed));
	parts = g_strsplit_set(folded, " ,;/()\"", -1);
	for (guint i = 0; parts[i] != NULL; i++)
		if (g_utf8_strlen(parts[i], -1) >= LEAST_WORD && !names_nobody(parts[i]))
			add_once(leak->words, g_strdup(parts[i]));
	add_once(leak->words, g_steal_pointer(&folded));
}

void
leak_add_user_id(Leak *leak, const char *user_id)
{
	const char *open = user_id != NULL ? strchr(user_id, '<') : NULL;
	const char *close = open != NULL ? strchr(open, '>') : NULL;

	if (user_id == NULL)
		return;
	if (close != NULL) {
		g_autofree char *name = g_strndup(user_id, (gsize)(open - user_id));
		g_autofree char *address = g_strndup(open + 1, (gsize)(close - open - 1));

		leak_add_name(leak, name);
		leak_add_address(leak, address);
	} else if (strchr(user_id, '@') != NULL) {
		leak_add_address(leak, user_id);
	} else {
		leak_add_name(leak, user_id);
	}
}

void
leak_add_fingerprint(Leak *leak, const char *fingerprint)
{
	static const gsize lengths[] = { 40, 16, 8 };
	gsize length = fingerprint != NULL ? strlen(fingerprint) : 0;

	for (guint i = 0; i < G_N_ELEMENTS(lengths); i++)
		if (length >= lengths[i])
			add_once(leak->digits, g_ascii_strdown(fingerprint + length - lengths[i], -1));
}

static bool
is_word_byte(char c)
{
	return g_ascii_isalnum(c) || (c & 0x80) != 0;
}

static const char *
find_word(const char *text, const char *word)
{
	for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word))
		if ((at == text || !is_word_byte(at[-1])) && !is_word_byte(at[strlen(word)]))
			return at;
	return NULL;
}

/* Without blanks and NULs, so that neither grouping nor UTF-16 hides digits. */
static char *
squeeze(const char *bytes, gsize length)
{
	GString *out = g_string_sized_new(length);

	for (gsize i = 0; i < length; i++)
		if (bytes[i] != '\0' && !g_ascii_isspace(bytes[i]))
			g_string_append_c(out, g_ascii_tolower(bytes[i]));
	return g_string_free(out, FALSE);
}

/* NULs become blanks, so that a search by strings sees all of it. */
static char *
as_text(const char *bytes, gsize length)
{
	g_autofree char *copy = g_memdup2(bytes, length);

	for (gsize i = 0; i < length; i++)
		if (copy[i] == '\0')
			copy[i] = ' ';
	return length > 0 ? fold(copy, length) : g_strdup("");
}

const char *
leak_find(const Leak *leak, const char *bytes, gsize length)
{
	g_autofree char *text = as_text(bytes, length);
	g_autofree char *squeezed = squeeze(bytes, length);

	for (guint i = 0; i < leak->words->len; i++)
		if (find_word(text, g_ptr_array_index(leak->words, i)) != NULL)
			return g_ptr_array_index(leak->words, i);
	for (guint i = 0; i < leak->digits->len; i++)
		if (strstr(squeezed, g_ptr_array_index(leak->digits, i)) != NULL)
			return g_ptr_array_index(leak->digits, i);
	return NULL;
}

guint
leak_count(const Leak *leak)
{
	return leak->words->len + leak->digits->len;
}
