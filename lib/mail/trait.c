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

/* Does a run of signs without a blank name a host, an address or a link? Its pieces are
 * no words: whose host it is belongs to one mail only. */
static bool
names_host(const char *from, const char *to)
{
	for (const char *at = from; at < to; at++) {
		if (*at == '@' || g_str_has_prefix(at, "://"))
			return true;
		if ((*at == '.' || g_str_has_prefix(at, "[.]")) && at > from &&
		    g_ascii_isalnum(at[-1]) && g_ascii_isalnum(at[*at == '.' ? 1 : 3]))
			return true;
	}
	return false;
}

/* The beginning of a text, as much as is looked at, with what names hosts taken out; the
 * caller's. */
static char *
without_hosts(const char *text)
{
	GString *rest = g_string_new(NULL);

	while (*text != '\0' && rest->len < TEXT_MOST) {
		gsize run = strcspn(text, " \t\r\n"), blanks = strspn(text + run, " \t\r\n");

		if (!names_host(text, text + run))
			g_string_append_len(rest, text, (gssize)run);
		g_string_append_len(rest, text + run, (gssize)blanks);
		text += run + blanks;
	}
	return g_string_free(rest, FALSE);
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
	g_autofree char *words = without_hosts(text);
	const char *at = words;
	char *word;

	while (at - words < TEXT_MOST && (word = next_word(&at)) != NULL) {
		if (word[0] != '\0')
			add(finder, g_strconcat(prefix, word, NULL));
		if (g_utf8_strlen(word, -1) > STEM)
			add(finder, stem_of(word));
		g_free(word);
	}
}

/* Lines of "name: value", as machines write them. */
static guint
fields_in(const char *text)
{
	guint count = 0;

	for (const char *line = text, *end; line != NULL; line = end != NULL ? end + 1 : NULL) {
		gsize name = strcspn(line, ":=\n");
		const char *value = line + name;

		end = strchr(value, '\n');
		count += end != value && *value != '\0' && name >= 2 && name <= 24 &&
		    value[1] != '\0' && value[1] != '\n' && value[1] != '/';
	}
	return count;
}

static guint
lines_in(const char *text)
{
	guint count = 0;

	while ((text = strchr(text, '\n')) != NULL)
		count += *++text != '\n';
	return count;
}

/* What one sees of a mail before one reads it. */
static void
add_shapes(Finder *finder, const Mail *mail, const char *own)
{
	guint lines = lines_in(own), fields = fields_in(own);

	add(finder, g_strconcat("shape:", lines < 4 ? "short" : lines < 15 ? "middle" : "long", NULL));
	if (fields >= 4)
		add(finder, g_strdup(fields * 2 > lines ? "shape:all fields" : "shape:fields"));
	if (strchr(own, '?') != NULL)
		add(finder, g_strdup("shape:asks"));
	if (mail->text_from_html)
		add(finder, g_strdup("shape:html"));
	if (mail->attachments->len > 0)
		add(finder, g_strdup("shape:attached"));
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
	add_shapes(&finder, mail, own);
	*strong = finder.found->len;
	add_words(&finder, "subject:", mail->subject);
	add_words(&finder, "", mail->subject);
	add_words(&finder, "", own);
	g_hash_table_unref(finder.seen);
	return finder.found;
}
