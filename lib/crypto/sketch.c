/* sketch - see sketch.h */

#include "sketch.h"

#include <string.h>

#define ORDERS 32
#define BAND_BYTES (ORDERS / SKETCH_BANDS * sizeof(guint32))
#define RUN 4			/* words */
#define LEAST_WORDS 12
#define MOST_WORDS 2000

/* "https://x.example/a", "jan@x.example", "10.0.0.1", "2026": what changes. */
static bool
is_variable(const char *start, const char *end)
{
	for (const char *at = start; at < end; at++)
		if (g_ascii_isdigit(*at) || *at == '@' || *at == '/' ||
		    (*at == '.' && at + 1 < end && g_ascii_isalnum(at[1])))
			return true;
	return false;
}

/* Letters only, small; what is between blanks is one word. */
static char *
word_of(const char *start, const char *end)
{
	GString *word = g_string_new(NULL);

	if (is_variable(start, end))
		return g_string_free(g_string_append(word, "#"), FALSE);
	for (const char *at = start; at < end; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);

		if (g_unichar_isalpha(c))
			g_string_append_unichar(word, g_unichar_tolower(c));
	}
	return g_string_free(word, FALSE);
}

static GPtrArray *
words_of(const char *text)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);

	for (const char *at = text; *at != '\0' && words->len < MOST_WORDS;) {
		const char *end = at;

		while (*end != '\0' && !g_unichar_isspace(g_utf8_get_char(end)))
			end = g_utf8_next_char(end);
		if (end > at) {
			g_autofree char *word = word_of(at, end);

			if (word[0] != '\0')
				g_ptr_array_add(words, g_steal_pointer(&word));
		}
		at = *end != '\0' ? g_utf8_next_char(end) : end;
	}
	return words;
}

/* One of the orders: a bijection of 64 bits (splitmix), so that each shuffles anew. */
static guint32
shuffled(guint64 value, guint order)
{
	guint64 z = value + (order + 1) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

	z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
	return (guint32)((z ^ (z >> 31)) >> 32);
}

static guint64
hash_run(const SealKey *key, const GPtrArray *words, guint first)
{
	g_autoptr(GString) run = g_string_new(NULL);
	g_autoptr(GBytes) mac = NULL;
	guint64 value;

	for (guint i = first; i < first + RUN; i++)
		g_string_append_printf(run, "%s ", (const char *)g_ptr_array_index(words, i));
	mac = seal_mac(key, "sketch", run->str, run->len);
	memcpy(&value, g_bytes_get_data(mac, NULL), sizeof(value));
	return GUINT64_FROM_LE(value);
}

GBytes *
sketch_of(const SealKey *key, const char *text)
{
	g_autoptr(GPtrArray) words = words_of(text);
	guint32 least[ORDERS];

	if (words->len < LEAST_WORDS)
		return NULL;
	memset(least, 0xFF, sizeof(least));
	for (guint i = 0; i + RUN <= words->len; i++) {
		guint64 hash = hash_run(key, words, i);

		for (guint order = 0; order < ORDERS; order++)
			least[order] = MIN(least[order], shuffled(hash, order));
	}
	for (guint order = 0; order < ORDERS; order++)
		least[order] = GUINT32_TO_LE(least[order]);
	return g_bytes_new(least, sizeof(least));
}

/* With its number, so that a band is alike only where it stands. */
GPtrArray *
sketch_bands(GBytes *sketch)
{
	GPtrArray *bands = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	const guint8 *bytes = g_bytes_get_data(sketch, NULL);

	for (guint8 band = 0; band < SKETCH_BANDS; band++) {
		guint8 one[BAND_BYTES + 1];

		one[0] = band;
		memcpy(one + 1, bytes + band * BAND_BYTES, BAND_BYTES);
		g_ptr_array_add(bands, g_bytes_new(one, sizeof(one)));
	}
	return bands;
}

double
sketch_alike(GBytes *a, GBytes *b)
{
	gsize size_a, size_b;
	const guint8 *one = g_bytes_get_data(a, &size_a), *other = g_bytes_get_data(b, &size_b);
	guint same = 0;

	if (size_a != ORDERS * sizeof(guint32) || size_b != size_a)
		return 0;
	for (guint order = 0; order < ORDERS; order++)
		same += memcmp(one + order * sizeof(guint32), other + order * sizeof(guint32),
		    sizeof(guint32)) == 0;
	return (double)same / ORDERS;
}
