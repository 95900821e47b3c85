/*
 * leak - what in a text could say who somebody is (T-47)
 *
 * Not who: a text is cut into all that an identifier could be, each in its usual
 * form, and those are looked up at once wherever identifiers are kept. So the
 * search costs what the text is long, however many there are to be searched for.
 * Found is what stands there plainly, across the end of a line, between blanks,
 * with the labels of a host in the order of a name space or of a package, made
 * harmless for mail, or in another coding (see unveil.h).
 */

#ifndef SLUIS_MAIL_LEAK_H
#define SLUIS_MAIL_LEAK_H

#include "identifier.h"

typedef struct Leak Leak;

Leak *leak_new(void);
void leak_free(Leak *leak);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Leak, leak_free)

void leak_add_text(Leak *leak, const char *text);
void leak_add_bytes(Leak *leak, const char *bytes, gsize length);

bool leak_has(const Leak *leak, IdentifierKind kind, const char *value);
guint leak_count(const Leak *leak);

/* The first line of a text it is found in, or two if it begins in one and ends in
 * the next; NULL if in none. The caller's. */
char *leak_line(const char *text, const Identifier *identifier);

/* All of them, borrowed: of Identifier; as identifiers_new() has them. */
GHashTable *leak_all(const Leak *leak);

#endif
