/* clearance - see clearance.h */

#include "clearance.h"

#include <string.h>

#include "armour.h"
#include "enclose.h"
#include "hold.h"
#include "redraw.h"

static bool
is_openpgp(const char *text, gsize length)
{
	Armour armour;

	return armour_find(text, length, 0, &armour);
}

static const char *
judge_enclosure(const Enclosure *enclosure)
{
	gsize length;
	const char *data = g_bytes_get_data(enclosure->bytes, &length);

	return is_openpgp(data, length) || g_str_has_prefix(enclosure->type, "application/pgp-") ?
	    hold_name(HOLD_OPENPGP_ATTACHMENT) : NULL;
}

const char *
clearance_judge(const char *text, const GPtrArray *enclosures)
{
	const char *held = NULL;

	for (guint i = 0; held == NULL && i < enclosures->len; i++)
		held = judge_enclosure(g_ptr_array_index(enclosures, i));
	if (held == NULL && is_openpgp(text, strlen(text)))
		held = hold_name(HOLD_OPENPGP_TEXT);
	return held;
}

GBytes *
clearance_words(const Enclosure *enclosure)
{
	GBytes *words = redraw_words(enclosure->bytes, enclosure->type);

	return words != NULL ? words : g_bytes_ref(enclosure->bytes);
}

/* One that cannot be read as a picture or a document goes as it came, if somebody
 * releases it at all. */
GPtrArray *
clearance_clean(const GPtrArray *enclosures, const char *word, const char **held)
{
	GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);

	for (guint i = 0; i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);
		g_autofree char *name = enclosure_name(word, i + 1, enclosure->type);
		g_autoptr(GBytes) cleaned = redraw_clean(enclosure->bytes, enclosure->type);

		if (cleaned == NULL && *held == NULL)
			*held = hold_name(HOLD_ATTACHMENT);
		g_ptr_array_add(all, enclosure_new(name, enclosure->type,
		    cleaned != NULL ? cleaned : enclosure->bytes));
	}
	return all;
}
