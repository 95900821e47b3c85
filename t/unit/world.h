/*
 * world - a team with a key, and Ann, who writes to it with a gpg of her own
 *
 * Made once a test program and handed to each of its tests. Ann's home has the
 * team's key; what else is in there is for the test to say.
 */

#ifndef SLUIS_T_UNIT_WORLD_H
#define SLUIS_T_UNIT_WORLD_H

#include <stdbool.h>

#include "gnupg.h"
#include "pgpmail.h"
#include "seal.h"

typedef struct {
	char *home, *run;	/* of the team */
	char *team;		/* its fingerprint */
	char *ann, *ann_key;	/* home and fingerprint of a reporter */
	GBytes *ann_certificate;
	GPtrArray *known, *nobody;	/* certificates: hers, and none */
	bool by_address, by_fingerprint;	/* how she is found, see world_finder() */
	Pgp *pgp;
} World;

static inline World *
world_new(void)
{
	static const char *users[] = { "Team <rd@sluis.example>", "rd@sluis.example", NULL };
	g_autoptr(GError) error = NULL;
	g_autoptr(GBytes) ours = NULL;
	World *world = g_new0(World, 1);

	world->home = home_new();
	world->run = home_new();
	world->ann = home_new();
	world->team = pgp_make_home(world->home, users, "cv25519", &error);
	g_assert_no_error(error);
	world->pgp = pgp_new(world->home, world->run, world->team, &error);
	g_assert_no_error(error);
	ours = pgp_export(world->pgp, world->team, &error);
	g_assert_no_error(error);
	gpg_do(gpg(world->ann, ours, "--import"));
	world->ann_key = key_new(world->ann, "ann@x.example", "ed25519", "cv25519", "");
	world->ann_certificate = gpg(world->ann, NULL, "--export %s", world->ann_key);
	world->known = certificates_of(world->ann_certificate);
	world->nobody = certificates_of(NULL);
	world->by_address = true;
	return world;
}

static inline void
world_free(World *world)
{
	pgp_leave(world->pgp);
	pgp_free(world->pgp);
	home_end(world->home);
	home_end(world->ann);
	file_remove_tree(world->run);
	g_bytes_unref(world->ann_certificate);
	g_ptr_array_unref(world->known);
	g_ptr_array_unref(world->nobody);
	g_free(world->team);
	g_free(world->ann_key);
	g_free(world->run);
	g_free(world);
}

static inline GPtrArray *
world_by_address(void *context, const char *address, GError **error G_GNUC_UNUSED)
{
	const World *world = context;

	return certificates_of(world->by_address &&
	    g_ascii_strcasecmp(address, "ann@x.example") == 0 ? world->ann_certificate : NULL);
}

static inline GPtrArray *
world_by_fingerprint(void *context, const char *name, GError **error G_GNUC_UNUSED)
{
	const World *world = context;

	return certificates_of(world->by_fingerprint && g_str_has_suffix(world->ann_key, name) ?
	    world->ann_certificate : NULL);
}

/* That mail, opened with what the world knows of her. */
static inline Opened *
world_opens(const World *world, const Mime *mime)
{
	const KeyFinder finder = { world_by_address, world_by_fingerprint, (void *)world };
	g_autoptr(GError) error = NULL;
	Opened *opened = pgpmail_open(world->pgp, mime, &finder, 64 << 20, &error);

	g_assert_no_error(error);
	return opened;
}

typedef struct {
	const char *name;
	GTestDataFunc run;	/* gets the World */
} WorldTest;

/* What main() begins with, and ends with; the last row is empty. */
static inline World *
world_begin(int *argc, char ***argv)
{
	g_test_init(argc, argv, NULL);
	mime_init();
	g_assert_true(seal_init(NULL));
	return world_new();
}

static inline int
world_end(World *world, const WorldTest *tests)
{
	int failed;

	for (; tests->name != NULL; tests++)
		g_test_add_data_func(tests->name, world, tests->run);
	failed = g_test_run();
	world_free(world);
	return failed;
}

#endif
