/*
 * pgp_team - making, certifying and giving up the team's own keys
 *
 * What a Pgp does not do: here the ring itself is changed, by the operator's
 * tool and by nobody else. Secret halves stay in the agent. A team key is
 * certified by the one before it, in the ring, and by the master key, whose
 * secret half is on no host; whether a certification holds is seen in a
 * scratch home that has the two keys it is about and no others, so that it
 * cannot be anybody else's.
 */

#ifndef SLUIS_CRYPTO_PGP_TEAM_H
#define SLUIS_CRYPTO_PGP_TEAM_H

#include <stdbool.h>
#include <glib.h>

typedef struct TeamRing TeamRing;

/* home: the ring; run: folder for scratch homes. Launches the agent. */
TeamRing *team_ring_open(const char *home, const char *run, GError **error);
void team_ring_close(TeamRing *ring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TeamRing, team_ring_close)

typedef struct {
	char *fingerprint, *algorithm;
	GPtrArray *user_ids;	/* char *: those that are valid, as they stand */
	GPtrArray *addresses;	/* char *: of them, lower case */
	gint64 created, expires;	/* seconds; 0: never */
	bool has_secret;	/* we can decrypt with it */
	bool has_primary;	/* we have the secret half of its primary key */
	bool revoked, expired;
} TeamKey;

/* All primary keys of the ring, the oldest first; the one of a fingerprint,
 * SETUP if there is none. */
GPtrArray *team_ring_keys(TeamRing *ring, GError **error);
TeamKey *team_ring_key(TeamRing *ring, const char *fingerprint, GError **error);
void team_key_free(TeamKey *key);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TeamKey, team_key_free)

/* A key of the algorithm "cv25519" or "rsa4096" that ends at that second. Gives
 * the fingerprint. begun: of a key that was begun and is gone on with; NULL: none. */
char *team_ring_make(TeamRing *ring, const GPtrArray *user_ids, const char *algorithm,
    gint64 expires, const char *begun, GError **error);

/* One key of the ring certifies all user ids of another. */
bool team_ring_certify(TeamRing *ring, const char *fingerprint, const char *by, GError **error);

/* The public half with every signature on it, binary. */
GBytes *team_ring_export(TeamRing *ring, const char *fingerprint, GError **error);

/* Adds what is new about keys: signatures, a revocation. */
bool team_ring_import(TeamRing *ring, GBytes *packets, GError **error);

/* The revocation gpg left beside a key when it made it, binary. */
GBytes *team_ring_revocation(TeamRing *ring, const char *fingerprint, GError **error);

/* The secret half is gone after this; the public one stays. */
bool team_ring_forget(TeamRing *ring, const char *fingerprint, GError **error);

/* A key nobody has seen: both halves are gone. */
bool team_ring_drop(TeamRing *ring, const char *fingerprint, GError **error);

/* A cleartext-signed block of a text in lines that end in LF. */
GBytes *team_ring_sign(TeamRing *ring, const char *by, const char *text, GError **error);

/*
 * Whether the key "by" (a certificate, of that fingerprint) certifies every
 * user id of a certificate: *why is NULL, or a few words for people. False
 * only if it could not be seen.
 */
bool team_certified(const char *run, GBytes *certificate, GBytes *by, const char *fingerprint,
    char **why, GError **error);

/* A certificate with the self-signatures and the certifications by those
 * others (of GBytes) that hold, and nothing else; binary. */
GBytes *team_cleaned(const char *run, GBytes *certificate, const GPtrArray *others,
    GError **error);

/* One key out of several, armoured or not, with all that is said of it; binary.
 * NULL without an error: it is not among them. */
GBytes *team_pick(const char *run, GBytes *keys, const char *fingerprint, GError **error);

/* What is signed in a cleartext-signed text, if that is signed by exactly this
 * certificate; NULL with REFUSED. */
GBytes *team_verify(const char *run, GBytes *block, GBytes *certificate, GError **error);

#endif
