/* template - a mail as one would write it, with ${names} in it; see template.h */

#include "template.h"

#include <string.h>

#include "error.h"
#include "file.h"

#define SIZE_MOST (64 * 1024)
#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789_"

/* One text being filled; asked collects the names its lines want. */
typedef struct {
	const char *path;
	GHashTable *values;
	GHashTable *asked;
	guint line;
} Filling;

/* A language may come from a mail, so it must be one before it is a path. */
static bool
is_language(const char *language)
{
	gsize length = language != NULL ? strspn(language, "abcdefghijklmnopqrstuvwxyz") : 0;

	return length >= 2 && length <= 3 && language[length] == '\0';
}

static char *
find_path(const char *folder, const char *language, const char *name)
{
	g_autofree char *file = g_strconcat(name, ".txt", NULL);
	g_autofree char *path = NULL;

	if (is_language(language))
		path = g_build_filename(folder, language, file, NULL);
	if (path == NULL || !g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_free(path);
		path = g_build_filename(folder, "en", file, NULL);
	}
	return g_steal_pointer(&path);
}

static char *
read_text(const char *path, GError **error)
{
	g_autoptr(GBytes) bytes = file_read(path, SIZE_MOST, error);
	gsize length;
	const char *text;

	if (bytes == NULL)
		return NULL;
	text = g_bytes_get_data(bytes, &length);
	if (length == 0 || !g_utf8_validate(text, (gssize)length, NULL)) {
		error_set(error, SLUIS_ERROR_SETUP, "%s: empty, or not UTF-8", path);
		return NULL;
	}
	return g_strndup(text, length);
}

/* Appends the value of the name that begins at *text, behind "${". */
static bool
fill_name(Filling *filling, const char **text, GString *into, GError **error)
{
	gsize length = strspn(*text, NAME_LETTERS);
	g_autofree char *name = g_strndup(*text, length);
	const char *value = (*text)[length] == '}' ? g_hash_table_lookup(filling->values, name) : NULL;

	if (value == NULL)
		return error_set(error, SLUIS_ERROR_SETUP, "%s: line %u: unknown name '${%s}'",
		    filling->path, filling->line, name);
	g_string_append(into, value);
	g_hash_table_add(filling->asked, g_steal_pointer(&name));
	*text += length + 1;
	return true;
}

static char *
fill(Filling *filling, const char *text, GError **error)
{
	g_autoptr(GString) into = g_string_new(NULL);

	while (*text != '\0') {
		if (text[0] == '$' && text[1] == '{') {
			text += 2;
			if (!fill_name(filling, &text, into, error))
				return NULL;
			continue;
		}
		filling->line += *text == '\n';
		g_string_append_c(into, *text++);
	}
	return g_string_free(g_steal_pointer(&into), FALSE);
}

static bool
all_asked(const Filling *filling, GError **error)
{
	GHashTableIter iter;
	void *name;

	g_hash_table_iter_init(&iter, filling->values);
	while (g_hash_table_iter_next(&iter, &name, NULL))
		if (!g_hash_table_contains(filling->asked, name))
			return error_set(error, SLUIS_ERROR_SETUP, "%s: nothing asks for '${%s}'",
			    filling->path, (const char *)name);
	return true;
}

/* "Subject: ...", an empty line, the body. */
static Text *
fill_text(Filling *filling, char *raw, GError **error)
{
	g_autoptr(Text) text = g_new0(Text, 1);
	char *body = strstr(raw, "\n\n");

	if (!g_str_has_prefix(raw, "Subject: ") || body == NULL || strchr(raw, '\n') != body) {
		error_set(error, SLUIS_ERROR_SETUP,
		    "%s: line 1: expected 'Subject: ...' and an empty line", filling->path);
		return NULL;
	}
	*body = '\0';
	filling->line = 1;
	text->subject = fill(filling, raw + strlen("Subject: "), error);
	filling->line = 3;
	text->body = text->subject != NULL ? fill(filling, body + 2, error) : NULL;
	if (text->body == NULL || !all_asked(filling, error))
		return NULL;
	g_strdelimit(text->subject, "\r\n\t", ' ');
	return g_steal_pointer(&text);
}

static void
end_with_newline(char **text)
{
	g_autofree char *old = NULL;

	if (g_str_has_suffix(*text, "\n"))
		return;
	old = *text;
	*text = g_strconcat(old, "\n", NULL);
}

Text *
template_fill(const char *folder, const char *language, const char *name, GHashTable *values,
    GError **error)
{
	g_autofree char *path = find_path(folder, language, name);
	g_autofree char *raw = read_text(path, error);
	g_autoptr(GHashTable) asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	Filling filling = { .path = path, .values = values, .asked = asked };
	Text *text = raw != NULL ? fill_text(&filling, raw, error) : NULL;

	if (text != NULL)
		end_with_newline(&text->body);
	return text;
}

void
text_free(Text *text)
{
	if (text == NULL)
		return;
	g_free(text->subject);
	g_free(text->body);
	g_free(text);
}

GHashTable *
template_words(const char *folder, const char *language, GError **error)
{
	g_autofree char *path = find_path(folder, language, "words");
	g_autofree char *raw = read_text(path, error);
	g_auto(GStrv) lines = raw != NULL ? g_strsplit(raw, "\n", -1) : NULL;
	g_autoptr(GHashTable) words = NULL;

	if (lines == NULL)
		return NULL;
	words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (guint i = 0; lines[i] != NULL; i++) {
		const char *colon = strstr(lines[i], ": ");

		if (*lines[i] == '\0' || *lines[i] == '#')
			continue;
		if (colon == NULL) {
			error_set(error, SLUIS_ERROR_SETUP, "%s: line %u: expected 'key: text'", path, i + 1);
			return NULL;
		}
		g_hash_table_insert(words, g_strndup(lines[i], (gsize)(colon - lines[i])),
		    g_strdup(colon + 2));
	}
	return g_steal_pointer(&words);
}

const char *
template_word(GHashTable *words, const char *key)
{
	const char *text = g_hash_table_lookup(words, key);

	return text != NULL ? text : key;
}

const char *
template_word_of(GHashTable *words, const char *family, const char *key)
{
	g_autofree char *whole = g_strconcat(family, "-", key, NULL);
	const char *text = g_hash_table_lookup(words, whole);

	return text != NULL ? text : key;
}
