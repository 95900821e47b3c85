/*
 * naming - what in a running text could be the name of an organisation
 *
 * All runs of one to five words, each in the form names of the directory are
 * kept in: small letters, without accents, one blank between words. Who is meant
 * is not decided here; the directory is asked for all of them at once.
 *
 * A word is what stands between blanks, or in it between hyphens and quotes. A
 * host, a path or an address is no word, so that "olvg" is not found in
 * olvg.nl.evil.example; and letters of another script stay what they are, so that
 * a name with a Cyrillic letter in it is another name (T-37).
 */

#ifndef SLUIS_MAIL_NAMING_H
#define SLUIS_MAIL_NAMING_H

#include <stdbool.h>
#include <glib.h>

/* Of char *, each once, of about the first thousand words. A single word that
 * means nobody ("ziekenhuis", "de", "2024") is not among them. */
GPtrArray *naming_find(const char *text);

/* Does that name stand in the text just so, capitals and accents and all, and with
 * no letter or digit before or behind it? */
bool naming_exact(const char *text, const char *name);

#endif
