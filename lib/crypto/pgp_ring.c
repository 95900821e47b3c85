/*
 * pgp_ring - the team's public keys as a parent's children use them, for pgp.h
 *
 * gpg marks the self-signatures of a key as checked when it imports it, and
 * not when it makes it: in the ring where the team's key was made every gpg
 * checks them all again. The copy is filled by importing, and lies in a folder
 * that is swept like any other private home once its process is gone.
 */

#include "pgp_engine.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "file.h"
#include "home.h"

/* A file that is written anew is another one, or has another time. */
static void
stamp_file(const char *path, gint64 stamp[2])
{
	struct stat about;

	if (stat(path, &about) != 0)
		return;
	stamp[0] = (gint64)about.st_ino;
	stamp[1] = about.st_mtim.tv_sec * G_GINT64_CONSTANT(1000000000) + about.st_mtim.tv_nsec;
}

RingStamp
pgp_ring_stamp(const char *home)
{
	g_autofree char *ring = pgp_ring_file(home);
	g_autofree char *team = g_build_filename(home, "team", NULL);
	RingStamp stamp = { { 0 }, { 0 } };

	stamp_file(ring, stamp.ring);
	stamp_file(team, stamp.team);
	return stamp;
}

/* In the place of the one there is at once: children of before may be using it. */
static bool
copy_fill(const char *copy, const char *ring, GBytes *keys, GError **error)
{
	g_autofree char *fresh = g_build_filename(copy, "fresh", NULL);
	g_autofree char *made = g_build_filename(fresh, "pubring.kbx", NULL);
	bool done = file_make_folder(fresh, 0700, error) && home_fill(fresh, keys, error) &&
	    (rename(made, ring) == 0 || error_errno(error, SLUIS_ERROR_RETRY, ring));

	file_remove_tree(fresh);
	return done;
}

static GBytes *
ring_export(GError **error)
{
	g_auto(gpgme_ctx_t) context = pgp_context(error);
	g_auto(Sink) sink = { .buffer = NULL };
	g_auto(gpgme_data_t) data = sink_data(&sink, 0);
	gpgme_error_t failure;

	if (context == NULL)
		return NULL;
	failure = gpgme_op_export(context, NULL, 0, data);
	if (failure == 0)
		return buffer_steal(sink.buffer);
	pgp_trouble(error, failure, "the team's key ring");
	return NULL;
}

/* The copy of that ring, in the folder of an older one if there is one. */
static bool
copy_make(Pgp *pgp, const char *before, GError **error)
{
	g_autofree char *copy = before != NULL ? g_strdup(before) : home_private(pgp->run, error);
	g_autofree char *ring = copy != NULL ? g_build_filename(copy, "pubring.kbx", NULL) : NULL;
	g_autoptr(GBytes) keys = copy != NULL ? ring_export(error) : NULL;

	if (copy == NULL)
		return false;
	if (keys == NULL || !copy_fill(copy, ring, keys, error)) {
		if (before == NULL)
			file_remove_tree(copy);
		return false;
	}
	g_free(pgp->keyring);
	pgp->keyring = g_steal_pointer(&ring);
	pgp->copy = g_steal_pointer(&copy);
	pgp->copied_by = getpid();
	return true;
}

bool
pgp_hasten(Pgp *pgp, GError **error)
{
	return pgp->copy != NULL || copy_make(pgp, NULL, error);
}

bool
pgp_refresh(Pgp *pgp, GError **error)
{
	const RingStamp now = pgp_ring_stamp(pgp->home);
	bool same = memcmp(&now, &pgp->stamp, sizeof now) == 0;
	g_autoptr(Pgp) fresh = NULL;
	Pgp before = *pgp;

	if (same)
		return true;
	fresh = pgp_new(pgp->home, pgp->run, pgp->signer_given ? pgp->signer : "", error);
	if (fresh == NULL || (pgp->copy != NULL && !copy_make(fresh, pgp->copy, error)))
		return false;
	g_clear_pointer(&before.copy, g_free);	/* the folder is the fresh one's */
	*pgp = *fresh;
	*fresh = before;
	return true;
}

void
pgp_drop_copy(Pgp *pgp)
{
	if (pgp->copy != NULL && pgp->copied_by == getpid())
		file_remove_tree(pgp->copy);
	g_clear_pointer(&pgp->copy, g_free);
}
