/*
 * leak - does a text say who somebody is?
 *
 * Holds the identifiers of a party: addresses, domains, names and the words of
 * names, user ids, key ids. What is to leave to another party is searched for each of them, without
 * regard to case, to how an accent is written or where a line ends; names and
 * domains only as whole words, key ids also with blanks between their digits.
 */

#ifndef SLUIS_MAIL_LEAK_H
#define SLUIS_MAIL_LEAK_H

#include <stdbool.h>
#include <glib.h>

typedef struct Leak Leak;

Leak *leak_new(void);
void leak_free(Leak *leak);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Leak, leak_free)

/* An address brings its domain and, if it is long enough to mean anything,
 * its local part; a fingerprint its long and short key id. A user id is a name
 * and an address. NULL and "" add nothing. */
void leak_add_address(Leak *leak, const char *address);
void leak_add_name(Leak *leak, const char *name);
void leak_add_user_id(Leak *leak, const char *user_id);
void leak_add_fingerprint(Leak *leak, const char *fingerprint);

/* The first identifier found in the bytes; NULL if none is. Borrowed. */
const char *leak_find(const Leak *leak, const char *bytes, gsize length);

guint leak_count(const Leak *leak);

#endif
