/* naming - see naming.h */

#include "naming.h"

#include <string.h>

#include "identifier.h"

#define MOST_WORDS 1000
#define MOST_RUN 5		/* words of a name */
#define MOST_WORD 64
#define LEAST_WORD 3		/* of one that stands alone */

/* The words since the last thing that was none. */
typedef struct {
	GPtrArray *found;		/* of char *, the caller's in the end */
	GHashTable *seen;		/* borrows them */
	char *run[MOST_RUN];		/* the newest last */
	guint count;
} Finder;

/* As usual_name() of the schema writes it, which knows nothing of look-alikes. */
static char *
usual(const char *word, gsize length)
{
	g_autofree char *raw = g_strndup(word, length);
	g_autofree char *normal = g_utf8_normalize(raw, -1, G_NORMALIZE_ALL);
	GString *out = g_string_new(NULL);

	for (const char *at = normal != NULL ? normal : ""; *at != '\0'; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_type(c) != G_UNICODE_NON_SPACING_MARK)
			g_string_append_unichar(out, g_unichar_tolower(c));
	}
	return g_string_free(out, FALSE);
}

static bool
stands_alone(const char *word)
{
	return g_utf8_strlen(word, -1) >= LEAST_WORD && !identifier_is_common(word) &&
	    word[strspn(word, "0123456789")] != '\0';
}

static void
add(Finder *finder, char *name)
{
	if (g_hash_table_contains(finder->seen, name)) {
		g_free(name);
		return;
	}
	g_hash_table_add(finder->seen, name);
	g_ptr_array_add(finder->found, name);
}

/* All runs that end with the newest word. */
static void
add_runs(Finder *finder)
{
	g_autoptr(GString) name = g_string_new(finder->run[MOST_RUN - 1]);

	if (stands_alone(name->str))
		add(finder, g_strdup(name->str));
	for (guint i = MOST_RUN - 1; i > 0 && finder->run[i - 1] != NULL; i--) {
		g_string_prepend_c(name, ' ');
		g_string_prepend(name, finder->run[i - 1]);
		add(finder, g_strdup(name->str));
	}
}

static void
break_run(Finder *finder)
{
	for (guint i = 0; i < MOST_RUN; i++)
		g_clear_pointer(&finder->run[i], g_free);
}

static void
take_word(Finder *finder, const char *word, gsize length)
{
	if (length > MOST_WORD || finder->count >= MOST_WORDS) {
		break_run(finder);
		return;
	}
	finder->count++;
	g_free(finder->run[0]);
	memmove(finder->run, finder->run + 1, sizeof(finder->run) - sizeof(finder->run[0]));
	finder->run[MOST_RUN - 1] = usual(word, length);
	add_runs(finder);
}

static bool
is_inside(const char *at)
{
	return g_unichar_isalnum(g_utf8_get_char(at)) ||
	    g_unichar_type(g_utf8_get_char(at)) == G_UNICODE_NON_SPACING_MARK;
}

/* "www.olvg.nl", "a/b", "jan@x", "x_y": a letter on either side of such a sign. */
static bool
is_place(const char *start, const char *end)
{
	for (const char *at = start; at < end; at++)
		if (strchr("./\\@:_=?#%", *at) != NULL && at > start && at + 1 < end &&
		    is_inside(g_utf8_prev_char(at)) && (is_inside(at + 1) || at[1] == '/'))
			return true;
	return false;
}

/* What stands between two blanks. */
static void
take_piece(Finder *finder, const char *start, const char *end)
{
	const char *word = NULL;

	if (is_place(start, end)) {
		break_run(finder);
		return;
	}
	for (const char *at = start; at <= end; at = at < end ? g_utf8_next_char(at) : at + 1) {
		bool inside = at < end && is_inside(at);

		if (inside && word == NULL)
			word = at;
		if (!inside && word != NULL) {
			take_word(finder, word, (gsize)(at - word));
			word = NULL;
		}
	}
}

GPtrArray *
naming_find(const char *text)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
	Finder finder = { .found = g_ptr_array_new_with_free_func(g_free), .seen = seen };

	for (const char *at = text; *at != '\0' && finder.count < MOST_WORDS;) {
		const char *end = at;

		while (*end != '\0' && !g_unichar_isspace(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		if (end > at)
			take_piece(&finder, at, end);
		at = *end != '\0' ? g_utf8_next_char(end) : end;
	}
	break_run(&finder);
	return finder.found;
}

bool
naming_exact(const char *text, const char *name)
{
	gsize length = strlen(name);

	for (const char *at = length > 0 ? strstr(text, name) : NULL; at != NULL;
	    at = strstr(at + 1, name))
		if ((at == text || !is_inside(g_utf8_prev_char(at))) &&
		    (at[length] == '\0' || !is_inside(at + length)))
			return true;
	return false;
}
