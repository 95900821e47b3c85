/*
 * home - GnuPG homes: the team's, and the private ones a process works in
 *
 * A private home holds a gpg.conf of ours, the certificates of others as files
 * of one key each, and a file that leads gpg to the agent of the team's home;
 * no secret, no trust database, no options of a user. It is named after its
 * process, so that what a killed one left behind can be found and removed.
 */

#ifndef SLUIS_CRYPTO_HOME_H
#define SLUIS_CRYPTO_HOME_H

#include <stdbool.h>
#include <glib.h>

/* The agent's real socket, and the agent started if none listens there. */
char *home_agent(const char *home, GError **error);
bool home_launch_agent(const char *home, GError **error);
bool home_agent_answers(const char *socket_path, guint seconds);
/* Left alone for seconds, is it the same process afterwards? */
bool home_agent_stays(const char *socket_path, guint seconds);

/* Does gpg start at all, and does it list the keys of the home it works in?
 * RETRY if not. */
bool home_gpg_works(GError **error);
bool home_gpg_lists(GError **error);

/* Started again if it does not answer. */
bool home_mend_agent(const char *home, const char *socket_path, GError **error);

/* One of at most four holders of the key ring at once (flock), released by
 * closing it. -1 when all are held; with an error when it cannot be told. */
int home_slot(const char *home, GError **error);

/* A fresh private folder below run; those of processes that are gone. */
char *home_private(const char *run, GError **error);
void home_sweep(const char *run);

/* Leads gpg in a private home to the real agent. */
bool home_redirect(const char *path, const char *socket_path, GError **error);

typedef struct {
	const char *keyring;		/* the team's; NULL: none */
	const GPtrArray *certificates;	/* of GBytes, to verify with; may be NULL */
	bool skip_verify;		/* open what a bad signature would stop */
} HomeSettings;

bool home_configure(const char *path, const HomeSettings *settings, GError **error);

/* Imports certificates into the ring of a private home. */
bool home_fill(const char *path, GBytes *certificates, GError **error);

/* A file in a private home that is there at once and needs not last. */
bool home_lay(const char *path, const char *name, GBytes *bytes, GError **error);

/* gpg.conf and gpg-agent.conf for the team's own home. */
bool home_prepare(const char *home, GError **error);

/* The public part of a certificate with self-signatures only, by way of a
 * scratch home that must be empty. REFUSED if gpg can make nothing of it. */
GBytes *home_minimise(const char *scratch, GBytes *certificate, GError **error);

/*
 * Kills the gpg processes that were started by this one. GPGME starts them
 * from a middle process that ends at once, so they are found only where this
 * process adopts orphans; home_adopt() says it does.
 */
void home_adopt(void);
void home_kill_gpg(void);

/* Takes leave of those that have ended: was one of them ended by a signal? Waits
 * a moment for one that has fallen silent and is not gone yet. */
bool home_gpg_died(void);

#endif
