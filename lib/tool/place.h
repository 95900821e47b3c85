/*
 * place - the folder of an embedded installation, and its short name
 *
 *	DIR/sluis.yaml	settings		DIR/postgres	the cluster
 *	DIR/keys	key files		DIR/server	the cluster's settings
 *	DIR/gnupg	the team's key ring	DIR/mail	texts, rules.yaml beside
 *	DIR/outgoing	maildir			DIR/run		-> /tmp/sluis-XXXXXX
 *
 * The path of a socket has 107 bytes at most, and DIR may be longer than that.
 * So sockets lie in a short private folder that DIR/run names: "pg" for
 * PostgreSQL, "gnupg" for the agent, "work" for the private run-time folders,
 * and "home", a link back to DIR: a name of it that is short and, unlike what
 * people call their folders, safe in the shell commands pg_ctl makes.
 * It is under /tmp, not $XDG_RUNTIME_DIR, because the servers outlive the
 * session of who started them. A reboot may empty /tmp: place_sockets() makes
 * the folder again, under the same name.
 *
 * PostgreSQL does not run as root. Root's cluster belongs to an unprivileged
 * user, who must be able to pass through DIR and all above it.
 */

#ifndef SLUIS_TOOL_PLACE_H
#define SLUIS_TOOL_PLACE_H

#include <stdbool.h>
#include <sys/types.h>
#include <glib.h>

typedef struct {
	char *folder;		/* DIR, absolute */
	char *sockets;		/* what DIR/run names */
	char *user;		/* whom the cluster belongs to */
	uid_t uid;		/* 0: to ourselves, nothing to change */
	gid_t gid;
} Place;

/* DIR made, and the short folder; fine if both are there. */
Place *place_make(const char *folder, GError **error);

/* An installation that is there; SETUP if it is none, or somebody else's. */
Place *place_open(const char *folder, GError **error);
void place_free(Place *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Place, place_free)

/* DIR/relative, the same by its short name, and SOCKETS/relative. */
char *place_path(const Place *place, const char *relative);
char *place_brief(const Place *place, const char *relative);
char *place_socket(const Place *place, const char *relative);

/* The short folder and what is in it, made again if it is gone. */
bool place_sockets(const Place *place, GError **error);

/* A folder of ours that the owner of the cluster owns. */
bool place_give(const Place *place, const char *path, GError **error);

#endif
