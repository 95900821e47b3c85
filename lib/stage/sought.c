/* sought - see sought.h */

#include "sought.h"

#include <stdbool.h>
#include <string.h>

#include "text.h"

#define AROUND 30		/* characters of the text on either side of a hit */

/* Small letters, and one form for letters that can be written in two ways. */
static char *
folded(const char *text)
{
	g_autofree char *normal = g_utf8_normalize(text, -1, G_NORMALIZE_ALL);

	return normal != NULL ? g_utf8_casefold(normal, -1) : g_ascii_strdown(text, -1);
}

/* Everything of a message one may look for, on lines. */
static char *
haystack(const Extract *extract)
{
	const char *const texts[] = {
		extract->subject, extract->from, extract->from_name, extract->to, extract->text,
		extract->message_id, extract->signer,
	};
	g_autoptr(GString) all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i] != NULL)
			g_string_append_printf(all, "%s\n", texts[i]);
	for (guint i = 0; i < extract->indicators->len; i++)
		g_string_append_printf(all, "%s\n", (char *)g_ptr_array_index(extract->indicators, i));
	for (guint i = 0; i < extract->attachments->len; i++) {
		const Attached *attached = g_ptr_array_index(extract->attachments, i);

		g_string_append_printf(all, "%s %s\n", attached->name != NULL ? attached->name : "",
		    attached->sha256);
	}
	return folded(all->str);
}

/* All words must be there; where the first one is goes to *where. */
static bool
has_all(const char *hay, const GPtrArray *words, const char **where)
{
	for (guint i = 0; i < words->len; i++) {
		const char *found = strstr(hay, g_ptr_array_index(words, i));

		if (found == NULL)
			return false;
		if (i == 0)
			*where = found;
	}
	return true;
}

/* A few words around a place, on one line. */
static char *
surroundings(const char *hay, const char *where)
{
	const char *start = where, *end = where;

	for (guint i = 0; i < AROUND && start > hay && *start != '\0'; i++)
		start = g_utf8_prev_char(start);
	for (guint i = 0; i < 2 * AROUND && *end != '\0'; i++)
		end = g_utf8_next_char(end);
	return text_clean_line(start, end - start);
}

GPtrArray *
sought_words(const GPtrArray *words)
{
	GPtrArray *folds = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < words->len; i++)
		g_ptr_array_add(folds, folded(g_ptr_array_index(words, i)));
	return folds;
}

char *
sought_in(const Extract *extract, const GPtrArray *words)
{
	g_autofree char *hay = haystack(extract);
	const char *where = hay;

	return has_all(hay, words, &where) ? surroundings(hay, where) : NULL;
}
