/* letterform - a letter whose words come from a template; see letterform.h */

#include "letterform.h"

#include <string.h>

#include "buffer.h"
#include "template.h"

bool
letterform_fill(Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, GError **error)
{
	g_autoptr(Text) text = template_fill(folder, language, name, values, error);

	if (text == NULL)
		return false;
	text_wipe(letter->subject);
	text_wipe(letter->body);
	letter->subject = g_steal_pointer(&text->subject);
	letter->body = g_steal_pointer(&text->body);
	return true;
}

GBytes *
letterform_clear(const Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, GError **error)
{
	return letterform_signed(letter, folder, language, name, values, NULL, error);
}

char *
letterform_block(const char *text, const char *signature)
{
	GString *block = g_string_new("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n");

	for (const char *line = text, *end; *line != '\0'; line = end) {
		end = strchrnul(line, '\n');
		end += *end == '\n';
		if (*line == '-' || g_str_has_prefix(line, "From "))
			g_string_append(block, "- ");
		g_string_append_len(block, line, end - line);
	}
	g_string_append(block, signature);
	return g_string_free(block, FALSE);
}

GBytes *
letterform_signed(const Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, const char *signature, GError **error)
{
	g_autoptr(Text) text = template_fill(folder, language, name, values, error);
	g_autofree char *block = NULL;
	Letter filled = *letter;

	if (text == NULL)
		return NULL;
	if (signature != NULL)
		block = letterform_block(text->body, signature);
	filled.subject = text->subject;
	filled.body = block != NULL ? block : text->body;
	filled.enclosures = NULL;
	return compose_clear(&filled);
}
