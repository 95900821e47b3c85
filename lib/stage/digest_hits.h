/*
 * digest_hits - what machines found about a participant since its last digest
 */

#ifndef SLUIS_STAGE_DIGEST_HITS_H
#define SLUIS_STAGE_DIGEST_HITS_H

#include "digest_page.h"

bool digest_hits_look(DigestPage *page, GError **error);
void digest_hits_tell(const DigestPage *page, GHashTable *words, const char *language,
    Overview *overview);

#endif
