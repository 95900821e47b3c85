/*
 * digest_letter - a digest on its way to one contact
 */

#ifndef SLUIS_STAGE_DIGEST_LETTER_H
#define SLUIS_STAGE_DIGEST_LETTER_H

#include "digest_page.h"
#include "dispatch.h"

/* The whole, as text and as a page, encrypted to who it goes to. */
Dispatch *digest_letter(const DigestPage *page, const Correspondent *to, GError **error);

/* In clear, by a template, and with nothing in it: there is one, and no key. */
Dispatch *digest_keyless(const DigestPage *page, const Correspondent *to, GError **error);

/* The text alone. */
char *digest_text(const DigestPage *page, const char *language, GError **error);

#endif
