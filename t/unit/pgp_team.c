/* The ring of the team changed: a key made, gone on with, certified, taken back,
 * given up; and whose certification holds. */

#include "pgp_team.h"

#include <stdlib.h>

#include "gnupg.h"
#include "pgp.h"

#define ONE_ID "rd@sluis.example"
#define OTHER_ID "cert@sluis.example"

typedef struct {
	char *home, *run, *master_home;
	char *first, *master;
	TeamRing *ring;
} World;

static gint64
in_a_year(void)
{
	return g_get_real_time() / G_USEC_PER_SEC + 365 * 86400;
}

static GPtrArray *
both_ids(void)
{
	GPtrArray *ids = g_ptr_array_new();

	g_ptr_array_add(ids, (gpointer)ONE_ID);
	g_ptr_array_add(ids, (gpointer)OTHER_ID);
	return ids;
}

static char *
made(const World *world, const char *begun)
{
	g_autoptr(GPtrArray) ids = both_ids();
	g_autoptr(GError) error = NULL;
	char *key = team_ring_make(world->ring, ids, "cv25519", in_a_year(), begun, &error);

	g_assert_no_error(error);
	return key;
}

static TeamKey *
looked(const World *world, const char *fingerprint)
{
	g_autoptr(GError) error = NULL;
	TeamKey *key = team_ring_key(world->ring, fingerprint, &error);

	g_assert_no_error(error);
	return key;
}

static GBytes *
exported(const World *world, const char *fingerprint)
{
	GBytes *bytes = team_ring_export(world->ring, fingerprint, NULL);

	g_assert_nonnull(bytes);
	return bytes;
}

static void
test_make(const void *data)
{
	const World *world = data;
	g_autofree char *second = made(world, NULL);
	g_autoptr(TeamKey) key = looked(world, second);
	g_autoptr(GPtrArray) keys = team_ring_keys(world->ring, NULL);
	g_autoptr(GPtrArray) none = g_ptr_array_new();
	g_autoptr(GError) error = NULL;

	g_assert_cmpstr(key->algorithm, ==, "ed25519");
	g_assert_cmpuint(key->addresses->len, ==, 2);
	g_assert_true(key->has_secret && key->has_primary && !key->revoked && !key->expired);
	g_assert_cmpint(ABS(key->expires - in_a_year()), <, 3600);
	g_assert_cmpuint(keys->len, ==, 2);
	g_assert_cmpstr(((TeamKey *)keys->pdata[0])->fingerprint, ==, world->first);
	g_assert_null(team_ring_make(world->ring, none, "cv25519", in_a_year(), NULL, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_SETUP);
	g_assert_true(team_ring_drop(world->ring, second, NULL));
	g_assert_null(team_ring_key(world->ring, second, NULL));
}

/* T-32: what gpg had begun when somebody was killed is the key, and no second one. */
static void
test_begun(const void *data)
{
	const World *world = data;
	g_autofree char *begun = NULL, *finished = NULL;
	g_autoptr(TeamKey) before = NULL, after = NULL;

	gpg_do(gpg(world->home, NULL, "--passphrase  --quick-gen-key " ONE_ID " ed25519 sign,cert 1y"));
	begun = fingerprint(world->home, ONE_ID, 2);
	before = looked(world, begun);
	g_assert_false(before->has_secret);
	g_assert_true(before->has_primary);
	finished = made(world, begun);
	g_assert_cmpstr(finished, ==, begun);
	after = looked(world, begun);
	g_assert_true(after->has_secret);
	g_assert_cmpuint(after->addresses->len, ==, 2);
	g_free(finished);
	finished = made(world, begun);
	team_key_free(after);
	after = looked(world, begun);
	g_assert_cmpuint(after->user_ids->len, ==, 2);
	g_assert_true(team_ring_drop(world->ring, begun, NULL));
}

static char *
why_not(const World *world, const char *key, const char *home, const char *by)
{
	g_autoptr(GBytes) certificate = exported(world, key);
	g_autoptr(GBytes) certifier = gpg(home, NULL, "--export %s", by);
	g_autoptr(GError) error = NULL;
	char *why = NULL;

	g_assert_true(team_certified(world->run, certificate, certifier, by, &why, &error));
	g_assert_no_error(error);
	return why;
}

/* Each user id, and by that key alone. */
static void
test_certify(const void *data)
{
	const World *world = data;
	g_autofree char *second = made(world, NULL);
	g_autofree char *none = why_not(world, second, world->home, world->first), *by_first = NULL;
	g_autofree char *by_master = NULL, *half = NULL;
	g_autoptr(GBytes) certified = NULL, half_certified = NULL;

	g_assert_cmpstr(none, ==, "there is no certification by it that holds");
	g_assert_true(team_ring_certify(world->ring, second, world->first, NULL));
	by_first = why_not(world, second, world->home, world->first);
	g_assert_null(by_first);
	by_master = why_not(world, second, world->master_home, world->master);
	g_assert_cmpstr(by_master, ==, "there is no certification by it that holds");

	key_give(world->home, second, world->master_home);
	gpg_do(gpg(world->master_home, NULL, "-u %s --quick-sign-key %s " ONE_ID, world->master, second));
	half_certified = gpg(world->master_home, NULL, "--export %s", second);
	g_assert_true(team_ring_import(world->ring, half_certified, NULL));
	half = why_not(world, second, world->master_home, world->master);
	g_assert_cmpstr(half, ==, "the user id \"" OTHER_ID "\" is not certified");
	gpg_do(gpg(world->master_home, NULL, "-u %s --quick-sign-key %s", world->master, second));
	certified = gpg(world->master_home, NULL, "--export %s", second);
	g_assert_true(team_ring_import(world->ring, certified, NULL));
	g_free(by_master);
	by_master = why_not(world, second, world->master_home, world->master);
	g_assert_null(by_master);
	g_assert_true(team_ring_drop(world->ring, second, NULL));
}

/* Taken back, and given up: the public half stays (T-32). */
static void
test_end(const void *data)
{
	const World *world = data;
	g_autofree char *second = made(world, NULL);
	g_autoptr(GBytes) revocation = team_ring_revocation(world->ring, second, NULL);
	g_autoptr(TeamKey) revoked = NULL, forgotten = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_nonnull(revocation);
	g_assert_true(team_ring_import(world->ring, revocation, NULL));
	revoked = looked(world, second);
	g_assert_true(revoked->revoked && revoked->has_secret);
	g_assert_true(team_ring_forget(world->ring, second, NULL));
	forgotten = looked(world, second);
	g_assert_false(forgotten->has_secret || forgotten->has_primary);
	g_assert_null(team_ring_revocation(world->ring, "0000", &error));
	g_assert_nonnull(error);
}

/* A text in lines, verified by exactly that certificate. */
static void
test_sign(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) block = team_ring_sign(world->ring, world->first, "one\n- two\n", NULL);
	g_autoptr(GBytes) own = exported(world, world->first);
	g_autoptr(GBytes) other = gpg(world->master_home, NULL, "--export %s", world->master);
	g_autoptr(GBytes) text = team_verify(world->run, block, own, NULL);
	g_autoptr(GError) error = NULL;

	g_assert_cmpmem(g_bytes_get_data(text, NULL), g_bytes_get_size(text), "one\n- two\n", 10);
	g_assert_null(team_verify(world->run, block, other, &error));
	g_assert_error(error, SLUIS_ERROR, SLUIS_ERROR_REFUSED);
}

/* One of several, and nobody else's words on it. */
static void
test_pick(const void *data)
{
	const World *world = data;
	g_autoptr(GBytes) first = exported(world, world->first);
	g_autoptr(GBytes) master = gpg(world->master_home, NULL, "--export %s", world->master);
	g_autoptr(GByteArray) both = g_byte_array_new();
	g_autoptr(GBytes) all = NULL, picked = NULL, absent = NULL;
	g_autoptr(GError) error = NULL;

	g_byte_array_append(both, g_bytes_get_data(master, NULL), (guint)g_bytes_get_size(master));
	g_byte_array_append(both, g_bytes_get_data(first, NULL), (guint)g_bytes_get_size(first));
	all = g_byte_array_free_to_bytes(g_steal_pointer(&both));
	picked = team_pick(world->run, all, world->first, &error);
	g_assert_no_error(error);
	g_assert_true(g_bytes_equal(picked, first));
	absent = team_pick(world->run, master, world->first, &error);
	g_assert_no_error(error);
	g_assert_null(absent);
}

int
main(int argc, char *argv[])
{
	static const char *users[] = { ONE_ID, NULL };
	World world = { .home = home_new(), .run = home_new(), .master_home = home_new() };
	int failed;

	g_test_init(&argc, &argv, NULL);
	world.first = pgp_make_home(world.home, users, "cv25519", NULL);
	world.master = key_new(world.master_home, "master@sluis.example", "ed25519", NULL, "");
	world.ring = team_ring_open(world.home, world.run, NULL);
	g_test_add_data_func("/pgp_team/make", &world, test_make);
	g_test_add_data_func("/pgp_team/begun", &world, test_begun);
	g_test_add_data_func("/pgp_team/certify", &world, test_certify);
	g_test_add_data_func("/pgp_team/end", &world, test_end);
	g_test_add_data_func("/pgp_team/sign", &world, test_sign);
	g_test_add_data_func("/pgp_team/pick", &world, test_pick);
	failed = g_test_run();
	team_ring_close(world.ring);
	home_end(world.home);
	home_end(world.master_home);
	file_remove_tree(world.run);
	g_free(world.run);
	g_free(world.first);
	g_free(world.master);
	return failed;
}
