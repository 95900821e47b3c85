/* Any text searched for armour, and any bytes put into one and taken out again. */

#include "armour.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Every block that is found lies in the text, behind the one before; taken out
 * by itself it is the same block. */
static void
search(const char *text, gsize length)
{
	Armour armour = { .end = 0 }, again;
	gsize before = 0;

	while (armour_find(text, length, armour.end, &armour)) {
		g_autoptr(GBytes) opened = armour_open(text + armour.start, armour.end - armour.start);

		g_assert(before <= armour.start && armour.start < armour.end && armour.end <= length);
		g_assert(armour_find(text + armour.start, armour.end - armour.start, 0, &again));
		g_assert(again.start == 0 && again.kind == armour.kind);
		g_assert(opened == NULL || armour.kind != ARMOUR_SIGNED);
		armour_is_whole(text, length, &armour);
		before = armour.end;
	}
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
	g_autofree char *base64 = g_base64_encode(data, size);
	g_autofree char *text = g_strconcat("-----BEGIN PGP MESSAGE-----\n\n", base64,
	    "\n-----END PGP MESSAGE-----\n", NULL);
	g_autoptr(GBytes) written = g_bytes_new(data, size), read = armour_open(text, strlen(text));

	search((const char *)data, size);
	g_assert(size == 0 ? read == NULL : read != NULL && g_bytes_equal(written, read));
	return 0;
}
