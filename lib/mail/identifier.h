/*
 * identifier - what names somebody, each in its one usual form
 *
 * An address, a host, a whole name, the id of a key, a telephone number; and the
 * single words of a name, which mean somebody only among those of one case. Who
 * writes a name otherwise still means it: the usual form is in lower case,
 * without accents and invisible signs, and a letter of another script that looks
 * like a Latin one has become that. Domains where everybody has an address and
 * words that name nobody are no identifiers.
 */

#ifndef SLUIS_MAIL_IDENTIFIER_H
#define SLUIS_MAIL_IDENTIFIER_H

#include <stdbool.h>
#include <glib.h>

typedef enum {
	IDENTIFIER_ADDRESS, IDENTIFIER_HOST, IDENTIFIER_NAME, IDENTIFIER_KEY, IDENTIFIER_PHONE,
	IDENTIFIER_WORD,	/* one of a name */
	IDENTIFIER_LINE,	/* a few words that are a whole line: a signature */
} IdentifierKind;

typedef struct {
	IdentifierKind kind;
	char *value;
} Identifier;

const char *identifier_word(IdentifierKind kind);	/* "address", ... */

/* A set of them, each once. */
GHashTable *identifiers_new(void);
bool identifiers_have(GHashTable *all, IdentifierKind kind, const char *value);

/* Takes value; what is there already is freed. */
void identifiers_add(GHashTable *all, IdentifierKind kind, char *value);

/* NULL and "" add nothing. An address brings its host, and the words of its local
 * part; a host those above it that one can register; a name of several words
 * itself and each of them; a user id is a name and an address; a fingerprint is its
 * long and short key id. */
void identifiers_add_address(GHashTable *all, const char *address);
void identifiers_add_host(GHashTable *all, const char *host);
void identifiers_add_name(GHashTable *all, const char *name);
void identifiers_add_user_id(GHashTable *all, const char *user_id);
void identifiers_add_fingerprint(GHashTable *all, const char *fingerprint);
void identifiers_add_phone(GHashTable *all, const char *phone);

/* A text in the letters all usual forms are made of; the caller's. */
char *identifier_fold(const char *text);

/* Is it a word of names that names nobody, and stands in half of all reports? */
bool identifier_is_common(const char *word);

/* The words of a folded text, char *. */
GPtrArray *identifier_words(const char *folded);

#endif
