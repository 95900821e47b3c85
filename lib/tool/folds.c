/* folds - see folds.h */

#include "folds.h"

#include <stdbool.h>

#define ALIKE 2		/* one of so many of their traits in common: they are one letter */

/* The first of the lessons that are one letter with it. */
static guint
first_of(const guint *leads, guint lesson)
{
	while (leads[lesson] != lesson)
		lesson = leads[lesson];
	return lesson;
}

static bool
is_alike(GHashTable *traits, const Lesson *one, const Lesson *other)
{
	guint shared = 0, smaller = MIN(one->traits.count, other->traits.count);

	if (MAX(one->traits.count, other->traits.count) > smaller * ALIKE)
		return false;
	for (guint i = 0; i < other->traits.count; i++)
		shared += g_hash_table_contains(traits, &other->traits.of[i]);
	return shared * ALIKE > MAX(one->traits.count, other->traits.count);
}

static GHashTable *
traits_of(const Lesson *lesson)
{
	GHashTable *traits = g_hash_table_new(g_int64_hash, g_int64_equal);

	for (guint i = 0; i < lesson->traits.count; i++)
		g_hash_table_add(traits, (gpointer)&lesson->traits.of[i]);
	return traits;
}

GArray *
folds_part(const Lesson *lessons, guint count, guint most)
{
	GArray *parts = g_array_sized_new(FALSE, TRUE, sizeof(guint), count);
	g_autofree guint *leads = g_new(guint, count), *part = g_new(guint, count);
	guint groups = 0;

	for (guint i = 0; i < count; i++)
		leads[i] = i;
	for (guint i = 0; i < count; i++) {
		g_autoptr(GHashTable) traits = traits_of(&lessons[i]);

		for (guint j = i + 1; j < count; j++)
			if (is_alike(traits, &lessons[i], &lessons[j]))
				leads[MAX(first_of(leads, i), first_of(leads, j))] =
				    MIN(first_of(leads, i), first_of(leads, j));
	}
	for (guint i = 0; i < count; i++) {
		guint first = first_of(leads, i);

		part[i] = first == i ? groups++ % most : part[first];
		g_array_append_val(parts, part[i]);
	}
	return parts;
}

Learner *
folds_train_without(const Lesson *lessons, const GArray *parts, guint part)
{
	g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(Lesson));

	for (guint i = 0; i < parts->len; i++)
		if (g_array_index(parts, guint, i) != part)
			g_array_append_val(others, lessons[i]);
	return learner_train(&g_array_index(others, Lesson, 0), others->len);
}
