/* letterform - a letter whose words come from a template; see letterform.h */

#include "letterform.h"

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
	g_autoptr(Text) text = template_fill(folder, language, name, values, error);
	Letter filled = *letter;

	if (text == NULL)
		return NULL;
	filled.subject = text->subject;
	filled.body = text->body;
	filled.enclosures = NULL;
	return compose_clear(&filled);
}
