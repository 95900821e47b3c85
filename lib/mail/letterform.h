/*
 * letterform - a letter whose words come from a template
 *
 * The subject and body of a letter are filled from conf/mail/LANG/NAME.txt,
 * with values that are already fit for people. A template mail that leaves in
 * clear is made here when it is filed and made here once more by the guard of
 * send, which compares byte for byte (T-53): same template, values and letter,
 * same bytes.
 */

#ifndef SLUIS_MAIL_LETTERFORM_H
#define SLUIS_MAIL_LETTERFORM_H

#include <stdbool.h>
#include <glib.h>

#include "compose.h"

/* Puts subject and body into the letter; what else is in it stays. values:
 * name -> value, both char *. SETUP if the template and the values do not fit. */
bool letterform_fill(Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, GError **error);

/* A text signed in clear (RFC 4880 section 7) by an armoured signature, as gpg
 * writes it with SHA512. */
char *letterform_block(const char *text, const char *signature);

/* The same as letterform_clear(), with such a block for a body. */
GBytes *letterform_signed(const Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, const char *signature, GError **error);

/* The whole mail, without encryption: the outward fields of the letter (from,
 * to, date, message_id and so on), subject and body of the template, whatever
 * the letter has for these, and no enclosures. The letter is not changed. */
GBytes *letterform_clear(const Letter *letter, const char *folder, const char *language,
    const char *name, GHashTable *values, GError **error);

#endif
