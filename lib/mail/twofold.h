/*
 * twofold - where two readers of one mail could see two mails
 *
 * A field that must stand once and stands twice is read by some as the first
 * says and by others as the last; so is a parameter with two values, and a
 * boundary that can be taken for another. A mail that is a text to its writer
 * is then something else to whom it was shown, or to us (T-17). Nothing of this
 * is guessed: it is found, on the raw bytes and at each level down to the
 * leaves, and the caller gives such a mail no rights. Attached mails are
 * leaves: they are mails of their own.
 */

#ifndef SLUIS_MAIL_TWOFOLD_H
#define SLUIS_MAIL_TWOFOLD_H

#include "mime.h"

/* The first such place, "Content-Type: several fields"; NULL: there is none.
 * The caller's. */
char *twofold_find(const Mime *mime);

/* The same of the entity itself, its parts left aside. */
char *twofold_head(const Mime *mime);

#endif
