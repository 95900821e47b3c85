/* trait - see trait.h */

#include "trait.h"

#include <string.h>

#define LONGEST 24		/* letters; longer is no word */
#define SHORTEST 2
#define STEM 5			/* letters of a word that make its stem */
#define TEXT_MOST (16 * 1024)

typedef struct {
	GPtrArray *found;
	GHashTable *seen;	/* borrows from found */
} Finder;

/* Takes the trait. */
static void
add(Finder *finder, char *trait)
{
	if (finder->found->len >= TRAIT_MOST || g_hash_table_contains(finder->seen, trait)) {
		g_free(trait);
		return;
	}
	g_ptr_array_add(finder->found, trait);
	g_hash_table_add(finder->seen, trait);
}

/* The next word of letters, in lower case; NULL at the end, "" for what is none.
 * *at is moved behind it. */
static char *
next_word(const char **at)
{
	const char *from = *at, *to;
	glong letters = 0;
	bool digit = false;

	while (*from != '\0' && !g_unichar_isalnum(g_utf8_get_char(from)))
		from = g_utf8_next_char(from);
	for (to = from; *to != '\0' && g_unichar_isalnum(g_utf8_get_char(to)); to = g_utf8_next_char(to)) {
		digit = digit || g_unichar_isdigit(g_utf8_get_char(to));
		letters++;
	}
	*at = to;
	if (to == from)
		return NULL;
	return digit || letters < SHORTEST || letters > LONGEST ? g_strdup("") : g_utf8_strdown(from, to - from);
}

/* The beginning of a word stands for all that begin like it. */
static char *
stem_of(const char *word)
{
	const char *end = g_utf8_offset_to_pointer(word, STEM);

	return g_strdup_printf("stem:%.*s...", (int)(end - word), word);
}

/* The words of a text, and beside each what it stems from. */
static void
add_words(Finder *finder, const char *prefix, const char *text)
{
	const char *at = text;
	char *word;

	while (at - text < TEXT_MOST && (word = next_word(&at)) != NULL) {
		if (word[0] != '\0')
			add(finder, g_strconcat(prefix, word, NULL));
		if (g_utf8_strlen(word, -1) > STEM)
			add(finder, stem_of(word));
		g_free(word);
	}
}

GPtrArray *
trait_find(const Mail *mail, const Verdict *verdict, guint *strong)
{
	g_autofree char *own = mail_own_text(mail);
	Finder finder = {
		.found = g_ptr_array_new_with_free_func(g_free),
		.seen = g_hash_table_new(g_str_hash, g_str_equal),
	};

	add(&finder, g_strconcat("kind:", mail_kind_word(mail->kind), NULL));
	for (guint i = 0; i < verdict_count(verdict); i++)
		add(&finder, g_strconcat("rule:", verdict_sign(verdict, i), NULL));
	*strong = finder.found->len;
	add_words(&finder, "subject:", mail->subject);
	add_words(&finder, "", mail->subject);
	add_words(&finder, "", own);
	g_hash_table_unref(finder.seen);
	return finder.found;
}
