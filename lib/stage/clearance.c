/* clearance - see clearance.h */

#include "clearance.h"

#include <string.h>

#include "armour.h"
#include "compose.h"
#include "enclose.h"
#include "image.h"

static bool
is_openpgp(const char *text, gsize length)
{
	Armour armour;

	return armour_find(text, length, 0, &armour);
}

/* In the bytes, or in what they are the armour of: a key names its owner. */
static bool
names_reporter(const Leak *identity, GBytes *bytes)
{
	gsize length;
	const char *data = g_bytes_get_data(bytes, &length);
	g_autoptr(GBytes) bare = armour_open(data, length);

	return leak_find(identity, data, length) != NULL ||
	    (bare != NULL && leak_find(identity, g_bytes_get_data(bare, NULL),
	    g_bytes_get_size(bare)) != NULL);
}

static const char *
judge_enclosure(const Leak *identity, const Enclosure *enclosure)
{
	gsize length;
	const char *data = g_bytes_get_data(enclosure->bytes, &length);

	if (names_reporter(identity, enclosure->bytes))
		return "leak: an attachment names the reporter";
	if (is_openpgp(data, length) || g_str_has_prefix(enclosure->type, "application/pgp-"))
		return "openpgp: an attachment has foreign OpenPGP data";
	return NULL;
}

const char *
clearance_judge(const Leak *identity, const char *text, const GPtrArray *enclosures)
{
	gsize length = strlen(text);
	const char *held = NULL;

	if (leak_find(identity, text, length) != NULL)
		return "leak: the text names the reporter";
	for (guint i = 0; held == NULL && i < enclosures->len; i++)
		held = judge_enclosure(identity, g_ptr_array_index(enclosures, i));
	if (held == NULL && is_openpgp(text, length))
		held = "openpgp: the text has foreign OpenPGP data";
	return held;
}

/* One that cannot be read as a picture goes as it came, if somebody releases
 * it at all. */
GPtrArray *
clearance_clean(const GPtrArray *enclosures, const char *word, const char **held)
{
	GPtrArray *cleaned = g_ptr_array_new_with_free_func((GDestroyNotify)enclosure_free);

	for (guint i = 0; i < enclosures->len; i++) {
		const Enclosure *enclosure = g_ptr_array_index(enclosures, i);
		g_autofree char *name = enclosure_name(word, i + 1, enclosure->type);
		g_autoptr(GBytes) clean = image_clean(enclosure->bytes, enclosure->type);

		if (clean == NULL && *held == NULL)
			*held = "attachment: it cannot be cleaned";
		g_ptr_array_add(cleaned, enclosure_new(name, enclosure->type,
		    clean != NULL ? clean : enclosure->bytes));
	}
	return cleaned;
}
