/* When a mail to a former key of ours is counted (T-32). Who is told, and how
 * often, is seen in the whole chain. */

#include "straggler.h"

#include "generations.h"
#include "gnupg.h"

#define OTHER "1111111111111111111111111111111111111111"
#define FORMER "2222222222222222222222222222222222222222"
#define STOLEN "3333333333333333333333333333333333333333"
#define NEXT "4444444444444444444444444444444444444444"
#define DAY (G_GINT64_CONSTANT(86400) * G_USEC_PER_SEC)
#define THEN (G_GINT64_CONSTANT(1700000000) * G_USEC_PER_SEC)

typedef struct {
	char *home, *run, *team;
	Pgp *pgp;
} World;

static void
note(const World *world)
{
	g_autoptr(Generations) generations = generations_load(world->home, NULL);
	static const struct { const char *key; gint64 until; ChangedWhy why; } rows[] = {
		{ FORMER, THEN, CHANGED_YEAR }, { STOLEN, THEN, CHANGED_STOLEN }, { NEXT, 0, CHANGED_YEAR },
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		Generation *key = generations_add(generations, rows[i].key);

		key->until = rows[i].until;
		key->why = rows[i].why;
	}
	g_assert_true(generations_switch(generations, world->home, world->team, NULL));
}

static void
test_counted(const void *data)
{
	const World *world = data;
	static const struct { const char *key; gint64 when; Place place; bool counted; } rows[] = {
		{ FORMER, THEN + 30 * DAY, PLACE_ANALYST, true },
		{ FORMER, THEN + 30 * DAY - 1, PLACE_ANALYST, false },	/* in its grace */
		{ FORMER, THEN + 31 * DAY, PLACE_ASIDE, true },
		{ FORMER, THEN + 31 * DAY, PLACE_AGAIN, false },	/* the same mail, twice */
		{ STOLEN, THEN, PLACE_ANALYST, true },			/* has no grace */
		{ STOLEN, THEN - 1, PLACE_ANALYST, false },
		{ NEXT, THEN + 31 * DAY, PLACE_ANALYST, false },	/* nobody's yet */
		{ OTHER, THEN + 31 * DAY, PLACE_ANALYST, false },	/* not in the list */
		{ "team", THEN + 31 * DAY, PLACE_ANALYST, false },	/* the key of today */
		{ NULL, THEN + 31 * DAY, PLACE_ANALYST, false },	/* in clear */
	};

	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *key = g_strcmp0(rows[i].key, "team") == 0 ? world->team : rows[i].key;
		Settings settings = { .gnupg_home = world->home, .key_grace = 30 * 86400 };
		Tools tools = { .settings = &settings, .pgp = world->pgp };
		Opened opened = { .decryption_key = (char *)key };
		Reception reception = { .received = rows[i].when };
		Run run = { .tools = &tools, .opened = &opened, .reception = &reception };
		g_autoptr(GError) error = NULL;

		run.placement.place = rows[i].place;
		g_assert_true(straggler_answer(&run, &error));
		g_assert_no_error(error);
		g_test_message("row %" G_GSIZE_FORMAT, i);
		g_assert_cmpstr(run.former_key, ==, rows[i].counted ? key : NULL);
		g_assert_null(run.reminders);
		g_free(run.former_key);
	}
}

int
main(int argc, char *argv[])
{
	static const char *users[] = { "rd@sluis.example", NULL };
	World world = { .home = home_new(), .run = home_new() };
	int failed;

	g_test_init(&argc, &argv, NULL);
	world.team = pgp_make_home(world.home, users, "cv25519", NULL);
	world.pgp = pgp_new(world.home, world.run, world.team, NULL);
	note(&world);
	g_test_add_data_func("/straggler/counted", &world, test_counted);
	failed = g_test_run();
	pgp_free(world.pgp);
	home_end(world.home);
	file_remove_tree(world.run);
	g_free(world.run);
	g_free(world.team);
	return failed;
}
