/*
 * pgp_fit - what the files behind certificate.h share; for them alone
 */

#ifndef SLUIS_CRYPTO_PGP_FIT_H
#define SLUIS_CRYPTO_PGP_FIT_H

#include "pgp_engine.h"

/* One of the words of certificate.h, or NULL; *encryption: the newest subkey
 * that is fit, or the primary key, NULL if none is. binary: the certificate. */
const char *pgp_why_unusable(gpgme_key_t key, GBytes *binary, gpgme_subkey_t *encryption);

#define LARGEST_BEFORE_MINIMISING (1024 * 1024)

/* The packets of exactly one certificate within all limits, or REFUSED; without
 * the signatures of others than these, fingerprints, NULL: of all others. */
GBytes *pgp_certificate_packets(GBytes *bytes, gsize most, const GPtrArray *issuers,
    GError **error);
GBytes *pgp_joined(GBytes *one, GBytes *other);

/* Does something in an empty home, without agent and keys, which is removed. */
typedef bool (*InScratch)(const char *scratch, void *work, GError **error);
bool pgp_in_scratch(Pgp *pgp, InScratch act, void *work, GError **error);

#endif
