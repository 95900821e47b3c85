/* refs - see refs.h */

#include "refs.h"

#include <stdbool.h>
#include <string.h>

/* Crockford's base 32 has no I, L, O, U; people write them all the same. */
static char
crockford(char c)
{
	switch (c) {
	case 'O':
		return '0';
	case 'I':
	case 'L':
		return '1';
	default:
		return c;
	}
}

/* The length of a tag at the start of text, 0 if there is none. */
static gsize
tag_length(const char *text)
{
	const gsize year = 4, word = 5;
	gsize prefix = 0, at;

	while (g_ascii_isalpha(text[prefix]) && prefix < 9)
		prefix++;
	if (prefix < 2 || prefix > 8 || text[prefix] != '-')
		return 0;
	at = prefix + 1;
	if (strspn(text + at, "0123456789") != year || text[at + year] != '-')
		return 0;
	at += year + 1;
	for (gsize i = 0; i < word; i++)
		if (!g_ascii_isalnum(text[at + i]))
			return 0;
	return g_ascii_isalnum(text[at + word]) ? 0 : at + word;
}

static void
add_once(GPtrArray *tags, const char *text, gsize length)
{
	g_autofree char *tag = g_ascii_strup(text, (gssize)length);

	for (gsize i = length - 5; i < length; i++)
		tag[i] = crockford(tag[i]);
	if (!g_ptr_array_find_with_equal_func(tags, tag, g_str_equal, NULL))
		g_ptr_array_add(tags, g_steal_pointer(&tag));
}

GPtrArray *
refs_tags(const char *text)
{
	GPtrArray *tags = g_ptr_array_new_with_free_func(g_free);
	bool in_word = false;

	for (const char *at = text; *at != '\0'; at++) {
		gsize length = in_word ? 0 : tag_length(at);

		if (length > 0)
			add_once(tags, at, length);
		in_word = g_ascii_isalnum(*at) || *at == '-' || *at == '_';
	}
	return tags;
}
