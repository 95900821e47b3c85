/* advice - see advice.h */

#include "advice.h"

#include "feedbook.h"
#include "template.h"

GPtrArray *
advice_names(const Settings *settings, const char *text, bool using, GError **error)
{
	g_autoptr(Feedbook) book = feedbook_load(settings->feeds_file, error);
	GPtrArray *names = book != NULL ? feedbook_advice(book, text, using) : NULL;

	if (names != NULL && using)
		g_ptr_array_insert(names, 0, g_strdup("product"));
	else if (names != NULL && names->len == 0)
		g_ptr_array_add(names, g_strdup("other"));
	return names;
}

static Text *
text_of(const Settings *settings, const char *language, const char *name, GError **error)
{
	g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *file = g_strconcat("advice-", name, NULL);
	g_autofree char *path = g_strdup_printf("%s/en/%s.txt", settings->text_folder, file);

	return template_fill(settings->text_folder, language,
	    g_file_test(path, G_FILE_TEST_EXISTS) ? file : "advice-other", none, error);
}

char *
advice_texts(const Settings *settings, const char *language, const GPtrArray *names, GError **error)
{
	GString *all = g_string_new(NULL);

	for (guint i = 0; i < names->len; i++) {
		g_autoptr(Text) text = text_of(settings, language, g_ptr_array_index(names, i), error);

		if (text == NULL) {
			g_string_free(all, TRUE);
			return NULL;
		}
		g_string_append_printf(all, "%s%s:\n%s", all->len > 0 ? "\n" : "", text->subject, text->body);
	}
	while (all->len > 0 && all->str[all->len - 1] == '\n')
		g_string_truncate(all, all->len - 1);
	return g_string_free(all, FALSE);
}
