/*
 * brought - the certificates a mail brings
 *
 * Attached, as an armoured block in the text, in Autocrypt header fields, and as
 * gossip about others inside the encryption. Whoever wrote the mail could put any
 * key there, so that nothing is done with them here but telling them apart: they
 * are not shown to gpg, and nobody's until a person has decided (T-28).
 */

#ifndef SLUIS_CRYPTO_BROUGHT_H
#define SLUIS_CRYPTO_BROUGHT_H

#include <stdbool.h>
#include <glib.h>

#include "pgpmail.h"

typedef enum {
	BROUGHT_ATTACHMENT, BROUGHT_TEXT, BROUGHT_AUTOCRYPT, BROUGHT_GOSSIP
} BroughtBy;

typedef struct {
	BroughtBy by;
	bool encrypted;		/* where only the team could read it */
	bool revokes;		/* no certificate: the signature alone that takes one back */
	char *fingerprint;	/* of its primary key, 40 upper hex; of what takes one back
				 * the id of that, 16 */
	char *address;		/* whose Autocrypt says it is; NULL */
	GBytes *bytes;		/* binary, one certificate or that signature, as it came */
} Brought;

const char *brought_word(BroughtBy by);		/* "attachment", ... */

/* Of Brought, at most eight and none twice; those too large to be anybody's are
 * not among them. opened: what pgpmail_open() made of outer. */
GPtrArray *brought_find(const Mime *outer, const Opened *opened);

/* Those in the parts of one entity that was opened. */
GPtrArray *brought_in(const Mime *mime);

#endif
