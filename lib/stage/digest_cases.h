/*
 * digest_cases - the cases of a digest
 */

#ifndef SLUIS_STAGE_DIGEST_CASES_H
#define SLUIS_STAGE_DIGEST_CASES_H

#include "digest_page.h"

bool digest_cases_look(DigestPage *page, GError **error);
void digest_cases_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview);

#endif
