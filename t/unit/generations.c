#include "generations.h"

#include "error.h"
#include "file.h"

#include <string.h>

#define ONE "1111111111111111111111111111111111111111"
#define TWO "2222222222222222222222222222222222222222"
#define THREE "333333333333333333333333333333333333333A"
#define SECOND G_GINT64_CONSTANT(1000000)

static char *home;

static void
write_file(const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(home, name, NULL);

	g_assert_true(file_write(path, text, strlen(text), 0600, NULL));
}

static Generations *
loaded(void)
{
	g_autoptr(GError) error = NULL;
	Generations *generations = generations_load(home, &error);

	g_assert_no_error(error);
	return generations;
}

/* Nothing is known of a ring nobody has changed but whose key is the current one. */
static void
test_first(void)
{
	g_autoptr(Generations) none = loaded();
	g_autoptr(Generations) some = NULL;

	g_assert_cmpstr(none->current, ==, "");
	g_assert_cmpuint(none->keys->len, ==, 0);
	g_assert_null(generations_next(none));
	write_file("team", ONE "\n");
	some = loaded();
	g_assert_cmpstr(some->current, ==, ONE);
	g_assert_null(generations_find(some, ONE));
}

/* What is saved comes back, and a change is one file that names another. */
static void
test_change(void)
{
	g_autoptr(Generations) before = loaded();
	g_autoptr(Generations) after = NULL;
	Generation *former = generations_add(before, ONE), *next = generations_add(before, TWO);

	g_assert_true(generations_add(before, ONE) == former);
	next->year = 2027;
	g_assert_true(generations_next(before) == next);
	former->until = 1700000000 * SECOND;
	former->why = CHANGED_STOLEN;
	g_assert_true(generations_save(before, home, NULL));

	/* cut short: whatever the list says, the file "team" counts (T-32) */
	after = loaded();
	g_assert_cmpstr(after->current, ==, ONE);
	g_assert_false(generation_is_former(after, generations_find(after, ONE)));
	g_assert_cmpstr(generations_next(after)->fingerprint, ==, TWO);

	g_assert_true(generations_switch(after, home, TWO, NULL));
	g_assert_cmpstr(after->current, ==, TWO);
	generations_free(g_steal_pointer(&after));
	after = loaded();
	g_assert_cmpstr(after->current, ==, TWO);
	g_assert_cmpuint(after->keys->len, ==, 2);
	former = generations_find(after, ONE);
	g_assert_true(generation_is_former(after, former));
	g_assert_cmpint(former->until, ==, 1700000000 * SECOND);
	g_assert_cmpint(former->why, ==, CHANGED_STOLEN);
	g_assert_cmpint(former->retired, ==, 0);
	g_assert_cmpint(generations_find(after, TWO)->year, ==, 2027);
	g_assert_null(generations_next(after));
}

/* A fingerprint is the same in small letters, and none is another's. */
static void
test_names(void)
{
	g_autoptr(Generations) generations = loaded();
	g_autofree char *lower = g_ascii_strdown(THREE, -1);
	Generation *key = generations_add(generations, lower);

	g_assert_cmpstr(key->fingerprint, ==, THREE);
	g_assert_true(generations_find(generations, THREE) == key);
	g_assert_true(generations_find(generations, lower) == key);
	g_assert_null(generations_find(generations, "3333"));
}

/* T-32: three years to the day, also from the 29th of February. */
static void
test_retires(void)
{
	static const struct { const char *until, *retires; } rows[] = {
		{ "2024-01-01T00:00:00Z", "2027-01-01T00:00:00Z" },
		{ "2024-02-29T12:00:00Z", "2027-02-28T12:00:00Z" },
		{ "2025-12-31T23:59:59Z", "2028-12-31T23:59:59Z" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GDateTime) until = g_date_time_new_from_iso8601(rows[i].until, NULL);
		g_autoptr(GDateTime) retires = g_date_time_new_from_iso8601(rows[i].retires, NULL);
		const Generation key = { .until = g_date_time_to_unix(until) * SECOND };

		g_assert_cmpint(generation_retires(&key), ==, g_date_time_to_unix(retires) * SECOND);
	}
}

static void
test_words(void)
{
	ChangedWhy why;

	for (int i = CHANGED_YEAR; i <= CHANGED_STOLEN; i++) {
		g_assert_true(changed_of(changed_word((ChangedWhy)i), &why));
		g_assert_cmpint(why, ==, i);
	}
	g_assert_false(changed_of("sold", &why));
	g_assert_false(changed_of(NULL, &why));
}

/* What somebody wrote into the list by hand is a fault of the setup, and named. */
static void
test_broken(void)
{
	static const struct { const char *text, *says; } rows[] = {
		{ "[{\"key\": \"1234\"}]", "key 1 has no fingerprint" },
		{ "[{\"year\": 2027}]", "key 1 has no fingerprint" },
		{ "[{\"key\": \"" ONE "\", \"until\": \"2024-01-01T00:00:00Z\", \"why\": \"sold\"}]",
		  "\"sold\" is no reason" },
		{ "no list", "" },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		write_file("generations", rows[i].text);
		g_assert_null(generations_load(home, &error));
		g_assert_nonnull(error);
		g_assert_nonnull(strstr(error->message, rows[i].says));
	}
}

int
main(int argc, char *argv[])
{
	int failed;

	g_test_init(&argc, &argv, NULL);
	home = g_dir_make_tmp("sluis-XXXXXX", NULL);
	g_test_add_func("/generations/first", test_first);
	g_test_add_func("/generations/change", test_change);
	g_test_add_func("/generations/names", test_names);
	g_test_add_func("/generations/retires", test_retires);
	g_test_add_func("/generations/words", test_words);
	g_test_add_func("/generations/broken", test_broken);
	failed = g_test_run();
	file_remove_tree(home);
	g_free(home);
	return failed;
}
