/* sketch - nearly the same text is found, another is not */

#include "sketch.h"

#include <string.h>

static const char report[] =
	"Dear team, while looking at your public pages I found that the search form of https://%s/ gives back "
	"what one types without quoting it, so that a link can carry a script into the session of whoever follows "
	"it. To see it open the page, put an image with an onerror handler into the field and press the button. "
	"I stopped there and kept nothing. Please tell me when it is repaired. Report number %u of 2026.";

static double
alike(const SealKey *key, const char *a, const char *b)
{
	g_autoptr(GBytes) one = sketch_of(key, a), other = sketch_of(key, b);

	g_assert_nonnull(one);
	g_assert_nonnull(other);
	return sketch_alike(one, other);
}

static bool
share_band(const SealKey *key, const char *a, const char *b)
{
	g_autoptr(GBytes) one = sketch_of(key, a), other = sketch_of(key, b);
	g_autoptr(GPtrArray) bands = sketch_bands(one), others = sketch_bands(other);

	for (guint i = 0; i < bands->len; i++)
		for (guint j = 0; j < others->len; j++)
			if (g_bytes_equal(bands->pdata[i], others->pdata[j]))
				return true;
	return false;
}

static void
test_near(void)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autofree char *one = g_strdup_printf(report, "www.een.example", 1u);
	g_autofree char *other = g_strdup_printf(report, "twee.example", 22u);
	g_autofree char *more = g_strconcat("Hello again!\n", other, "\n\nKind regards,\nRob", NULL);

	g_assert_cmpfloat(alike(key, one, one), ==, 1);
	g_assert_cmpfloat(alike(key, one, other), ==, 1);
	g_assert_cmpfloat(alike(key, one, more), >=, 0.7);
	g_assert_true(share_band(key, one, more));
}

static void
test_far(void)
{
	static const char another[] = "Geachte heer, mevrouw, bij het inloggen op het portaal zag ik de uitslagen van een "
	    "andere patient, met naam en geboortedatum. Ik heb alles gesloten en niets bewaard. Ik hoor graag van u.";
	g_autoptr(SealKey) key = seal_data_key();
	g_autofree char *one = g_strdup_printf(report, "www.een.example", 1u);

	g_assert_cmpfloat(alike(key, one, another), <, 0.2);
	g_assert_false(share_band(key, one, another));
}

/* Who has not the key can compare nothing. */
static void
test_keyed(void)
{
	g_autoptr(SealKey) key = seal_data_key(), foreign = seal_data_key();
	g_autofree char *text = g_strdup_printf(report, "www.een.example", 1u);
	g_autoptr(GBytes) one = sketch_of(key, text), other = sketch_of(foreign, text);

	g_assert_cmpfloat(sketch_alike(one, other), <, 0.2);
}

static void
test_short(void)
{
	g_autoptr(SealKey) key = seal_data_key();
	g_autoptr(GBytes) none = g_bytes_new("x", 1), sketch = NULL;

	g_assert_null(sketch_of(key, ""));
	g_assert_null(sketch_of(key, "Hello, I found a bug."));
	sketch = sketch_of(key, "one two three four five six seven eight nine ten eleven twelve");
	g_assert_nonnull(sketch);
	g_assert_cmpfloat(sketch_alike(sketch, none), ==, 0);
}

int
main(int argc, char *argv[])
{
	g_test_init(&argc, &argv, NULL);
	g_assert_true(seal_init(NULL));
	g_test_add_func("/sketch/near", test_near);
	g_test_add_func("/sketch/far", test_far);
	g_test_add_func("/sketch/keyed", test_keyed);
	g_test_add_func("/sketch/short", test_short);
	return g_test_run();
}
