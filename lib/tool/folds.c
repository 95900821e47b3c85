/* folds - see folds.h */

#include "folds.h"

#define ALIKE 2		/* one of so many of their traits in common: they are one letter */

/* The first of the lessons that are one letter with it. */
static guint
first_of(const guint *leads, guint lesson)
{
	while (leads[lesson] != lesson)
		lesson = leads[lesson];
	return lesson;
}

/* For each trait, the lessons that have it, of guint. */
static GHashTable *
whose_traits(const Lesson *lessons, guint count)
{
	GHashTable *whose = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
	    (GDestroyNotify)g_array_unref);

	for (guint i = 0; i < count; i++) {
		for (guint j = 0; j < lessons[i].traits.count; j++) {
			gpointer trait = (gpointer)&lessons[i].traits.of[j];
			GArray *have = g_hash_table_lookup(whose, trait);

			if (have == NULL)
				g_hash_table_insert(whose, trait, have = g_array_new(FALSE, FALSE, sizeof(guint)));
			g_array_append_val(have, i);
		}
	}
	return whose;
}

/* shared: how many traits each lesson has in common with this one. */
static void
count_shared(GHashTable *whose, const Lesson *lesson, guint *shared)
{
	for (guint i = 0; i < lesson->traits.count; i++) {
		const GArray *have = g_hash_table_lookup(whose, &lesson->traits.of[i]);

		for (guint j = 0; j < have->len; j++)
			shared[g_array_index(have, guint, j)]++;
	}
}

/* Who leads those that are one letter with each lesson. */
static guint *
find_leads(const Lesson *lessons, guint count)
{
	g_autoptr(GHashTable) whose = whose_traits(lessons, count);
	guint *leads = g_new(guint, count);

	for (guint i = 0; i < count; i++)
		leads[i] = i;
	for (guint i = 0; i < count; i++) {
		g_autofree guint *shared = g_new0(guint, count);

		count_shared(whose, &lessons[i], shared);
		for (guint j = i + 1; j < count; j++)
			if (shared[j] * ALIKE > MAX(lessons[i].traits.count, lessons[j].traits.count))
				leads[MAX(first_of(leads, i), first_of(leads, j))] =
				    MIN(first_of(leads, i), first_of(leads, j));
	}
	return leads;
}

GArray *
folds_part(const Lesson *lessons, guint count, guint most)
{
	GArray *parts = g_array_sized_new(FALSE, TRUE, sizeof(guint), count);
	g_autofree guint *leads = find_leads(lessons, count), *part = g_new(guint, count);
	guint groups = 0;

	for (guint i = 0; i < count; i++) {
		guint first = first_of(leads, i);

		part[i] = first == i ? groups++ % most : part[first];
		g_array_append_val(parts, part[i]);
	}
	return parts;
}

Learner *
folds_train_without(const Lesson *lessons, const GArray *parts, guint first, guint part, guint *taught)
{
	g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(Lesson));

	for (guint i = first; i < parts->len; i++)
		if (g_array_index(parts, guint, i) != part && lessons[i].label < LEARNER_LABELS)
			g_array_append_val(others, lessons[i]);
	*taught = others->len;
	return learner_train(&g_array_index(others, Lesson, 0), others->len);
}
