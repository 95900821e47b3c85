/* passed - see passed.h */

#include "passed.h"

#include "quote.h"
#include "template.h"
#include "text.h"

char *
passed_text(const Tools *tools, const Side *from, const Side *to, const char *text,
    const char *subject, bool answers, const char *ours, GError **error)
{
	g_autoptr(GHashTable) words = template_words(tools->settings->text_folder, to->language, error);
	g_autofree char *theirs = NULL;
	g_autofree char *quoted = NULL;
	GString *whole;

	if (words == NULL)
		return NULL;
	theirs = quote_strip(text, quote_manner(subject, answers));
	quoted = text_prefix_lines(theirs, "| ");
	whole = g_string_new(NULL);
	g_string_append_printf(whole, "%s\n%s", template_word_of(words, "writes", from->role), quoted);
	if (ours[0] != '\0')
		g_string_append_printf(whole, "\n%s\n%s\n", template_word(words, "we-write"), ours);
	return g_strchomp(g_string_free(whole, FALSE));
}
