/*
 * keyfile - certificates that people hand in
 *
 * Read from a file or from an armoured block as it stands, minimised, told
 * about: one that is over or too weak is put on record all the same and refused
 * for encryption, in a sentence, because mail to it is held and a held mail is
 * seen. What is no single public certificate is refused altogether. One that is
 * pinned already is joined with what is known of it, so that no older copy takes
 * a revocation back, and one that was taken back before it came is so from the
 * first moment (T-31). The engine is made for the first one.
 */

#ifndef SLUIS_TOOL_KEYFILE_H
#define SLUIS_TOOL_KEYFILE_H

#include <stdbool.h>
#include <glib.h>

#include "admin.h"
#include "entry.h"
#include "order.h"
#include "pgp.h"
#include "seal.h"
#include "print.h"
#include "settings.h"

typedef struct {
	const Settings *settings;
	Pgp *pgp;
	bool quiet;			/* says nothing of what is refused */
	SealKey *index;			/* takeback.h's; NULL */
	GHashTable *by_fingerprint;	/* char * -> Certificate * */
} Keyfiles;

Keyfiles *keyfiles_new(const Settings *settings);
void keyfiles_free(Keyfiles *keyfiles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Keyfiles, keyfiles_free)

/* text: an armoured block, or a path (a relative one from folder). Borrowed. */
const Certificate *keyfile_read(Keyfiles *keyfiles, const char *folder,
    const char *text, GError **error);

/* The engine is there from now on. */
bool keyfile_engine(Keyfiles *keyfiles, GError **error);

/* {fingerprint, algorithm, expires, unusable, refused, user_ids, armour}, of a
 * certificate and of a row of admin_certificates(); of that also whose word it
 * has. refused: why and what would help, as a sentence. */
Json *keyfile_json(const Certificate *certificate);
void keyfile_tell(const Certificate *certificate, Json *json);	/* puts them there */
Json *keyfile_row_json(const Rows *rows, guint row);
extern const Column keyfile_columns[];	/* of a row's, as a table */

/* Pins it for the contact or the analyst the record names, on the word it has. */
bool keyfile_pin(Keyfiles *keyfiles, Db *db, const Certificate *certificate,
    CertificateRecord record, bool *fresh, GError **error);

/* How a key was checked, as --vouched-how is told; and the field of a key which
 * an option fills, NULL: none. */
#define VOUCHED_HOW "operator|call-back|meeting|old-key|wkd|website|umbrella"
const Field *keyfile_option(const char *option);
/* What all such options say, as fields of a key. */
Json *keyfile_vouched(const Order *order, GError **error);

/* A certificate as people exchange it. */
char *keyfile_armour(GBytes *bytes);

#endif
