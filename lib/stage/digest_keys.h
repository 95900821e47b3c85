/*
 * digest_keys - the keys of a participant that are about to end, or are missing
 */

#ifndef SLUIS_STAGE_DIGEST_KEYS_H
#define SLUIS_STAGE_DIGEST_KEYS_H

#include "digest_page.h"

bool digest_keys_look(DigestPage *page, GError **error);
void digest_keys_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview);

#endif
