/*
 * key_year - the team's key from one year to the next, step by step
 *
 * A new key is made beside the one there is, which certifies it; the master
 * key, which is on no host, certifies it too; only then it takes the place of
 * the old one, which decrypts for three years more and signs nothing any more
 * (T-32). Each step can be taken again where it was cut short. The steps work
 * on a ring, which may be a copy that is thrown away.
 */

#ifndef SLUIS_TOOL_KEY_YEAR_H
#define SLUIS_TOOL_KEY_YEAR_H

#include <stdbool.h>
#include <glib.h>

#include "generations.h"
#include "json.h"
#include "order.h"
#include "pgp.h"
#include "pgp_team.h"

typedef struct {
	const Settings *settings;
	char *home;			/* of the ring */
	TeamRing *ring;
	Generations *generations;
	Pgp *inspector;
	char *master;			/* fingerprint; NULL: not looked for yet */
	GBytes *master_key;
} Year;

/* home NULL: the ring of the settings. REFUSED where the settings name the
 * team's key, since then it cannot change; year_look() is only to look. */
Year *year_open(const Settings *settings, const char *home, GError **error);
Year *year_look(const Settings *settings, GError **error);
void year_close(Year *year);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Year, year_close)

/* The pinned master key, read; SETUP if it is not named, not there or another
 * one, or of no use any more. */
bool year_master(Year *year, GError **error);

/* The key for that year: made, noted, certified by the current one. One that
 * was begun is gone on with. */
Generation *year_make(Year *year, int number, const char *algorithm, GError **error);

/* The same at once and without the old key: the new one is the current one, and
 * then the old one is revoked, so that there is never none. One that was begun is
 * gone on with, and for an hour one that was made is not replaced again. *left:
 * what of the old key's revocation is left to do, NULL. */
Generation *year_replace(Year *year, int number, const char *algorithm, ChangedWhy why,
    char **left, GError **error);

/* A fresh key for that year, in the list and not saved there; one that was begun
 * since then, in seconds, is gone on with. And a key taken back, in the ring. */
Generation *year_begin(Year *year, int number, const char *algorithm, gint64 since,
    GError **error);
bool year_revoke(Year *year, const char *fingerprint, GError **error);

/* What is not certified as it should be, in words for people; NULL: all is. */
bool year_missing(Year *year, const Generation *key, char **by_former, char **by_master,
    GError **error);

/* The new key with what is to be done with it, for the machine with the master
 * key. */
char *year_request(Year *year, const Generation *key, GError **error);

/* Takes the master key's certification in. REFUSED if that is another key's, or
 * of other user ids. Gives the key it is about. */
Generation *year_certify(Year *year, GBytes *file, GError **error);

/* The new key becomes the current one. REFUSED until it is certified by both. */
bool year_switch(Year *year, GError **error);

/* Revokes a key three years after its time, and forgets its secret half. */
bool year_retire(Year *year, const char *fingerprint, GError **error);

/* A key as it may be published: with the certifications that hold. */
GBytes *year_public(Year *year, const char *fingerprint, GError **error);

/* The key before that one; NULL: not known. */
Generation *year_before(const Year *year, const Generation *key);

/* The verbs; see key.c. */
bool key_list(const Order *order, GError **error);
bool key_rotate(const Order *order, GError **error);
bool key_certify(const Order *order, GError **error);
bool key_switch(const Order *order, GError **error);
bool key_retire(const Order *order, GError **error);
bool key_announce(const Order *order, GError **error);
bool key_subscriber(const Order *order, GError **error);
bool key_publish(const Order *order, GError **error);
bool key_published(const Order *order, GError **error);
bool key_rehearse(const Order *order, GError **error);

extern const OrderOption rotate_options[], announce_options[], subscriber_options[];

/* What a fetched copy is held against the ring; of {check, state, text}. */
Json *published_look(Year *year, const char *path, GError **error);
/* The name of an address's key below such a folder, by the hash gpg's own tool
 * makes of it: in the advanced or the direct Web Key Directory. */
char *publish_place(const char *address, bool advanced, GError **error);
/* Writes all that is to be published into a folder. */
bool publish_write(Year *year, const char *folder, GError **error);

#endif
