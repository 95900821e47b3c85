/* persons - see persons.h */

#include "persons.h"

#include <string.h>

#include "compose.h"
#include "hold.h"

static void
count_bytes(Personal *personal, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);

	personal_count(personal, data, length);
}

GArray *
persons_of(const Mail *mail)
{
	GArray *persons = g_array_new(FALSE, TRUE, sizeof(Personal));

	g_array_set_size(persons, mail->attachments->len + 1);
	personal_count(&g_array_index(persons, Personal, 0), mail->subject, strlen(mail->subject));
	personal_count(&g_array_index(persons, Personal, 0), mail->text, strlen(mail->text));
	for (guint i = 0; i < mail->attachments->len; i++) {
		const Part *part = g_ptr_array_index(mail->attachments, i);
		g_autoptr(GBytes) bytes = mime_part_bytes(mail->content, part->n);

		count_bytes(&g_array_index(persons, Personal, i + 1), bytes);
	}
	return persons;
}

bool
persons_in_attachment(const GArray *persons, guint n)
{
	return n + 1 < persons->len && personal_any(&g_array_index(persons, Personal, n + 1));
}

Personal
persons_sum(const GArray *persons)
{
	Personal sum = { 0 };

	for (guint i = 0; i < persons->len; i++)
		for (guint kind = 0; kind < PERSONAL_KINDS; kind++)
			sum.count[kind] += g_array_index(persons, Personal, i).count[kind];
	return sum;
}

const char *
persons_held(const char *text, const GPtrArray *enclosures)
{
	Personal in_text = { 0 }, enclosed = { 0 };

	personal_count(&in_text, text, strlen(text));
	if (personal_any(&in_text))
		return hold_name(HOLD_PERSONAL_TEXT);
	for (guint i = 0; i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);

		count_bytes(&enclosed, enclosure->bytes);
	}
	return personal_any(&enclosed) ? hold_name(HOLD_PERSONAL_ATTACHMENT) : NULL;
}
