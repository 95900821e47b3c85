/* parts - see parts.h */

#include "parts.h"

#include "comeback.h"
#include "enclose.h"
#include "persons.h"
#include "template.h"

/* What an analyst can open or verify by hand. */
static void
openpgp(const Run *run, GHashTable *words, const Part *part, GString *out)
{
	g_autoptr(GBytes) bytes = mime_part_bytes(run->mail->content, part->n);
	const char *kind = pgpmail_kind(bytes);

	if (kind != NULL)
		g_string_append_printf(out, ", %s", template_word_of(words, "openpgp", kind));
}

/* It shows people who did not choose to be shown. */
static bool
is_kept_back(const Run *run, guint i)
{
	return persons_in_attachment(run->persons, i) || comeback_hides(run->comeback);
}

void
parts_tell(const Run *run, GHashTable *words, GString *out)
{
	const GPtrArray *parts = run->mail->attachments;
	gsize sum = 0;

	for (guint i = 0; i < parts->len; i++) {
		const Part *part = g_ptr_array_index(parts, i);
		g_autofree char *size = g_format_size(part->size);
		bool fits = part->size + sum <= (gsize)run->tools->settings->most_enclosed;
		const char *how = fits ? "enclosed" : "not-enclosed";

		if (is_kept_back(run, i))
			how = "not-enclosed-persons";
		else
			sum += fits ? part->size : 0;
		g_string_append_printf(out, "#%u %s %s, %s", i + 1, part->type, size,
		    template_word(words, how));
		openpgp(run, words, part, out);
		g_string_append_c(out, '\n');
	}
}

GPtrArray *
parts_enclosed(const Run *run, GHashTable *words)
{
	GPtrArray *enclosures = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);
	gsize sum = 0, most = (gsize)run->tools->settings->most_enclosed;

	for (guint i = 0; i < run->mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(run->mail->attachments, i);
		g_autoptr(GBytes) bytes = NULL;
		g_autofree char *name = NULL;

		if (part->size + sum > most || is_kept_back(run, i))
			continue;
		sum += part->size;
		bytes = mime_part_bytes(run->mail->content, part->n);
		name = enclosure_name(template_word(words, "attachment"), i + 1, part->type);
		g_ptr_array_add(enclosures, enclosure_new(name, part->type, bytes));
	}
	return enclosures;
}
