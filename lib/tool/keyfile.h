/*
 * keyfile - certificates that people hand in
 *
 * Read from a file or from an armoured block as it stands, minimised, told
 * about: one that is expired or too weak is pinned all the same, with a
 * warning, because mail to it is held and a held mail is seen. What is no
 * single public certificate is refused. The engine is made for the first one.
 */

#ifndef SLUIS_TOOL_KEYFILE_H
#define SLUIS_TOOL_KEYFILE_H

#include <stdbool.h>
#include <glib.h>

#include "admin.h"
#include "json.h"
#include "pgp.h"
#include "settings.h"

typedef struct {
	const Settings *settings;
	Pgp *pgp;
	GHashTable *by_fingerprint;	/* char * -> Certificate * */
} Keyfiles;

Keyfiles *keyfiles_new(const Settings *settings);
void keyfiles_free(Keyfiles *keyfiles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyfiles, keyfiles_free)

/* text: an armoured block, or a path (a relative one from folder). Borrowed. */
const Certificate *keyfile_read(Keyfiles *keyfiles, const char *folder,
    const char *text, GError **error);

/* {fingerprint, algorithm, expires, unusable, user_ids, armour}, of a
 * certificate and of a row of admin_certificates(). */
Json *keyfile_json(const Certificate *certificate);
Json *keyfile_row_json(const Rows *rows, guint row);

/* Pins it for a contact or an analyst, the other one 0. */
bool keyfile_pin(Db *db, const Certificate *certificate, int contact, int analyst,
    bool *fresh, GError **error);

/* A certificate as people exchange it. */
char *keyfile_armour(GBytes *bytes);

#endif
